"""Forms learnt from the files that are imported: one for each layout that no form draws, made in a workshop folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from perfdoc.errors import FormError, PerfdocError
from perfdoc.extraction import extract
from perfdoc.extraction.vocabulary.dated import dated
from perfdoc.form_definition import Form, forms, load_form
from perfdoc.importing.order import Job, Lesson, Taught, Teaching
from perfdoc.learning import as_docx, learn_form
from perfdoc.reading import read
from perfdoc.storage.content import bytes_of
from perfdoc.storage.naming import folder_name, free, key_of, stem
from perfdoc.texts import say
from perfdoc.yamltree import parse

_YEAR = re.compile(r"[（(\[【〔［]?20\d\d年?度?[)）\]】〕］]?(?:年度|年|度)?")
_LAYOUTS = re.compile(r"^layouts: \[(.*)\]$", re.MULTILINE)


class Learner:
    """The work on one layout. What earlier lessons made is known by the workshop."""

    def __init__(self, teaching: Teaching) -> None:
        self._order, self._workshop, self._name = teaching.order, Path(teaching.workshop), teaching.name

    def __call__(self, lesson: Lesson) -> Taught:
        """Learn the form of a layout, or find the one that serves it."""
        why = ""
        for job in lesson.jobs:
            try:
                return self._taught(lesson.layout, job)
            except PerfdocError as error:
                why = why or str(error)
        return Taught(lesson.layout, why=why)

    def _taught(self, layout: str, job: Job) -> Taught:
        data, _ = as_docx(bytes_of(job.path), job.path, self._order.tool_seconds)
        made = {folder.name: load_form(folder) for folder in sorted(self._workshop.iterdir())}
        known = {**forms(self._order.templates, self._order.near(job.folder)), **made}
        serving = self._form_of(data, job, known)
        if serving is not None:
            if serving.name in made:
                _add_layout(serving.folder, layout)
            return Taught(layout, serving.name)
        learnt = learn_form(data, job.path, stem(Path(job.path).name), layout=layout)
        name = self._name or _name_of(learnt.description) or stem(Path(job.path).name)
        taken = set(map(key_of, known))
        folder = self._workshop / free(folder_name(name), taken.__contains__)
        folder.mkdir()
        (folder / "form.docx").write_bytes(learnt.word)
        (folder / "form.yaml").write_text(learnt.description, encoding="utf-8")
        form = self._form_of(data, job, {**known, folder.name: load_form(folder)})
        if form is None or form.name != folder.name:
            raise FormError(say("importing.learn.not_found", file=job.path, form=folder.name))
        return Taught(layout, folder.name, job.path, tuple(map(str, (*learnt.notes, *learnt.questions))))

    def _form_of(self, data: bytes, job: Job, known: Mapping[str, Form]) -> Form | None:
        """The form that a file is read with, if one was learnt."""
        layout = read(data, job.path, track_changes=self._order.track_changes)
        form = known.get(extract(layout, known, job.boilerplate).document.form or "")
        return form if form is not None and form.layouts else None


def _name_of(description: str) -> str:
    """The title of a form without its year."""
    form: Any = parse(description, "form.yaml").value
    return "".join(_YEAR.sub("", dated(form["title"])).split())


def _add_layout(folder: Path, layout: str) -> None:
    file = folder / "form.yaml"
    text = _LAYOUTS.sub(rf"layouts: [\1, {layout}]", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
