"""What is wrong with a `form.yaml` that is no form, in words for the person who writes it."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from perfdoc.report import Path
from perfdoc.texts import say, texts


class NoValueError(ValueError):
    """A path that is none of those that are known."""

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known
        super().__init__()


def faults(error: ValidationError) -> Iterator[tuple[Path, str]]:
    """Every fault: the way to its entry, and the entry with what is wrong with it."""
    for one in error.errors(include_url=False):
        yield one["loc"], _said(one)


def _said(fault: Mapping[str, Any]) -> str:
    kind, given, near = fault["type"], fault["input"], ""
    if kind == "value_error":
        near = next(iter(get_close_matches(given, fault["ctx"]["error"].known, n=1)), "")
        kind = "near" if near else "no_value"
    elif kind == "tuple_type" and isinstance(given, str):
        kind = "text_for_list"
    key = f"forms.invalid.{kind}"
    if key not in texts("forms"):
        key = "forms.invalid.other"
    return say(key, where=".".join(map(str, fault["loc"])), said=fault["msg"], given=given, near=near)
