"""What a label means, said of one file for all of its layout; where no form draws that, one is learnt first."""

import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import FormError
from perfdoc.extraction import extract
from perfdoc.form_definition import forms
from perfdoc.form_definition.loading import is_packaged, refreshed
from perfdoc.importing.lessons import Learner
from perfdoc.importing.order import Job, Lesson, Order, Teaching
from perfdoc.labelling import meaning, relabelled, unlabelled
from perfdoc.reading import read
from perfdoc.repository.folders import home_near
from perfdoc.storage.content import bytes_of
from perfdoc.storage.writing import write

PRINTED = "printed"
"""What a text means that is no label: it is printed in every file of the form."""


class Meant(NamedTuple):
    """The form that was changed.

    `was` is what the label meant before, as `relabelled` takes it, "" for nothing; `said` has a line for each change.
    """

    form: str
    was: str
    said: tuple[str, ...]


def meant(job: Job, order: Order, label: str, path: str) -> Meant:
    """Say what a label of a file means, for every file of its layout; "" takes back what was said.

    A form that comes with perfdoc is changed in a copy of its own. All files of the form are written, or none. Raises
    what `relabelled` raises, and FormError where no form can be learnt from the file.
    """
    near = order.near(job.folder)
    known = forms(order.templates, near)
    reading = extract(read(bytes_of(job.path), job.path), known, job.boilerplate)
    form = known.get(reading.document.form or "")
    home = order.templates[0] if order.templates else home_near(order.near("."))
    with tempfile.TemporaryDirectory(prefix="perfdoc-") as workshop:
        if form is None:
            taught = Learner(Teaching(order, workshop))(Lesson(reading.layout, (job,)))
            if not taught.form:
                raise FormError(taught.why)
            folder = Path(workshop, taught.form)
        else:
            folder = Path(workshop, form.name)
            folder.mkdir()
            for file in form.folder.glob("form.*"):
                shutil.copyfile(file, folder / file.name)
            home = home if is_packaged(form.folder) else form.folder.parent
        was = meaning(folder, label)
        said: tuple[str, ...] = ()
        if path != PRINTED:
            made = relabelled(folder, label, path) if path else unlabelled(folder, label)
            said = made.said
            for name, data in made.files.items():
                (folder / name).write_bytes(data)
        files = {home / folder.name / file.name: file.read_bytes() for file in sorted(folder.glob("form.*"))}
        write(files, force=form is not None)
        refreshed(near)
        return Meant(folder.name, was, said)
