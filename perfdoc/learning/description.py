"""`form.yaml` of a form that is learnt: its title, scheme, heading, printed texts, fields and columns with labels."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from perfdoc.checks.schemes import usual_scheme
from perfdoc.extraction.vocabulary.keys import key, named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Paragraph
from perfdoc.learning.margins import is_dated
from perfdoc.learning.stands import Stand, Value, heading_of
from perfdoc.learning.tagged_page import Page
from perfdoc.learning.template import Template
from perfdoc.rendering.word.jinja import environment
from perfdoc.rendering.word.one_tag import TAG, asked
from perfdoc.report import Place, Role
from perfdoc.specs.scalar import scalar


def description(made: Template, name: str, texts: Sequence[str]) -> str:
    """The text of `form.yaml` for a template that prints `texts`, its tags among them."""
    page = made.page
    language = environment()
    tags = {name for text in texts for tag in TAG.findall(text) for name in asked(language, tag).names}
    labels = _Printed(texts)
    titles = [text for text in _boilerplate(page, texts) if page.words.meaning(text).is_title]
    lines = [f"title: {scalar(page.document.title or max(titles, key=len, default=name))}"]
    lines.append(f'scheme: "{usual_scheme(page.document)}"')
    if "project.heading" in tags:
        lines += ["heading:", *_heading(page)]
    if printed := list(_boilerplate(page, texts)):
        lines += ["boilerplate:", *(f"- {scalar(text)}" for text in printed)]
    found = {**fields(page.found, page.words), **made.extras}
    shown = {path: label for path, label in found.items() if f"project.{path}" in tags}
    lines += ["fields:", *_entries(shown, labels)]
    columns = {path: label for path, label in made.columns.items() if f"indicator.{path}" in tags}
    if columns:
        lines += ["columns:", *_entries(columns, labels)]
    return "\n".join(lines) + "\n"


class _Printed:
    """The texts of a template as `form lint` looks for labels among them."""

    def __init__(self, texts: Sequence[str]) -> None:
        plain = [key(TAG.sub("", text)) for text in texts]
        self.counts = Counter(plain)
        self.around = "\n".join(plain)

    def has(self, label: str) -> bool:
        """Whether a label is printed, and in one place only."""
        at = key(label)
        return bool(at) and (self.counts[at] == 1 or (not self.counts[at] and at in self.around))


def _entries(labels: Mapping[str, str], printed: _Printed) -> Iterator[str]:
    held: set[str] = set()
    for path, label in labels.items():
        text = " ".join(label.split())
        yield f"- path: {scalar(path)}"
        if text and printed.has(text) and key(text) not in held:
            held.add(key(text))
            yield f"  labels:\n  - {scalar(text)}"


def _boilerplate(page: Page, texts: Sequence[str]) -> Iterator[str]:
    """The printed texts of the body that say nothing of a year and have no tag."""
    said: set[str] = set()
    whole = {TAG.sub("", text).strip() for text in texts}
    for stand in page.found.values():
        text = stand.text.strip()
        if Role.boilerplate in stand.roles and not stand.part and text and text not in said:
            said.add(text)
            if not is_dated(text) and "\n" not in text and text in whole:
                yield text


def _heading(page: Page) -> Iterator[str]:
    stands = [s for s in page.found.values() if any(v.path[2:] == ("heading",) for v in s.values)]
    outline = next((s.block.outline for s in stands if isinstance(s.block, Paragraph) and s.block.outline), 1)
    yield f"  text: {scalar(heading_of(page.document.projects, [stand.text.strip() for stand in stands]))}"
    yield f"  outline: {outline}"


def fields(found: Mapping[Place, Stand], words: Vocabulary) -> dict[str, str]:
    """Every value of a project that the file has, each once, with its label where one is printed for it alone."""
    entries: dict[str, str] = {}
    used: dict[str, str] = {}
    for place, stand in found.items():
        for value in stand.values:
            if value.path[:1] != ("projects",) or value.path[2] in ("indicators", "heading"):
                continue
            path = ".".join(map(str, value.path[2:]))
            label = next(_candidates(found, place, stand, value, words), "")
            if used.setdefault(key(label), path) != path:
                label = ""
            entries[path] = entries.get(path) or label
    return entries


def _candidates(
    found: Mapping[Place, Stand], place: Place, stand: Stand, value: Value, words: Vocabulary
) -> Iterator[str]:
    """The texts that may name a value: in its own text, left of it, above it; those that mean it."""
    path = ".".join(map(str, value.path[2:]))
    own = value.path[3] if path.startswith("extra.") else None
    if value.piece and value.piece != value.text:
        before = value.piece.rpartition(value.text)[0] if value.text else value.piece
        yield from (text for text in (before.strip().rstrip("：:").strip(),) if _names(text, path, own, words))
    if isinstance(stand.block, Grid) and stand.cell is not None:
        for cell in (*_left(stand.block, stand.cell), *_above(stand.block, stand.cell)):
            other = found.get(stand.block.place_of(cell))
            if other is not None and Role.label in other.roles and _names(cell.text, path, own, words):
                yield cell.text.strip()


def _names(text: str, path: str, own: str | int | None, words: Vocabulary) -> bool:
    if own is not None:
        return named(text) == own
    entry = words.meaning(text).label
    return entry is not None and (entry.path == path or (entry.path == "agency" and path == "agency.name"))


def _left(grid: Grid, cell: Cell) -> Sequence[Cell]:
    return [one for one in grid.rows[cell.row - 1].cells if one.column < cell.column][::-1]


def _above(grid: Grid, cell: Cell) -> Iterator[Cell]:
    for row in grid.rows[: cell.row - 1][::-1]:
        yield from (one for one in row.cells if one.column <= cell.column < one.column + one.colspan)
