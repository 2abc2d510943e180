"""The keys of a spec's files in the order of the canonical text, out of the committed JSON Schemas.

The schemas are made from the models; here they stand for the models where making those (pydantic's part of a
start, as long as all the rest of `fmt` of one file) would be for nothing.
"""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import Any, Literal, NamedTuple

LISTING = "document.yaml"
"""The file of a document that lists its project files."""

Kind = Literal["project", "document"]


class Key(NamedTuple):
    """A key of a record: what stands behind it.

    `keys` are those of a record, or with `many` those of each record in a list; there are none behind a text, a
    group of labels (`labels`) and a list of names. `amount`: a text that is a plain number as a rule.
    """

    name: str
    keys: tuple[Key, ...]
    many: bool
    labels: bool
    amount: bool


@cache
def keys(kind: Kind) -> tuple[Key, ...]:
    """The keys of a project's file, or of `document.yaml`."""
    import json  # for a first text only

    data = get_data(__package__, f"{kind}.schema.json")
    assert data is not None
    return _of(json.loads(data))


def _of(record: dict[str, Any]) -> tuple[Key, ...]:
    made: list[Key] = []
    for name, said in record.get("properties", {}).items():
        inner = said.get("items", said)
        labels = isinstance(said.get("additionalProperties"), dict)
        made.append(Key(name, _of(inner), "items" in said, labels, "number" in said.get("type", ())))
    return tuple(made)
