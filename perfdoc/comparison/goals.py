"""A Document as plain lines, one for each thing that it says: what `git diff` compares for a Word or Excel file.

A file without goals is compared as the lines of its Layout.
"""

from collections.abc import Iterator

from perfdoc.layout import Layout, Paragraph
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS, Document, Indicator, Project, texts, title

MARK = "== "
"""What a project's first line begins with; git shows it at the head of each change."""
_APART = frozenset({"name", "agency.code", "agency.name", "money_unit", "goals"})
_LINES = tuple(tuple(path.split(".")) for path in PROJECT_PATHS if path not in _APART)
_SHOWN = frozenset({"level1", "level2", "level3", "description", "target"})
_POINTS = frozenset({"weight", "rate", "score"})


def goals(document: Document) -> Iterator[str]:
    """The lines. An indicator is one line with its levels, so that a change of it says what it is a change of."""
    if document.title:
        yield f"{title(('title',), Document)}: {_flat(document.title)}"
    for one in document.projects:
        yield from _project(one)


def layout_lines(layout: Layout) -> Iterator[str]:
    """Paragraphs as they are, a row of a table a line."""
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        for row in block.rows:
            cells = [_flat(cell.text) for cell in row.cells if not cell.continues]
            yield " | ".join(cells).rstrip(" |")


def _project(one: Project) -> Iterator[str]:
    yield ""
    yield f"{MARK}{_flat(one.name or '')}".rstrip()
    agency = f"{one.agency.code or ''} {one.agency.name or ''}".strip()
    yield from _line(title(("agency",)), agency)
    said = dict(texts(one))
    for path in _LINES:
        money = path[0] in ("budget", "execution") and path[1] not in _POINTS
        text = said.get(path)
        yield from _line(title(path), f"{text} {one.money_unit or ''}".strip() if text and money else text)
    for label, text in one.extra.items():
        yield from _line(_flat(label), text)
    if one.goals:
        yield f"{title(('goals',))}:"
        yield from (f"  {line}".rstrip() for line in one.goals.splitlines())
    for row in one.indicators:
        yield _indicator(row)


def _line(name: str, text: str | None) -> Iterator[str]:
    if text:
        yield f"{name}: {_flat(text)}"


def _indicator(one: Indicator) -> str:
    levels = " / ".join(_flat(level) for level in (one.level1, one.level2, one.level3) if level)
    described = f"（{_flat(one.description)}）" if one.description else ""
    apart = {name: getattr(one, name) for name in INDICATOR_PATHS if name not in _SHOWN}
    named = {title((name,), Indicator): text for name, text in apart.items()}
    more = "".join(f"；{_flat(label)} {_flat(text)}" for label, text in (*named.items(), *one.extra.items()) if text)
    return f"{levels}{described}: {_flat(one.target or '')}{more}".rstrip()


def _flat(text: str) -> str:
    return " ".join(text.split("\n")) if "\n" in text else text
