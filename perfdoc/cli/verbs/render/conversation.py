"""Review comments of a document's files as comments of its Word file."""

from __future__ import annotations

from collections.abc import Mapping

import perfdoc
from perfdoc.errors import UsageError
from perfdoc.form_definition import Form
from perfdoc.original.remarks.comments import commented
from perfdoc.pulling import Given
from perfdoc.reviews import placed
from perfdoc.texts import say


def with_comments(data: bytes, given: Given, kind: str, known: Mapping[str, Form]) -> bytes:
    """The file with the review comments of the specs, each at its value. UsageError where it is no Word file."""
    if kind != "docx":
        raise UsageError(say("cli.render.comments", document=given.shown))
    threads = given.threads()
    if not threads:
        return data
    reading = perfdoc.extract(perfdoc.read(data, given.shown), known)
    return commented(data, placed(threads, reading), given.shown)
