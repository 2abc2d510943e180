"""The documents that are measured: the projects of a folder of specs, as many as asked, each with texts of its own.

The same seed gives the same texts. Chinese characters are exchanged for other ones of the same field, so that no
two documents are alike and nothing that remembers a text has an advantage; numbers, units and levels stay.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import perfdoc
from perfdoc import Document, Project

SPECS = Path(__file__).parent.parent / "specs" / "hexi-court-2023"
_CHARACTERS = "数据档案法院业务装备维护采购审判执行完成率质量数量时效成本社会效益满意度年度项目资金保障安全"
_SHARE = 0.3  # of the Chinese characters are exchanged


@cache
def _given() -> Document:
    return perfdoc.load(SPECS).document


def document(projects: int, seed: int = 0) -> Document:
    """A document of so many projects, as its form shows it."""
    chance = random.Random(f"{projects} {seed}")
    given = _given()
    made = tuple(_varied(given.projects[n % len(given.projects)], chance) for n in range(projects))
    return perfdoc.form(given.form).normal(Document(form=given.form, title=given.title, projects=made))


def changed(document: Document, seed: int = 1) -> Document:
    """The document as a later draft has it: other goals and targets in every tenth project."""
    chance = random.Random(seed)
    projects = [
        one.model_copy(update={"goals": _other(one.goals, chance)}) if n % 10 == 0 else one
        for n, one in enumerate(document.projects)
    ]
    return document.model_copy(update={"projects": tuple(projects)})


def word(document: Document) -> bytes:
    """The document as a Word file."""
    return perfdoc.render(document, perfdoc.form(document.form))


def _varied(project: Project, chance: random.Random) -> Project:
    rows = tuple(
        row.model_copy(update={"level3": _other(row.level3, chance), "description": _other(row.description, chance)})
        for row in project.indicators
    )
    texts = {name: _other(getattr(project, name), chance) for name in ("name", "purpose", "goals")}
    return project.model_copy(update={**texts, "indicators": rows, "heading": None, "bookmarks": None})


def _other(text: str | None, chance: random.Random) -> str | None:
    if text is None:
        return None
    return "".join(
        chance.choice(_CHARACTERS) if "\u4e00" <= c <= "\u9fff" and chance.random() < _SHARE else c for c in text
    )
