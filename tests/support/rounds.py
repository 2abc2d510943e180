"""Rounds of review, drawn: reviewers and a colleague change a document that was sent, and it is known what follows.

Every row has an identity that the changes keep, so that the result follows from the changes and not from a merge.
"""

from __future__ import annotations

import io
import random
import zipfile
from typing import NamedTuple

from perfdoc.form_definition import Form
from perfdoc.model import Document, Indicator
from perfdoc.rendering import render
from perfdoc.rendering.custom import CUSTOM

FIELDS = ("level3", "target")


class Edit(NamedTuple):
    """What one side did to a row of a project, both by their numbers in the base: a value, or `gone`, or a row behind.

    `text` is the new value, or the name of the new row.
    """

    project: int
    row: int
    what: str
    text: str = ""


def drawn(rng: random.Random, document: Document, mark: str, most: int = 4) -> list[Edit]:
    """Some changes, no two of them of one row; the texts have `mark` in them, so that no other side writes the same."""
    rows = [(at, n) for at, one in enumerate(document.projects) for n in range(len(one.indicators))]
    chosen = rng.sample(rows, min(len(rows), rng.randint(1, most)))
    kinds = ("level3", "target", "target", "target", "gone", "behind")
    return [Edit(*place, rng.choice(kinds), f"{mark}{n}项") for n, place in enumerate(chosen)]


def applied(document: Document, *sides: list[Edit]) -> Document:
    """A document with the changes; of two values for one place the later side's, and a row that changed is not gone."""
    projects = []
    for at, project in enumerate(document.projects):
        rows: list[Indicator] = []
        for n, row in enumerate(project.indicators):
            edits = [one for side in sides for one in side if (one.project, one.row) == (at, n)]
            values = {one.what: one.text for one in edits if one.what in FIELDS}
            if values or not any(one.what == "gone" for one in edits):
                rows.append(row.model_copy(update=values))
            behind = (one.text for one in edits if one.what == "behind")
            rows += [Indicator(level1=row.level1, level2=row.level2, level3=text, target="3次") for text in behind]
        projects.append(project.model_copy(update={"indicators": tuple(rows)}))
    return document.model_copy(update={"projects": tuple(projects)})


def clashing(ours: list[Edit], theirs: list[Edit]) -> set[tuple[int, int, str]]:
    """The places in conflict: a value that both changed, a row that one changed and the other took out."""
    found = set()
    for one in ours:
        for other in theirs:
            if (one.project, one.row) == (other.project, other.row) and "behind" not in (one.what, other.what):
                if one.what == other.what and one.what in FIELDS:
                    found.add((one.project, one.row, one.what))
                elif "gone" in (one.what, other.what) and one.what != other.what:
                    found.add((one.project, one.row, "gone"))
    return found


def sent_back(document: Document, form: Form, sent: bytes, to: str) -> bytes:
    """The file that says this document and was made from what `sent` was made from."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(render(document, form, to=to))) as now,
        zipfile.ZipFile(io.BytesIO(sent)) as then,
        zipfile.ZipFile(made, "w") as file,
    ):
        for name in now.namelist():
            file.writestr(name, (then if name == CUSTOM else now).read(name))
    return made.getvalue()
