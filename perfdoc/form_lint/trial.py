"""PD086: render a document with a text in every cell of the form, read it back, and report what differs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perfdoc.checks.schemes import schemes
from perfdoc.errors import FormError, NotRecognisedError
from perfdoc.extraction import extract
from perfdoc.form_definition import TARGET_PARTS, Form
from perfdoc.form_definition.blocks import Blocks, blocks_in
from perfdoc.form_definition.cell_tree import nested
from perfdoc.form_lint.advice import fault
from perfdoc.form_lint.merges import unbegun
from perfdoc.layout import Paragraph
from perfdoc.model import Document, Indicator, Project, texts
from perfdoc.reading import read
from perfdoc.rendering import render
from perfdoc.rendering.word.one_tag import TAG
from perfdoc.rendering.word.tags import Stretch, stretches
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say
from perfdoc.visible import fitted

_WORDS = {
    "money_unit": "万元",
    "agency.code": "101001",
    "goals": "目标第一行。\n目标第二行。",
    "results": "完成第一行。\n完成第二行。",
}
_AMOUNTS = ("budget", "execution", "score", "weight")
_SHOWN = 40
_PRINTS = re.compile(r"\{\{.*?\}\}")


def document(form: Form, blocks: Sequence[Blocks]) -> Document:
    """Two projects with a text of its own in every cell that the form has, and indicators of each of its blocks."""
    paths = ["agency.name" if one.path == "agency" else one.path for one in form.fields]
    columns = ["target" if one.path in TARGET_PARTS else one.path for one in form.columns]
    levels = list(_levels(form)) if columns else []
    projects = []
    for number in (1, 2):
        rows = [_row(columns, number, at, pair) for at, pair in enumerate(levels)]
        if blocks:
            rows = [*_in_blocks(rows, blocks)]
        given = nested({path: _text(path, number * 100 + at) for at, path in enumerate(paths)})
        projects.append(Project.model_validate({**given, "indicators": tuple(rows)}))
    return form.normal(Document(form=form.name, projects=tuple(projects)))


def _in_blocks(rows: Sequence[Indicator], blocks: Sequence[Blocks]) -> Iterator[Indicator]:
    """The rows block by block; those of blocks side by side in turns, as they are read."""
    share = len(rows) // len(blocks)
    for number, (label, names) in enumerate(blocks):
        for at, row in enumerate(rows[number * share : (number + 1) * share]):
            yield row.model_copy(update={"extra": {**row.extra, label: names[at % len(names)]}})


def _levels(form: Form) -> Iterator[tuple[str, str]]:
    """Level 1 and 2 of the rows: each group of the form's scheme with two kinds, two rows each."""
    known = schemes()
    scheme = known.get(form.scheme, next(iter(known.values())))
    for group, kinds in scheme.kinds_of.items():
        for kind in kinds[:2]:
            yield from [(scheme.titles[group], scheme.titles[kind])] * 2


def _row(columns: Sequence[str], number: int, at: int, pair: tuple[str, str]) -> Indicator:
    given = {path: _text(path, number * 10000 + at * 50 + n) for n, path in enumerate(columns)}
    levels = dict(zip(("level1", "level2"), pair, strict=True))
    given |= {name: level for name, level in levels.items() if name in given}
    if "target" in given:
        given["target"] = f"≥{number * 100 + at}件"
    return Indicator.model_validate(nested(given))


def _text(path: str, number: int) -> str:
    if path in _WORDS:
        return _WORDS[path]
    if path == "year":
        return "2023"
    if path.partition(".")[0] in _AMOUNTS:
        return f"{number}.25"
    return f"试填{number}"


def trial(form: Form, parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """What does not come back, each value once, at the tag that prints it; of a workbook, as warnings.

    The workbook of a Word form is looked at where its Word file is as it should be.
    """
    if form.is_list:
        yield from _tried(form, parts, "xlsx")
        return
    found = [*_listed(form, parts), *_tried(form, parts, "docx")]
    yield from found
    if any(one.severity is Severity.error for one in found):
        return
    try:
        sheets = list(_tried(form, parts, "xlsx"))
    except FormError as error:
        said = str(error).partition("word/document.xml: ")[2] or str(error)
        sheets = [fault("PD087", "form_lint.said", Place(str(form.document)), said=said)]
    for one in sheets:
        yield replace(one, severity=Severity.warning, message=say("form_lint.trial.workbook", said=one.message))


def _listed(form: Form, parts: Sequence[Stretch]) -> Iterator[Diagnostic]:
    """PD086: values in paragraphs that Word numbers: what is not typed is read with the text, and not in a workbook."""
    layout = read(form.document.read_bytes(), str(form.document))
    texts = [one.text for one in layout.blocks if isinstance(one, Paragraph)]
    texts += [cell.text for grid in layout.grids() for row in grid.rows for cell in row.cells]
    typed = ["".join(one.plain.split()) for one in parts]
    for line in (line for text in texts for line in text.split("\n")):
        tag = _PRINTS.search(line)
        if tag and not any("".join(TAG.sub("", line).split()) in plain for plain in typed):
            place = next((t.place for one in parts for t in one.tags if t.text == tag[0]), Place(str(form.document)))
            yield fault("PD086", "form_lint.trial.listed", place, tag[0], Severity.warning)


def _tried(form: Form, parts: Sequence[Stretch], kind: str) -> Iterator[Diagnostic]:
    wanted = document(form, [*filter(None, (blocks_in(tag.text) for one in parts for tag in one.tags))])
    whole = Place(str(form.document))
    try:
        made = render(wanted, form, to=kind)
        back = extract(read(made, f"trial.{kind}"), {form.name: form}).document
    except NotRecognisedError:
        yield fault("PD086", "form_lint.trial.unknown", whole)
        return
    if len(back.projects) != len(wanted.projects):
        yield fault("PD086", "form_lint.trial.projects", whole, n=len(back.projects))
        return
    if back.title != wanted.title:
        yield fault("PD086", "form_lint.trial.title", whole, read=fitted(back.title or "", _SHOWN))
    told: set[str] = set()
    for one, other in zip(wanted.projects, back.projects, strict=True):
        yield from _compared(form, "project", one, other, parts, told)
        if len(one.indicators) != len(other.indicators):
            if "indicators" not in told:
                told.add("indicators")
                key = "form_lint.trial.lost" if _chooses(parts) else "form_lint.trial.heads"
                yield fault("PD086", key, whole, n=len(one.indicators), back=len(other.indicators))
            continue
        for row, again in zip(one.indicators, other.indicators, strict=True):
            yield from _compared(form, "indicator", row, again, parts, told)
    if back.form != form.name and not told:
        yield fault("PD086", "form_lint.trial.by_labels", whole)
    if kind == "docx":
        yield from unbegun(stretches(made, "trial.docx"), parts)


def _chooses(parts: Sequence[Stretch]) -> bool:
    """Whether the template chooses between rows, and could leave one out."""
    return any(tag.word == "if" and tag.level == "tr" for one in parts for tag in one.tags)


def _compared(
    form: Form,
    record: str,
    one: Project | Indicator,
    other: Project | Indicator,
    parts: Sequence[Stretch],
    told: set[str],
) -> Iterator[Diagnostic]:
    wanted, got = (dict(texts(each)) for each in (one, other))
    for path in dict.fromkeys((*wanted, *got)):
        name = ".".join((record, *path))
        ours, theirs = wanted.get(path), got.get(path)
        if ours == theirs or name in told:
            continue
        told.add(name)
        place = _printed(parts, name) or Place(str(form.document))
        how = "taken" if ours is None else "gone" if theirs is None else "changed"
        said = {"name": name, "printed": fitted(ours or "", _SHOWN), "read": fitted(theirs or "", _SHOWN)}
        yield fault("PD086", f"form_lint.trial.{how}", place, **said)


def _printed(parts: Sequence[Stretch], name: str) -> Place | None:
    """Where a value is printed."""
    return next((tag.place for one in parts for tag in one.tags if name in tag.names), None)
