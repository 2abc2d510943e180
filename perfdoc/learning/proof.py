"""Whether a form that is learnt gives back what it was learnt of."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from perfdoc.errors import PerfdocError
from perfdoc.extraction import extract
from perfdoc.form_definition import Form
from perfdoc.form_definition.loading import load_form
from perfdoc.form_lint import lint
from perfdoc.model import Document, Indicator, Project, texts
from perfdoc.reading import read
from perfdoc.rendering import render
from perfdoc.report import Severity
from perfdoc.texts import say

Paths = frozenset[tuple[str, ...]]


def faults(name: str, word: bytes, description: str, document: Document, implied: Paths) -> list[str]:
    """What is wrong with a form's files: what `form lint` finds, and what of the document does not come back.

    Values of a project that are `implied` by others need not, nor those that only some projects of it have a place for.
    """
    with tempfile.TemporaryDirectory() as within:
        folder = Path(within) / name
        folder.mkdir()
        (folder / "form.docx").write_bytes(word)
        (folder / "form.yaml").write_text(description, encoding="utf-8")
        found = [one for one in lint(folder) if one.severity is Severity.error]
        if found:
            return [str(one).removeprefix(f"{folder}/") for one in found]
        form = load_form(folder)
        try:
            back = extract(read(render(document, form, to="docx"), "own.docx"), {form.name: form}).document
        except PerfdocError as error:
            return [str(error)]
        kept = implied | {path for one in document.projects for path, _ in texts(one) if not _has(form, path)}
        return list(_differences(form.normal(document), back, kept))


def _has(form: Form, path: tuple[str, ...]) -> bool:
    return ".".join(path) in form.paths or path == ("heading",) or (path[0] == "agency" and "agency" in form.paths)


def _differences(wanted: Document, back: Document, implied: Paths) -> Iterator[str]:
    if len(wanted.projects) != len(back.projects):
        yield say("learning.proof.projects", n=len(wanted.projects), back=len(back.projects))
        return
    for one, other in zip(wanted.projects, back.projects, strict=True):
        yield from _unlike(one, other, implied)
        if len(one.indicators) != len(other.indicators):
            yield say("learning.proof.indicators", n=len(one.indicators), back=len(other.indicators))
            continue
        for row, again in zip(one.indicators, other.indicators, strict=True):
            yield from _unlike(row, again, frozenset())


def _unlike(one: Project | Indicator, other: Project | Indicator, implied: Paths) -> Iterator[str]:
    wanted, got = (dict(texts(each)) for each in (one, other))
    for path in dict.fromkeys((*wanted, *got)):
        if path not in implied and (wanted.get(path) or "") != (got.get(path) or ""):
            said = {"path": ".".join(path), "wanted": wanted.get(path) or "", "back": got.get(path) or ""}
            yield say("learning.proof.differs", **said)
