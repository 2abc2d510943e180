"""Forms learnt from the files that are imported: one for each layout that no form draws, made in a workshop folder."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from perfdoc.errors import FormError, PerfdocError
from perfdoc.extraction import extract
from perfdoc.extraction.by_template.templates import words_of
from perfdoc.extraction.vocabulary.dated import dated
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.form_definition import Form, forms, load_form
from perfdoc.importing.order import Job, Lesson, Taught, Teaching
from perfdoc.learning import as_docx, learn_form
from perfdoc.reading import read
from perfdoc.report import Reading, Role
from perfdoc.storage.content import bytes_of
from perfdoc.storage.naming import folder_name, free, key_of, stem
from perfdoc.texts import say

_YEAR = re.compile(r"[（(\[【〔［]?20\d\d年?度?[)）\]】〕］]?(?:年度|年|度)?")
_TITLE = 5  # characters of a title, at least; 附件3 is none
_LAYOUTS = re.compile(r"^layouts: \[(.*)\]$", re.MULTILINE)


class Learner:
    """The work on one layout. What earlier lessons made is known by the workshop."""

    def __init__(self, teaching: Teaching) -> None:
        self._order, self._workshop, self._name = teaching.order, Path(teaching.workshop), teaching.name

    def __call__(self, lesson: Lesson) -> Taught:
        why = ""
        for job in lesson.jobs:
            try:
                return self._taught(lesson.layout, job)
            except PerfdocError as error:
                said = str(error)
                why = why or (said if said.startswith(job.path) else f"{job.path}: {said}")
        return Taught(lesson.layout, why=why)

    def _taught(self, layout: str, job: Job) -> Taught:
        data, _ = as_docx(bytes_of(job.path), job.path, self._order.tool_seconds)
        made = {folder.name: load_form(folder) for folder in sorted(self._workshop.iterdir())}
        known = {**forms(self._order.templates, self._order.near(job.folder)), **made}
        reading = self._read(data, job, known)
        serving = _learnt(reading, known)
        if serving is not None:
            if serving.name in made:
                _add_layout(serving.folder, layout)
            return Taught(layout, serving.name)
        name = self._name or _title_of(reading, words_of(known.values())) or stem(Path(job.path).name)
        learnt = learn_form(data, job.path, name, layout=layout)
        taken = set(map(key_of, known))
        folder = self._workshop / free(folder_name(name), taken.__contains__)
        folder.mkdir()
        (folder / "form.docx").write_bytes(learnt.word)
        (folder / "form.yaml").write_text(learnt.description, encoding="utf-8")
        known[folder.name] = load_form(folder)
        form = _learnt(self._read(data, job, known), known)
        if form is None or form.name != folder.name:
            shutil.rmtree(folder)
            raise FormError(say("importing.learn.not_found", file=job.path, form=folder.name))
        return Taught(layout, folder.name, job.path, tuple(map(str, (*learnt.notes, *learnt.questions))))

    def _read(self, data: bytes, job: Job, known: Mapping[str, Form]) -> Reading:
        layout = read(data, job.path, track_changes=self._order.track_changes)
        return extract(layout, known, job.boilerplate)


def _learnt(reading: Reading, known: Mapping[str, Form]) -> Form | None:
    """The form that a file was read with, if it was learnt."""
    form = known.get(reading.document.form or "")
    return form if form is not None and form.layouts else None


def _title_of(reading: Reading, words: Vocabulary) -> str:
    """The longest title in a file, without its year; empty where it has none."""
    printed = (claim.text for claim in reading.claims if claim.role is Role.boilerplate)
    titles = [reading.document.title or "", *(text for text in printed if words.meaning(text).is_title)]
    bare = ("".join(_YEAR.sub("", dated(title)).split()) for title in titles)
    return max((one for one in bare if len(one) >= _TITLE), key=len, default="")


def _add_layout(folder: Path, layout: str) -> None:
    file = folder / "form.yaml"
    text = _LAYOUTS.sub(rf"layouts: [\1, {layout}]", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
