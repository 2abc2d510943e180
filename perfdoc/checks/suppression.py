"""PD9xx: comments that suppress findings: `# perfdoc: ignore[PD304] the number of places is fixed`; marks left over.

A comment behind a value holds for what begins on its line; one on a line of its own for the value or record
that follows; `ignore-file[…]`, anywhere, for the whole file. A reason is part of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from perfdoc.checks.catalogue import catalogue
from perfdoc.checks.settings import Settings
from perfdoc.checks.source import Source, Stretch
from perfdoc.report import Path
from perfdoc.specs.comments import MARK, is_mark
from perfdoc.yamltree import Span

_COMMENT = re.compile(
    r"#[ \t]*perfdoc:[ \t]*ignore(?P<file>-file)?[ \t]*(?:\[(?P<codes>[^\]\n]*)\])?(?P<reason>[^\n]*)"
)
_MARK = re.compile(rf"{re.escape(MARK)}[^\n]*")
_ANY = "perfdoc:"


@dataclass(slots=True)
class Suppression:
    """A comment that suppresses: which codes, at which paths of its file (`()`: all), why, and where it stands."""

    codes: tuple[str, ...]
    paths: tuple[Path, ...]
    reason: str
    at: Stretch
    used: set[str] = field(default_factory=set)

    def covers(self, code: str, path: Path) -> bool:
        """Whether it suppresses a finding; it is then used."""
        for own in self.codes:
            if own and code.startswith(own) and any(path[: len(under)] == under for under in self.paths):
                self.used.add(own)
                return True
        return False

    def complaints(self, settings: Settings) -> Iterator[tuple[str, str]]:
        """What is wrong with the comment itself: rule and the code that it is about. To be asked at the end."""
        if not self.codes:
            yield "PD903", "[]"
        for code in self.codes:
            known = [each for each in catalogue() if code and each.startswith(code)]
            if not known:
                yield "PD903", code
            elif code not in self.used and any(map(settings.wants, known)):
                yield "PD901", code
        if not self.reason and self.codes:
            yield "PD902", ", ".join(self.codes)


def suppressions(source: Source) -> list[Suppression]:
    """The suppressions of a sound YAML text."""
    found = []
    for match, at in _comments(source, _COMMENT):
        codes = tuple(code.strip().upper() for code in (match["codes"] or "").split(",") if code.strip())
        paths = ((),) if match["file"] else _paths(source, match.start())
        found.append(Suppression(codes, paths, match["reason"].strip(" \t:：-—"), at))
    return found


def marks(source: Source) -> Iterator[tuple[str, Stretch]]:
    """The marks of `rollover` that are left in a sound YAML text: what each says, and where it stands."""
    for match, at in _comments(source, _MARK):
        if is_mark(match[0]):
            yield match[0].removeprefix(MARK).strip(), at


def _comments(source: Source, wanted: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Stretch]]:
    """The comments that fit a pattern; what stands inside of a value is none."""
    if _ANY not in source.text:
        return
    values = [span for span in source.spans if span.end > span.start]
    for match in wanted.finditer(source.text):
        if not any(_inside(source, span, match.start()) for span in values):
            line, column = source.place(match.start())
            yield match, Stretch(line, column, line, column + len(match[0].rstrip()))


def _paths(source: Source, start: int) -> tuple[Path, ...]:
    """The paths that a comment at an offset is about."""
    line, column = source.place(start)
    before = source.line(line)[: column - 1]
    if before.strip(" \t-"):
        here = (span for span in source.spans if span.line == line - 1 and span.kind in ("key", "text"))
        return tuple(dict.fromkeys(span.path for span in here if span.path))
    following = [span for span in source.spans if span.start > start and span.kind in ("open", "key", "text")]
    return (_entry(following),) if following else ()


def _entry(following: list[Span]) -> Path:
    """The entry that begins first: of a list its first item, and of an item not its first key."""
    at = 0
    while at + 1 < len(following) and following[at].kind == following[at + 1].kind == "open":
        at += 1
    first = following[at]
    is_item = bool(first.path) and isinstance(first.path[-1], int)
    return first.path if is_item or at + 1 == len(following) or first.kind != "open" else following[at + 1].path


def _inside(source: Source, span: Span, start: int) -> bool:
    """Whether an offset is part of a key or text; the header of a block (`|-`) may have a comment behind it."""
    if span.kind not in ("key", "text") or not span.start < start < span.end:
        return False
    return source.text[span.start] not in "|>" or "\n" in source.text[span.start : start]
