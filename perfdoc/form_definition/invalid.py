"""What is wrong with a `form.yaml` that is no form, in words for the person who writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from perfdoc.report import Path
from perfdoc.texts import say, texts


def no_value(path: str, known: Sequence[str]) -> PydanticCustomError:
    """The error for a path that is none of those that are known."""
    return PydanticCustomError("no_value", "{given}", {"given": path, "known": tuple(known)})


def faults(error: ValidationError) -> Iterator[tuple[Path, str]]:
    """Every fault: the way to its entry, and the entry with what is wrong with it."""
    for one in error.errors(include_url=False):
        yield tuple(one["loc"]), _said(one)


def _said(fault: ErrorDetails) -> str:
    kind, given, known = fault["type"], fault["input"], fault.get("ctx", {}).get("known", ())
    near = next(iter(get_close_matches(str(given), known, n=1)), "")
    if kind == "no_value" and near:
        kind = "near"
    elif kind == "tuple_type" and isinstance(given, str):
        kind = "text_for_list"
    key = f"forms.invalid.{kind}"
    where = ".".join(map(str, fault["loc"]))
    return say(
        key if key in texts("forms") else "forms.invalid.other", where=where, said=fault["msg"], given=given, near=near
    )
