"""The keys of a spec's files: the fields of the models, in their order."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from perfdoc.model import Project

KEPT_IN_LISTING = frozenset({"heading", "bookmarks"})
"""Fields of a Project that are keys of `document.yaml`, not of the project's own file."""

Kind = Literal["text", "amount", "record", "records", "labels", "names"]


class Key(NamedTuple):
    """A key and what stands behind it.

    `amount` is a text that is as a rule a plain number, `labels` a group of labels with their texts, `names` a list
    of texts. `model` is that of the record, or of each record in the list.
    """

    name: str
    kind: Kind
    field: FieldInfo
    model: type[BaseModel] | None = None


@cache
def keys(model: type[BaseModel]) -> tuple[Key, ...]:
    """The keys of a record of this model: of a Project those of its own file."""
    hidden = KEPT_IN_LISTING if model is Project else frozenset()
    return tuple(_key(name, field) for name, field in model.model_fields.items() if name not in hidden)


def _key(name: str, field: FieldInfo) -> Key:
    kind = field.annotation
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return Key(name, "record", field, kind)
    if get_origin(kind) is tuple:
        return Key(name, "records", field, get_args(kind)[0])
    if get_origin(kind) is Mapping:
        return Key(name, "labels", field)
    if any(get_origin(each) is tuple for each in get_args(kind)):
        return Key(name, "names", field)
    return Key(name, "amount" if "amount" in field.metadata else "text", field)
