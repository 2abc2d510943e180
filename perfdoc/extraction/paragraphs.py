"""The paragraphs that stand between tables: a heading, captions, a form's title and last lines, or what is outside."""

import re
from collections.abc import Container, Iterable, Sequence

from perfdoc.extraction.by_labels.captions import Caption, Piece, claim, pieces
from perfdoc.extraction.by_template.claiming import Claiming, claim_paragraph
from perfdoc.extraction.by_template.gaps import Steps, laid
from perfdoc.extraction.by_template.pattern import HEADING, TITLE, TextPattern, fixed_text
from perfdoc.extraction.by_template.skeleton import Skeleton, boilerplate
from perfdoc.extraction.result.claims import Findings
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.vocabulary.dated import half_width
from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Paragraph
from perfdoc.report import Role

_RENAMED = "__RefHeading__"
_ANCHOR = re.compile(r"_Toc\d+")
_SECTION = re.compile(r"_Toc_\d+_\d+_\d+")
_PROJECT = "项目"
_LOOK_BACK = 6  # blank or titling paragraphs between a heading and its table
Lines = Sequence[Paragraph]


class Paragraphs:
    """Tells the paragraphs of a file apart (these methods are pure), and claims them.

    `ours` says that the file is as perfdoc wrote it, `text` that it is plain text.
    """

    def __init__(self, words: Vocabulary, skeletons: tuple[Skeleton, ...], *, ours: bool, text: bool) -> None:
        self.words, self.ours, self.text = words, ours, text
        self.margins = boilerplate(skeletons)
        self.title_styles = frozenset(one.title_style.casefold() for one in skeletons if one.title_style)

    # What they are

    def says_something(self, lines: Lines) -> bool:
        """Whether there is any text."""
        return any(line.text.strip() for line in lines if line.story == "body")

    def leading(self, lines: Lines) -> Lines:
        """The titles and captions right above a table, up to the first other line."""
        found: list[Paragraph] = []
        for line in reversed(lines):
            text = line.text
            if line.story != "body" or not text.strip():
                continue
            says = self.words.meaning(text).is_title or any(inline for _, inline in self.words.meaning(text).inlines)
            if not says and not line.bookmarks and not self._is_numbered_title(text.strip()):
                break
            found.append(line)
        return found[::-1]

    def _titling(self, lines: Lines) -> Lines:
        """The same, and the last title that names a year where none of them does: another line may stand below it."""
        found = self.leading(lines)
        if any(self.words.meaning(line.text).year for line in found):
            return found
        titles = (line for line in reversed(lines) if line.story == "body" and self.words.meaning(line.text).is_title)
        far = next((line for line in titles if self.words.meaning(line.text).year and not line.contents), None)
        return found if far is None or far in found else [far, *found]

    def heading(self, lines: Lines, names: Container[str] = ()) -> Paragraph | None:
        """The line that is the heading of the project that begins below: by its bookmarks or outline, as a numbered
        title, or as its number and one of `names`.
        """
        for line in reversed(lines[-_LOOK_BACK:]):
            if line.story != "body" or line.contents:
                continue
            if len(line.bookmarks) >= 2 or (line.outline and line is lines[-1]):
                return line
            text = line.text.strip()
            if text and (self._is_numbered_title(text) or self._is_numbered(text, names)):
                return line
            if text and not self.words.meaning(text).is_title and not self.words.meaning(text).inlines[0][1]:
                return None
        return None

    def _is_numbered_title(self, text: str) -> bool:
        return self.words.meaning(text).is_title and text[:1].isdigit() and len(key(text)) < len(half_width(text))

    def _is_numbered(self, text: str, names: Container[str]) -> bool:
        """Whether a text is the number of a project and its name: （一）社区矫正, 一、社区矫正项目."""
        numbered = bool(self.words.beginning("items", text)) or text[:1].isdigit()
        return numbered and any(one in names for one in (key(text), key(text).removesuffix(_PROJECT)))

    def _is_title(self, line: Paragraph) -> bool:
        """Whether a line has the style of a document's title (LibreOffice: Heading 1 for heading 1)."""
        return line.style.casefold() in self.title_styles

    def _is_printed(self, line: Paragraph) -> bool:
        """Whether a form prints a line by itself."""
        if line.contents or key(line.text) in self.words.tables.boilerplate:
            return True
        return line.story != "body" and fixed_text(line.text) in self.margins

    def _fits(self, pattern: TextPattern, line: Paragraph) -> bool:
        """Whether a line is a pattern's. In a file that others wrote, a title and a heading look like one."""
        if self.ours or pattern.exact is not None or pattern.names not in ((HEADING,), (TITLE,)):
            return pattern.takes(line.text)
        if pattern.names == (TITLE,):
            return self._is_title(line)
        marked = bool(line.bookmarks) or line.outline > 0
        return marked or self._is_numbered_title(line.text.strip())

    # Claiming them

    def claim_along(self, lines: Lines, parts: Sequence[tuple[Steps, Project]], findings: Findings) -> bool:
        """Claim lines as a form has them: the steps of each project in order. False where they stand otherwise."""
        steps = [step for part, _ in parts for step in part]
        if all(step.patterns[0].is_blank for step in steps) and not any(p.text or p.bookmarks for p in lines):
            return True  # blank lines where blank lines belong
        owners = [project for part, project in parts for _ in part]
        found = laid(steps, [p for p in lines if p.story == "body" and not p.contents], self._fits)
        if found is None:
            return False
        claiming = {id(project): Claiming(project) for _, project in parts}
        for n, line, pattern in found:
            if pattern.names or line.text:  # else a blank line where one belongs
                claim_paragraph(pattern, line, claiming[id(owners[n])], line=steps[n].repeats)
            if pattern.bookmarks:
                self.mark(owners[n], line)
        claimed = {id(line) for _, line, _ in found}
        self.claim([line for line in lines if id(line) not in claimed], findings)
        return True

    def claim(
        self, lines: Lines, findings: Findings, project: Project | None = None, names: Container[str] = ()
    ) -> None:
        """Claim lines that no form has; the `project` that begins below has its heading and captions among them.

        `names` are texts of which one is its name.
        """
        heading = self.heading(lines, names) if project is not None else None
        leading = {id(line) for line in self._titling(lines)} if project is not None else set()
        if project is not None and heading is not None:
            path = project.path("heading")
            findings.claim(Role.value, heading.place, heading.text, path, heading.text)
            self.mark(project, heading)
        for line in lines:
            titled = self._is_title(line)
            if line is heading or (not line.text.strip() and not (line.text and titled)):
                continue
            if titled and line.story == "body" and not findings.titled:
                findings.claim(Role.value, line.place, line.text, ("title",), findings.title(line.text))
            elif self._is_printed(line):
                findings.claim(Role.boilerplate, line.place, line.text)
            elif project is not None and id(line) in leading:
                self._claim_leading(line, project, findings)
            elif line.story == "body" and (entry := self.words.meaning(line.text).label) is not None and entry.group:
                findings.claim(Role.label, line.place, line.text)
            else:
                findings.claim(Role.outside, line.place, line.text)

    def _claim_leading(self, line: Paragraph, project: Project, findings: Findings) -> None:
        """A line above a table: `金额单位：万元` gives a value, a form's title is boilerplate, all else outside."""
        for role, text, caption in pieces(line.text, line.place, self.words):
            if role is Role.boilerplate:
                project.title(text, line.place)
            elif caption is not None:
                project.name(*caption, text=text, weak=True)
            else:
                claim(Piece(role, text), line.place, findings)

    def claim_captions(self, lines: Lines, findings: Findings) -> tuple[list[Caption], list[Paragraph]]:
        """Claim the lines right above a list that say something of all its projects: what they say, the other lines."""
        held: list[Caption] = []
        claimed: set[int] = set()
        for line in self.leading(lines):
            said = list(pieces(line.text, line.place, self.words))
            captions = [piece.caption for piece in said if piece.caption is not None]
            if captions:
                held += captions
                claimed.add(id(line))
                for piece in said:
                    claim(piece, line.place, findings)
        return held, [line for line in lines if id(line) not in claimed]

    def claim_year(self, lines: Lines, projects: Iterable[Project]) -> list[Paragraph]:
        """Claim the year that a header or footer names for the forms on its pages; gives the other lines."""
        without = [project for project in projects if project.is_empty("year") and not project.whole]
        for line in lines if without else ():
            meaning = self.words.meaning(line.text)
            if line.story in ("header", "footer") and meaning.year and (meaning.is_year or meaning.is_title):
                without[0].title(line.text, line.place)
                for project in without[1:]:
                    project.name("year", "", meaning.year, line.place)
                return [other for other in lines if other is not line]
        return list(lines)

    def mark(self, project: Project, line: Paragraph) -> None:
        """Keep the two bookmarks around a heading, or the contents' anchor where it is all that is left.

        LibreOffice writes those of an empty heading twice; of a .doc it keeps the anchor alone, and renames it.
        """
        names = list(dict.fromkeys(name.removeprefix(_RENAMED) for name in line.bookmarks))
        if len(names) == 2:
            project.bookmarks = (names[0], names[1])
            section = any(_SECTION.fullmatch(name) for name in names)  # Word's own are _GoBack, _Toc1, _Toc2
            project.trusted = project.trusted or (section and not self.text)
        elif len(names) == 1 and _ANCHOR.fullmatch(names[0]):
            project.anchor = names[0]
