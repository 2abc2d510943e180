"""What stands in the way of a Document becoming a file of a form, said before anything is written."""

import re
from collections.abc import Iterable, Iterator, Mapping

from perfdoc.form_definition import Form
from perfdoc.model import Document, Indicator, Project, texts, title
from perfdoc.rendering.characters import MOST_TEXT, utf16
from perfdoc.rendering.lists import list_template
from perfdoc.rendering.word.word_template import template_of
from perfdoc.report import Diagnostic, Path, Place, Reading, Severity
from perfdoc.texts import listed, say
from perfdoc.unholdable import UNHOLDABLE, names_of, shown

_NAME = re.compile(r"[^\W\d]\w{0,39}")
"""A bookmark's name as Word takes it: a letter or `_`, then letters, digits and `_`, 40 characters at most."""
_CURSOR = "_goback"
"""What Word calls the place where the cursor stood: it sets, moves and deletes that one by itself."""


def faults(reading: Reading, form: Form, *, to: str | None = None) -> tuple[Diagnostic, ...]:
    """Everything about a Document that a file of the form can't hold, each with its place; `to` as in `render`.

    PD070 (error): a character that no such file holds. PD071 (warning): a value that the form has no place for;
    bookmarks that the document sets and the form has none of are an info. PD072 (error): a bookmark's name that
    Word does not take, or that stands twice. PD074 (error): a text that is too long for a cell of a worksheet.
    FormError where the form's template is not sound.
    """
    document = reading.document
    known = variables(form)
    sheet = form.is_list or to == "xlsx"
    found: list[Diagnostic] = []

    def add(code: str, severity: Severity, message: str, path: Path, quote: str) -> None:
        found.append(Diagnostic(code, severity, message, _place(reading.places, path), quote, path))

    for path, variable, text in values(document):
        if UNHOLDABLE.search(text):
            key = "rendering.unholdable.sheet" if sheet else "rendering.unholdable.word"
            message = say(key, characters=names_of(text), variable=variable)
            add("PD070", Severity.error, message, path, shown(text))
        if sheet and len(text) > MOST_TEXT // 2 and utf16(text) > MOST_TEXT:
            message = say("rendering.cell", most=MOST_TEXT, what=variable, n=utf16(text))
            add("PD074", Severity.error, message, path, shown(text[:80]))
        if variable not in known:
            message = say("rendering.no_place", form=form.name, field=_named(path), variable=variable)
            add("PD071", Severity.warning, message, path, shown(text))
    if not form.is_list:
        found.extend(_out_of_blocks(document, form, reading.places))
        found.extend(_bookmarks(document, form, reading.places))
    if "project.section" not in known and "project.anchor" not in known:
        marked = [number for number, project in enumerate(document.projects) if project.bookmarks]
        if marked:
            message = say("rendering.no_bookmarks", form=form.name, n=len(marked))
            add("PD071", Severity.info, message, ("projects", marked[0], "bookmarks"), "")
    return tuple(found)


def _out_of_blocks(document: Document, form: Form, places: Mapping[Path, Place]) -> Iterator[Diagnostic]:
    """PD071: indicators that are of no block of a form which has all of them in blocks."""
    blocks = template_of(form).blocks
    for number, project in enumerate(document.projects if blocks else ()):
        for row, one in enumerate(project.indicators):
            label = blocks[0].label
            of = one.extra.get(label, "")
            if not any(of in each.names for each in blocks):
                known = listed([name for each in blocks for name in each.names])
                message = say("rendering.no_block", form=form.name, label=label, text=of, known=known)
                path: Path = ("projects", number, "indicators", row)
                yield Diagnostic(
                    "PD071", Severity.warning, message, _place(places, path), shown(one.level3 or ""), path
                )


def variables(form: Form) -> frozenset[str]:
    """The names that a form's template prints or asks for: `document.title`, `project.budget.total`, ….

    A template calls its loops' variables `project` and `indicator`. Of a list that splits the 指标值,
    `indicator.target` is one too. FormError where the template is not sound.
    """
    if not form.is_list:
        return template_of(form).variables
    asked = list_template(form).variables
    return asked | {"indicator.target"} if "indicator.target.value" in asked else asked


def _named(path: Path) -> str:
    """What the field calls the value at a path of a document: 资金用途, 全年执行数·财政拨款."""
    if path == ("title",):
        return str(Document.model_fields["title"].title)
    record, steps = (Indicator, path[4:]) if path[2:3] == ("indicators",) else (Project, path[2:])
    return title(tuple(map(str, steps)), record)


def misnamed(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether the name of a bookmark would make the file unsound: one that Word does not take, or takes twice."""
    names = [name for pair in pairs for name in pair]
    folded = {name.casefold() for name in names}
    return len(folded) < len(names) or _CURSOR in folded or not all(map(_NAME.fullmatch, names))


def values(document: Document, *, empty: bool = False) -> Iterator[tuple[Path, str, str]]:
    """Path, variable and text of every value that is not empty, with `empty` of those too, in the document's order."""
    if document.title:
        yield ("title",), "document.title", document.title
    for number, project in enumerate(document.projects):
        records: list[tuple[Path, str, Project | Indicator]] = [(("projects", number), "project", project)]
        for row, indicator in enumerate(project.indicators):
            records.append((("projects", number, "indicators", row), "indicator", indicator))
        for path, record, of in records:
            for steps, text in texts(of):
                if text or empty:
                    yield (*path, *steps), ".".join((record, *map(shown, steps))), text


def _bookmarks(document: Document, form: Form, places: Mapping[Path, Place]) -> Iterator[Diagnostic]:
    pairs = form.bookmarks_of(document)
    if not misnamed(pairs):
        return
    seen: dict[str, str] = {}
    for number, pair in enumerate(pairs):
        for which, name in enumerate(pair):
            path: Path = ("projects", number, "bookmarks", which)
            if not _NAME.fullmatch(name):
                message = say("rendering.bookmark.name", name=repr(shown(name)))
            elif name.casefold() == _CURSOR:
                message = say("rendering.bookmark.cursor", name=repr(shown(name)))
            elif name.casefold() in seen:
                message = say("rendering.bookmark.twice", name=repr(shown(name)), other=repr(seen[name.casefold()]))
            else:
                seen[name.casefold()] = name
                continue
            yield Diagnostic("PD072", Severity.error, message, _place(places, path), shown(name), path)


def _place(places: Mapping[Path, Place], path: Path) -> Place:
    """The place of a value, or of the nearest thing around it that has one."""
    for end in range(len(path), -1, -1):
        if path[:end] in places:
            return places[path[:end]]
    return Place("document")
