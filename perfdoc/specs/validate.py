"""A tree made a record of the model, with every fault in plain words at its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from perfdoc.model import Indicator, Project
from perfdoc.report import Diagnostic, Path, Place, Severity
from perfdoc.specs.emit import KEPT_IN_LISTING
from perfdoc.specs.listing import Entry
from perfdoc.yamltree import Tree, Value

R = TypeVar("R", bound=BaseModel)
_MOST_SHOWN = 50


def record(kind: type[R], tree: Tree, file: str, under: Path = ()) -> tuple[R | None, list[Diagnostic]]:
    """The tree as a `kind` (Project or Listing), or None and what is wrong; the tree's own faults first.

    `under` is where the record stands in its Document. With a syntax error in the file the rest is
    looked at all the same, so that one run names everything.
    """
    faults = list(tree.diagnostics)
    if not isinstance(tree.value, dict):
        if not faults:
            message = f"this file must be a group of keys ({_keys_of(kind)}), here is {_what(tree.value)}"
            faults.append(fault_at("PD011", message, tree, file, (), under))
        return None, faults
    value = _shaped(kind, tree.value)
    for misplaced in KEPT_IN_LISTING & value.keys() if kind is Project else ():
        message = f"{misplaced} belongs into document.yaml, not into a project's file"
        faults.append(fault_at("PD012", message, tree, file, (misplaced,), under, key=True))
        del value[misplaced]
    try:
        made = kind.model_validate(value)
    except ValidationError as error:
        for each in error.errors(include_url=False)[:_MOST_SHOWN]:
            faults.append(_plain_words(kind, dict(each), tree, file, under))
        return None, faults
    return (None if faults else made), faults


def _shaped(kind: type[BaseModel], given: Mapping[str, Value]) -> dict[str, Any]:
    """A copy in the model's shapes: lists as tuples; an empty value for a group or list is one with nothing."""
    value: dict[str, Any] = dict(given)
    if kind is Project:
        _drop_empty(value, ("agency", "budget", "execution", "indicators", "extra"))
        if type(execution := value.get("execution")) is dict:
            value["execution"] = {name: column for name, column in execution.items() if column != ""}
        rows = value.get("indicators")
        if type(rows) is list:
            value["indicators"] = tuple(map(_shaped_row, rows))
    else:
        _drop_empty(value, ("projects",))
        entries = value.get("projects")
        if type(entries) is list:
            value["projects"] = tuple(map(_shaped_entry, entries))
    return value


def _drop_empty(value: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if value.get(name) == "":
            del value[name]


def _shaped_row(row: Value) -> Any:
    if row == "":
        return {}
    if type(row) is dict and row.get("extra") == "":
        return {key: value for key, value in row.items() if key != "extra"}
    return row


def _shaped_entry(entry: Value) -> Any:
    if type(entry) is dict and "bookmarks" in entry:
        names = entry["bookmarks"]
        if names == "":
            return {key: value for key, value in entry.items() if key != "bookmarks"}
        if type(names) is list:
            return {**entry, "bookmarks": tuple(names)}
    return entry


def _plain_words(kind: type[BaseModel], error: dict[str, Any], tree: Tree, file: str, under: Path) -> Diagnostic:
    """A complaint of pydantic's as a diagnostic at the value, or the key, that it is about."""
    path: Path = tuple(error["loc"])
    name = path[-1] if path else ""
    shown = f"item {name + 1}" if isinstance(name, int) else str(name)
    here = _what(error["input"])
    match error["type"]:
        case "extra_forbidden":
            message = f"unknown key {shown}{_meant(str(name), _owner(kind, path))}"
            return fault_at("PD012", message, tree, file, path, under, key=True)
        case "missing":
            message = f"the key {shown} is missing"
            return fault_at("PD013", message, tree, file, path[:-1], under)
        case "string_type":
            message = f"{shown} must be a text, here is {here}"
        case "tuple_type":
            message = f"{shown} must be a list (lines that begin with a dash), here is {here}"
        case "mapping_type" | "dict_type":
            message = f"{shown} must be a group of labels with their texts, here is {here}"
        case "model_type" | "model_attributes_type":
            message = f"{shown} must be a group of keys ({_keys_of(_owner(kind, (*path, '')))}), here is {here}"
        case _:
            message = f"{shown}: {error['msg']}"
    return fault_at("PD011", message, tree, file, path, under)


def _owner(kind: type[BaseModel], path: Path) -> type[BaseModel]:
    """The model whose key the last part of a path is."""
    owner = kind
    for part in path[:-1]:
        if isinstance(part, int):
            continue
        if part == "indicators":
            owner = Indicator
        elif part == "projects":
            owner = Entry
        else:
            field = owner.model_fields.get(part)
            inner = field.annotation if field else None
            owner = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else owner
    return owner


def _keys(kind: type[BaseModel]) -> list[str]:
    hidden = KEPT_IN_LISTING if kind is Project else frozenset()
    return [name for name in kind.model_fields if name not in hidden]


def _keys_of(kind: type[BaseModel]) -> str:
    return ", ".join(_keys(kind))


def _meant(name: str, kind: type[BaseModel]) -> str:
    """A hint: the key whose Chinese title this is, one that is spelled nearly so, or where it belongs."""
    titled = {kind.model_fields[key].title: key for key in _keys(kind)}
    if name in titled:
        return f": the key for {name} is {titled[name]}"
    import difflib  # for a fault only: starting takes long enough

    near = difflib.get_close_matches(name.strip().lower(), _keys(kind), 1)
    if near:
        return f": did you mean {near[0]}?"
    if "extra" in kind.model_fields:
        return f" (the keys are {_keys_of(kind)}; other labels go under extra)"
    return f" (the keys are {_keys_of(kind)})"


def _what(value: object) -> str:
    if isinstance(value, str):
        return "a text" if value else "nothing"
    return "a list" if isinstance(value, list | tuple) else "a group of keys"


def fault_at(
    code: str, message: str, tree: Tree, file: str, path: Path, under: Path = (), *, key: bool = False
) -> Diagnostic:
    marks = tree.keys if key and path in tree.keys else tree.marks
    at = path
    while at not in marks and at:
        at = at[:-1]
    line, column = marks.get(at, (1, 1))
    return Diagnostic(code, Severity.error, message, Place(file, line, column), path=(*under, *path))
