"""Rounds of review: every change of each side is there, no other, and conflicts stand where both changed one value."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest
from checkout import ROOT
from rounds import applied, clashing, drawn, sent_back

from perfdoc import specs
from perfdoc.form_definition import forms
from perfdoc.merging import Labels, Merged, Standing, combined
from perfdoc.model import Document
from perfdoc.pulling import Base, Returned, base_of, version_of
from perfdoc.reading import read
from perfdoc.rendering import kinds, render

LABELS = Labels("ours", "theirs")
KNOWN = forms()
FORMS = [(name, str(kind)) for name, form in sorted(KNOWN.items()) for kind in kinds(form)]


@cache
def source(name: str) -> Document:
    """Two real projects that the form shows, with eight indicators each."""
    here = next(iter(sorted((ROOT / "golden").glob(f"{name}/hexi-court-2023/specs"))), ROOT / "specs/hexi-court-2023")
    found = specs.load(here).document
    projects = tuple(one.model_copy(update={"indicators": one.indicators[:8]}) for one in found.projects[:2])
    return specs.load_files(specs.files(found.model_copy(update={"form": name, "projects": projects}))).document


def commented(texts: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The files with a comment behind every target, and those comments."""
    lines = [(name, line) for name, text in texts.items() for line in text.splitlines()]
    made = dict.fromkeys(texts, "")
    notes: list[str] = []
    for name, line in lines:
        if line.startswith("  target:"):
            notes.append(f"# 注{len(notes)}.")
            line = f"{line}  {notes[-1]}"
        made[name] += f"{line}\n"
    return made, notes


def pulled(standing: Standing, base: Document, *files: bytes) -> dict[str, Merged]:
    versions = []
    for data in files:
        one = Returned(data, "x", KNOWN, lambda data, name, policy: read(data, name, track_changes=policy))
        found = base_of(one, [Base("now", standing.document), Base("then", base)])
        assert found is not None
        versions.append(version_of(one, found.document))
    return combined(standing, versions, LABELS).files


def said(texts: dict[str, str], side: str) -> list[list[str]]:
    """The rows of each project, as they read where the markers are decided for a side."""
    out = {}
    for name, text in texts.items():
        ours, theirs = r"\1", r"\2"
        pattern = r"<<<<<<< ours\n(.*?)=======\n(.*?)>>>>>>> theirs\n"
        out[name] = re.sub(pattern, ours if side == "ours" else theirs, text, flags=re.S)
    return rows(specs.load_files(out).document)


def rows(document: Document) -> list[list[str]]:
    every = ([(r.level1, r.level2, r.level3, r.target) for r in one.indicators] for one in document.projects)
    return [sorted(map(repr, each)) for each in every]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("name", "to"), FORMS)
def test_every_change_of_each_side_and_no_other(name: str, to: str, seed: int) -> None:
    rng = random.Random(f"{name} {to} {seed}")
    base, form = source(name), KNOWN[name]
    sent = render(base, form, to=to)
    first, second, own = drawn(rng, base, "甲"), drawn(rng, base, "乙", most=2), drawn(rng, base, "丙")
    texts, notes = commented(specs.files(applied(base, own)))
    names = tuple(one for one in texts if one != specs.LISTING)
    standing = Standing(specs.load_files(texts).document, names, texts)
    made = pulled(standing, base, *(sent_back(applied(base, one), form, sent, to) for one in (first, second)))
    now = {**texts, **{one: merged.text for one, merged in made.items()}}
    theirs = [*first, *second]
    clashes = clashing(own, theirs) | clashing(first, second)
    if not clashes:
        assert said(now, "ours") == rows(applied(base, own, theirs))
    assert bool(clashes) == any(one.conflicts for one in made.values())
    assert sum(one.conflicts for one in made.values()) <= len(clashes)
    changed = [one.text for one in theirs if one.what != "gone"]
    both = "\n".join(now.values())
    assert [text for text in changed if text not in both] == []
    assert [note for note in notes if note not in both] == []


@pytest.mark.parametrize(("name", "to"), FORMS)
def test_an_unchanged_file_changes_nothing_whatever_its_form(name: str, to: str) -> None:
    base = source("tianjin")
    texts, _ = commented(specs.files(base))
    names = tuple(one for one in texts if one != specs.LISTING)
    assert pulled(Standing(base, names, texts), base, render(base, KNOWN[name], to=to)) == {}
