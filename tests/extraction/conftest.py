"""What tests of extraction bring about is looked at in Chinese as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from languages import in_chinese

from perfdoc import extraction
from perfdoc.extraction.document import Reader
from perfdoc.form_definition import Form
from perfdoc.layout import Layout
from perfdoc.report import Reading
from perfdoc.texts import language

_seen: set[str] = set()


class _InBoth:
    """A reader that reads a file again of which something new was said."""

    def __init__(
        self, layout: Layout, forms: Mapping[str, Form], boilerplate: Sequence[str], taken: Form | None = None
    ) -> None:
        self.given = layout, forms, boilerplate, taken

    def reading(self) -> Reading:
        found = Reader(*self.given).reading()
        kinds = {message.partition("“")[0] for message in self._said(found)}
        if language() == "en" and kinds - _seen:
            _seen.update(kinds)
            in_chinese(lambda: self._said(Reader(*self.given).reading()))
        return found

    def _said(self, found: Reading) -> list[str]:
        """What extraction says; what was said before, when the file was read, is left out."""
        return [one.message for one in found.diagnostics if one not in self.given[0].diagnostics]


@pytest.fixture(scope="module", autouse=True)
def said_in_chinese() -> Iterator[None]:
    """No sentence of what extraction says in Chinese is English."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction, "Reader", _InBoth)
        yield
