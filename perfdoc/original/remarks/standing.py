"""The comments that a Word file has already: known by their words and their place, to be answered and settled there."""

from collections.abc import Callable
from functools import cached_property

from perfdoc.original.edits import Edit
from perfdoc.original.opened import Original
from perfdoc.original.remarks.comment_parts import CommentParts
from perfdoc.pairing.conversation import known_by
from perfdoc.reading.docx.namespaces import is_on
from perfdoc.reading.threads import moment
from perfdoc.report import Reply

Ends = tuple[int, int]
"""The first and the last paragraph of a place, as elements of the document."""


class Standing:
    """The comments of a file; each is found once. What is changed of them is gathered in the file's edits."""

    def __init__(self, original: Original, parts: CommentParts) -> None:
        self._original, self._parts = original, parts
        self._document = parts.document
        self._spans = parts["comments"] or self._document  # which holds no comment
        self._new: dict[int, str] = {}
        self._found: dict[tuple[str, str, str], list[int]] = {}
        for index in self._spans.inside(0, "w:comment"):
            self._found.setdefault(known_by(self._said(index)), []).append(index)

    def take(self, said: Reply, ends: Ends) -> int | None:
        """The comment with these words, of several that at a place; None where there is none left."""
        alike = self._found.get(known_by(said), [])
        alike.sort(key=lambda index: not ends[0] <= self.paragraph(index) <= ends[1])
        return alike.pop(0) if alike else None

    def paragraph(self, comment: int) -> int:
        """The paragraph that refers to a comment; the first of the document where none does."""
        return self._paragraphs.get(self._spans.value(comment, "id"), self._document.numbered("w:p", 1))

    @cached_property
    def _paragraphs(self) -> dict[str | None, int]:
        """The paragraphs that refer to comments, by the comments' numbers."""
        spans = self._document
        return {
            spans.value(each, "id"): next(around for around in spans.around(each) if spans.names[around] == "w:p")
            for each in spans.inside(0, "w:commentReference")
        }

    def id_of(self, comment: int, new: Callable[[Reply], str]) -> str:
        """The id of a comment's last paragraph, which gets a new one where it has none, if there is a new one."""
        paragraphs = [*self._spans.inside(comment, "w:p")]
        last = paragraphs[-1] if paragraphs else None
        found = self._spans.value(last, "paraId") or self._new.get(comment)
        if found:
            return found
        found = self._new[comment] = new(self._said(comment))
        if last is not None and found:
            at = self._spans.at(last).begin + 1 + len(self._spans.tag(last, "p"))
            named = f'{self._parts.declared(self._spans, "w14")} w14:paraId="{found}"'
            self._original.change(self._spans.part, [Edit(at, at, named.encode())])
        return found

    def settled(self, id_: str, resolved: bool | None) -> bool:
        """Have a comment say that it is resolved, or open; False where the file has no state of it to change."""
        spans = self._parts["commentsExtended"]
        for each in spans.inside(0, "commentEx") if spans else ():
            if spans and spans.value(each, "paraId") == id_:
                edit = spans.valued(each, "done", b"%d" % bool(resolved))
                if edit and resolved is not None and is_on(spans.value(each, "done")) != resolved:
                    self._original.change(spans.part, [edit])
                return True
        return False

    def _said(self, comment: int) -> Reply:
        spans = self._spans
        text = "".join(map(spans.text, spans.inside(comment, "w:t")))
        return Reply(spans.value(comment, "author") or "", moment(spans.value(comment, "date") or ""), text)
