"""A YAML tree validated as a record of the model; every fault is a diagnostic in plain words at its place."""

import difflib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from perfdoc.model import Project
from perfdoc.report import Diagnostic, Path, Place, Severity
from perfdoc.specs.keys import KEPT_IN_LISTING, keys
from perfdoc.texts import listed, say
from perfdoc.yamltree import Tree

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
            message = say("specs.whole", keys=_keys_of(kind), here=_what(tree.value))
            faults.append(fault_at("PD011", message, tree, file, (), under))
        return None, faults
    value = _shaped(kind, tree.value)
    for misplaced in KEPT_IN_LISTING & value.keys() if kind is Project else ():
        message = say("specs.misplaced", key=misplaced)
        faults.append(fault_at("PD012", message, tree, file, (misplaced,), under, key=True))
        del value[misplaced]
    try:
        made = kind.model_validate(value)
    except ValidationError as error:
        for each in error.errors(include_url=False)[:_MOST_SHOWN]:
            faults.append(_plain_words(kind, dict(each), tree, file, under))
        return None, faults
    return (None if faults else made), faults


def _shaped(model: type[BaseModel], given: Any) -> Any:
    """A copy in the model's shapes: lists as tuples; an empty value for a group or list is one with nothing."""
    if not isinstance(given, dict):
        return given
    value: dict[str, Any] = dict(given)
    for key in keys(model):
        inner = value.get(key.name)
        if inner is None or key.kind in ("text", "amount"):
            continue
        if inner == "":
            del value[key.name]
        elif key.kind == "record" and key.model:
            value[key.name] = _shaped(key.model, inner)
        elif isinstance(inner, list):
            value[key.name] = tuple(_shaped_item(key.model, item) if key.model else item for item in inner)
    return value


def _shaped_item(model: type[BaseModel], item: Any) -> Any:
    """An item of a list of records; an empty item is a record with nothing, where one may have nothing."""
    if item == "" and not any(key.field.is_required() for key in keys(model)):
        return {}
    return _shaped(model, item)


def _plain_words(kind: type[BaseModel], error: dict[str, Any], tree: Tree, file: str, under: Path) -> Diagnostic:
    """A complaint of pydantic's as a diagnostic at the value, or the key, that it is about."""
    path: Path = tuple(error["loc"])
    name = path[-1] if path else ""
    key = say("specs.item", n=name + 1) if isinstance(name, int) else str(name)
    match error["type"]:
        case "extra_forbidden":
            return fault_at("PD012", _unknown(key, _owner(kind, path)), tree, file, path, under, key=True)
        case "missing":
            return fault_at("PD013", say("specs.missing", key=key), tree, file, path[:-1], under)
        case said:
            inner = _keys_of(_owner(kind, (*path, "")))
            message = say(
                _MUST_BE.get(said, "specs.other"), key=key, keys=inner, here=_what(error["input"]), said=error["msg"]
            )
            return fault_at("PD011", message, tree, file, path, under)


_MUST_BE = {
    "string_type": "specs.text",
    "tuple_type": "specs.list",
    "mapping_type": "specs.labels",
    "dict_type": "specs.labels",
    "model_type": "specs.group",
    "model_attributes_type": "specs.group",
}
"""What is said of pydantic's types of error."""


def _owner(kind: type[BaseModel], path: Path) -> type[BaseModel]:
    """The model whose key the last part of a path is."""
    owner = kind
    for part in path[:-1]:
        owner = next((key.model for key in keys(owner) if key.name == part and key.model), owner)
    return owner


def _keys_of(kind: type[BaseModel]) -> str:
    return listed(key.name for key in keys(kind))


def _unknown(name: str, kind: type[BaseModel]) -> str:
    """A key that is none, and the one whose Chinese title this is, one that is spelled nearly so, or where it goes."""
    titled = {key.field.title: key.name for key in keys(kind)}
    if name in titled:
        return say("specs.unknown.titled", key=name, name=titled[name])
    if near := difflib.get_close_matches(name.strip().lower(), [key.name for key in keys(kind)], 1):
        return say("specs.unknown.near", key=name, name=near[0])
    elsewhere = "specs.unknown.extra" if "extra" in kind.model_fields else "specs.unknown.known"
    return say(elsewhere, key=name, keys=_keys_of(kind))


def _what(value: object) -> str:
    if isinstance(value, str):
        return say("specs.here.text" if value else "specs.here.nothing")
    return say("specs.here.list" if isinstance(value, list | tuple) else "specs.here.group")


def fault_at(
    code: str, message: str, tree: Tree, file: str, path: Path, under: Path = (), *, key: bool = False
) -> Diagnostic:
    """An error at the value or key of a path, or what it stands in; `under` is where the file's record stands."""
    marks = tree.keys if key and path in tree.keys else tree.marks
    at = next((path[:length] for length in range(len(path), 0, -1) if path[:length] in marks), ())
    place = Place(file, *marks.get(at, (1, 1)))
    return Diagnostic(code, Severity.error, message, place, path=(*under, *path))
