"""The paragraphs that stand between tables: laid along a form's own, or read as headings, captions, what is outside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfdoc.extraction.by_labels.flat_list import Caption
from perfdoc.extraction.by_labels.row_heads import named
from perfdoc.extraction.by_template.align import Step
from perfdoc.extraction.by_template.claiming import Claiming, claim_paragraph
from perfdoc.extraction.by_template.gaps import laid
from perfdoc.extraction.by_template.matching import Fit
from perfdoc.extraction.by_template.pattern import HEADING, TITLE, TextPattern, fixed_text
from perfdoc.extraction.by_template.skeleton import Skeleton, boilerplate
from perfdoc.extraction.result.claims import Account, quoted
from perfdoc.extraction.result.project import Draft
from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Paragraph
from perfdoc.report import Path, Place, Role, Severity

_RENAMED = "__RefHeading__"
_ANCHOR = re.compile(r"_Toc\d+")
_SECTION = re.compile(r"_Toc_\d+_\d+_\d+")
_LOOK_BACK = 6  # blank or titling paragraphs between a heading and its table
_Steps = tuple[Step[TextPattern], ...]


class Above:
    """The paragraphs since the last table, `waiting` to be claimed, and the document's title once it was among them.

    `ours` says that the file is as perfdoc wrote it, `text` that it is plain text.
    """

    def __init__(
        self,
        account: Account,
        words: Vocabulary,
        skeletons: tuple[Skeleton, ...],
        places: dict[Path, Place],
        *,
        ours: bool,
        text: bool,
    ) -> None:
        self.account, self.words = account, words
        self.margins = boilerplate(skeletons)
        self.title_styles = frozenset(one.title_style.casefold() for one in skeletons if one.title_style)
        self.ours, self.text = ours, text
        self.waiting: list[Paragraph] = []
        self.title: str | None = None
        self.places = places

    # Along a form's own paragraphs

    def begins(self, fit: Fit, draft: Draft, before: Fit | None, last: Draft | None) -> bool:
        """Claim what stands above a project's first table as the form has it. False where it stands otherwise."""
        skeleton = fit.skeleton
        if fit.sheet:
            for paragraph in self.waiting:
                self.mark(draft, paragraph.bookmarks)
            self.settle(())
            return True
        if last is None:
            return self._along([(skeleton.front, draft), (skeleton.gaps[0], draft)])
        after = skeleton.gaps[-1] if before is not None and before.ends and before.skeleton is skeleton else ()
        return self._along([(after, last), (skeleton.gaps[0], draft)])

    def between(self, fit: Fit, draft: Draft) -> bool:
        """Claim what stands between two tables of a project as the form has it."""
        return self._along([(fit.skeleton.gaps[fit.number], draft)])

    def ends(self, fit: Fit, draft: Draft) -> bool:
        """Claim what stands below the last table as the form has it."""
        if not fit.ends or fit.sheet:
            return False
        return self._along([(fit.skeleton.gaps[-1], draft), (fit.skeleton.back, draft)])

    def _along(self, parts: Sequence[tuple[_Steps, Draft]]) -> bool:
        steps = [step for part, _ in parts for step in part]
        if all(step.patterns[0].is_blank for step in steps) and not any(p.text or p.bookmarks for p in self.waiting):
            self.waiting.clear()  # blank lines where blank lines belong
            return True
        lines = [p for p in self.waiting if p.story == "body" and not p.contents]
        owners = [draft for part, draft in parts for _ in part]
        lines, found = laid(steps, lines, self._fits)
        if found is None:
            return False
        claiming = {id(draft): Claiming(draft, self.account, self.words) for _, draft in parts}
        for (n, pattern), paragraph in zip(found, lines, strict=True):
            draft = owners[n]
            if pattern.names or paragraph.text:  # else a blank line where one belongs
                claim_paragraph(pattern, paragraph, claiming[id(draft)], line=steps[n].repeats)
            if pattern.bookmarks:
                self.mark(draft, paragraph.bookmarks)
        for one in claiming.values():
            self.titled(one)
        claimed = {id(paragraph) for paragraph in lines}
        self.waiting = [p for p in self.waiting if id(p) not in claimed]
        self.settle(())
        return True

    def titled(self, claiming: Claiming) -> None:
        """Take the document's title from where it was claimed."""
        if claiming.title is not None and self.title is None:
            self.title, self.places["title",] = claiming.title

    def _fits(self, pattern: TextPattern, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a pattern's. In a file that others wrote, a title and a heading look like one."""
        if self.ours or pattern.exact is not None or pattern.names not in ((HEADING,), (TITLE,)):
            return pattern.takes(paragraph.text)
        if pattern.names == (TITLE,):
            return paragraph.style.casefold() in self.title_styles  # LibreOffice: Heading 1 for heading 1
        marked = bool(paragraph.bookmarks) or paragraph.outline > 0
        return marked or self._numbered_title(paragraph.text.strip())

    # As a file without a form has them

    def says_something(self) -> bool:
        """Whether there is any text."""
        return any(paragraph.text.strip() for paragraph in self.waiting if paragraph.story == "body")

    def signed(self, draft: Draft) -> None:
        """The lines right below a form that end it (填报人：… 联系电话：…) go to its project's `extra`."""
        while self.waiting:
            paragraph = self.waiting[0]
            pieces = self.words.inlines(paragraph.text)
            ends = bool(pieces) and self.words.is_footer(pieces[0][0]) and all(inline for _, inline in pieces)
            if paragraph.text.strip() and (paragraph.story != "body" or not ends):
                return
            for piece, inline in pieces:
                if inline is not None:
                    path = draft.set_extra(named(inline.label), inline.value.strip(), paragraph.place)
                    self.account.claim(Role.extra, paragraph.place, piece, path)
            self.waiting.pop(0)

    def list_captions(self) -> tuple[Caption, ...]:
        """The values above a flat list that hold for all of its projects; their paragraphs are claimed."""
        found: list[Caption] = []
        for paragraph in self.leading():
            pieces = self.words.inlines(paragraph.text)
            for piece, inline in pieces:
                if inline is not None:
                    found.append(
                        Caption(inline.entry.path, inline.label.strip(), inline.value.strip(), paragraph.place)
                    )
                    self.account.claim(Role.label, paragraph.place, piece)
                elif any(one for _, one in pieces):
                    self.account.claim(Role.outside, paragraph.place, piece)
                elif self.words.is_title(piece) and (year := self.words.year(piece)):
                    found.append(Caption("year", "", year, paragraph.place))
                    self.account.claim(Role.boilerplate, paragraph.place, piece)
        self.waiting = [p for p in self.waiting if not any(p.place == caption.place for caption in found)]
        return tuple(found)

    def leading(self) -> list[Paragraph]:
        """The titles and captions right above a table, up to the first other line."""
        found: list[Paragraph] = []
        for paragraph in reversed(self.waiting):
            text = paragraph.text
            if paragraph.story != "body" or not text.strip():
                continue
            says = self.words.is_title(text) or any(inline for _, inline in self.words.inlines(text))
            if not says and not paragraph.bookmarks and not self._numbered_title(text.strip()):
                break
            found.append(paragraph)
        return found[::-1]

    def heading(self) -> Paragraph | None:
        """The paragraph that is the heading of the project that begins here."""
        for paragraph in reversed(self.waiting[-_LOOK_BACK:]):
            if paragraph.story != "body" or paragraph.contents:
                continue
            if len(paragraph.bookmarks) >= 2 or (paragraph.outline and paragraph is self.waiting[-1]):
                return paragraph
            text = paragraph.text.strip()
            if text and self._numbered_title(text):
                return paragraph
            if text and not self.words.is_title(text) and not self.words.inlines(text)[0][1]:
                return None
        return None

    def _numbered_title(self, text: str) -> bool:
        return self.words.is_title(text) and key(text) != "".join(text.split()) and text[:1].isdigit()

    def mark(self, draft: Draft, bookmarks: Sequence[str]) -> None:
        """Keep the two bookmarks around a heading, or the contents' anchor where it is all that is left.

        LibreOffice writes those of an empty heading twice; of a .doc it keeps the anchor alone, and renames it.
        """
        names = list(dict.fromkeys(name.removeprefix(_RENAMED) for name in bookmarks))
        if len(names) == 2:
            draft.bookmarks = (names[0], names[1])
            section = any(_SECTION.fullmatch(name) for name in names)  # Word's own are _GoBack, _Toc1, _Toc2
            draft.trusted = draft.trusted or (section and not self.text)
        elif len(names) == 1 and _ANCHOR.fullmatch(names[0]):
            draft.anchor = names[0]

    def settle(self, heading: Sequence[Paragraph], draft: Draft | None = None) -> None:
        """Give every paragraph since the last table its role, and forget them."""
        leading = {paragraph.place for paragraph in self.leading()} if draft is not None else set()
        for paragraph in self.waiting:
            if any(paragraph is one for one in heading):
                continue
            titled = paragraph.style.casefold() in self.title_styles
            if not paragraph.text.strip() and not (paragraph.text and titled):
                continue
            if self.title is None and paragraph.story == "body" and titled:
                self.title = paragraph.text
                self.places["title",] = paragraph.place
                self.account.claim(Role.value, paragraph.place, paragraph.text, ("title",))
            elif self._is_printed(paragraph):
                self.account.claim(Role.boilerplate, paragraph.place, paragraph.text)
            elif draft is not None and paragraph.place in leading:
                self._caption(paragraph, draft)
            else:
                self.account.claim(Role.outside, paragraph.place, paragraph.text)
        self.waiting.clear()

    def _is_printed(self, paragraph: Paragraph) -> bool:
        """Whether a form prints a paragraph by itself."""
        if paragraph.contents or key(paragraph.text) in self.words.boilerplate:
            return True
        return paragraph.story != "body" and fixed_text(paragraph.text) in self.margins

    def _caption(self, paragraph: Paragraph, draft: Draft) -> None:
        """A line above a table: `金额单位：万元` gives a value, a form's title is boilerplate, all else outside."""
        pieces = self.words.inlines(paragraph.text)
        if any(inline for _, inline in pieces):
            for piece, inline in pieces:
                if inline is not None:
                    entry, label, value = inline
                    path = draft.put(entry.path, named(label), value.strip(), paragraph.place, self.words)
                    draft.captions.add(".".join(map(str, path[2:])))
                    role = Role.extra if "extra" in path else Role.value
                    self.account.claim(role, paragraph.place, piece, path)
                else:
                    self.account.claim(Role.unclaimed, paragraph.place, piece)
                    message = f"not placed: {quoted(piece)}"
                    self.account.doubt("PD041", Severity.warning, message, paragraph.place, piece)
        elif self.words.is_title(paragraph.text):
            role, path = draft.put_title(paragraph.text, paragraph.place, self.words)
            self.account.claim(role, paragraph.place, paragraph.text, path)
        else:
            self.account.claim(Role.outside, paragraph.place, paragraph.text)
