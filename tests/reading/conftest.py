"""What tests of readers bring about is looked at in Chinese as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from languages import sentences

from perfdoc import reading
from perfdoc.errors import PerfdocError
from perfdoc.layout import Layout
from perfdoc.office import Convert
from perfdoc.texts import speaking

_VALUES = re.compile(r"'[^']*'|\"[^\"]*\"|\([^)]*\)|[^A-Za-z ]+")
_BEGINNING = 60  # letters that tell messages apart
_seen: set[str] = set()


def _is_new(message: str) -> bool:
    """Whether no message was met so far that begins so, values left out."""
    kind = " ".join(_VALUES.sub("", message.partition(": ")[2] or message).split())[:_BEGINNING]
    known = kind in _seen
    _seen.add(kind)
    return not known


def _messages(data: bytes, file: str, track_changes: str, convert: Convert) -> list[str]:
    try:
        return [one.message for one in reading_by(data, file, track_changes, convert).diagnostics]
    except PerfdocError as error:
        return [str(error), *(one.message for one in error.diagnostics)]


reading_by = reading.read_by


@pytest.fixture(scope="module", autouse=True)
def in_chinese() -> Iterator[None]:
    """A file of which something new was said is read again: in Chinese, no sentence of it is English."""

    def read_by(data: bytes, file: str, track_changes: str, convert: Convert) -> Layout:
        said: list[str] = []
        try:
            layout = reading_by(data, file, track_changes, convert)
            said = [one.message for one in layout.diagnostics]
            return layout
        except PerfdocError as error:
            said = [str(error), *(one.message for one in error.diagnostics)]
            raise
        finally:
            if [*filter(_is_new, said)]:
                with speaking("zh"):
                    in_chinese = _messages(data, file, track_changes, convert)
                assert len(in_chinese) == len(said)
                assert [one for one in in_chinese if sentences(one) or not re.search("[一-鿿]", one)] == []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_by", read_by)
        yield
