"""JSON Schemas of the spec files (draft-07), derived from the models, for editors that complete and explain."""

import json
from typing import Any, Literal

from pydantic import BaseModel

from perfdoc.errors import UsageError
from perfdoc.model import Project
from perfdoc.specs.keys import Key, keys
from perfdoc.specs.listing import Listing
from perfdoc.texts import say

Kind = Literal["project", "document"]
_KINDS: dict[str, tuple[type[BaseModel], str, str]] = {
    "project": (Project, "项目支出绩效目标", "一个项目的绩效目标表"),
    "document": (Listing, "绩效目标文件", "一份文件：用哪个表式，收哪些项目，按什么顺序"),
}
_TEXT = ["string", "null"]
_AMOUNT = ["string", "number", "null"]
"""An editor reads `55.00` as a number; perfdoc reads every value as its text."""


def schema(kind: Kind = "project") -> dict[str, Any]:
    """The JSON Schema (draft-07) of a project's file or of `document.yaml`. UsageError for another kind.

    An empty value is null to an editor. A text that an editor would read as a number, a date or a truth
    value is written in quotes, so it is a string; amounts are written plain.
    """
    if kind not in _KINDS:
        raise UsageError(say("specs.no_schema", kind=kind))
    model, title, description = _KINDS[kind]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "description": description,
        **_record(model),
    }


def schema_text(kind: Kind = "project") -> str:
    """The schema as the text of its committed file."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


def _record(model: type[BaseModel], *, empty: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": ["object", "null"] if empty else "object",
        "additionalProperties": False,
        "properties": {key.name: _key(key) for key in keys(model)},
    }
    required = ["projects"] if model is Listing else [key.name for key in keys(model) if key.field.is_required()]
    if required:
        made["required"] = required
    return made


def _key(key: Key) -> dict[str, Any]:
    """What an editor shows of a key, and what may stand there."""
    field = key.field
    said: dict[str, Any] = {"title": field.title}
    if field.description:
        said["description"] = field.description
    said |= _type(key)
    if isinstance(field.json_schema_extra, dict) and (usual := field.json_schema_extra.get("enum")):
        # The usual names are offered; a form may have others.
        said["anyOf"] = [{"enum": usual}, {"type": said.pop("type")}]
    if field.examples:
        said["examples"] = field.examples
    return said


def _type(key: Key) -> dict[str, Any]:
    if key.model and key.kind == "record":
        return _record(key.model, empty=True)
    if key.model:
        must = any(inner.field.is_required() for inner in keys(key.model))
        return {"type": "array" if must else ["array", "null"], "items": _record(key.model, empty=not must)}
    if key.kind == "labels":
        return {"type": ["object", "null"], "additionalProperties": {"type": _TEXT}}
    if key.kind == "names":
        return {"type": ["array", "null"], "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
    if key.field.is_required():
        return {"type": "string"}
    return {"type": _AMOUNT if key.kind == "amount" else _TEXT}
