"""A project's text that is canonical already: seen without the models, and never where they say otherwise."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spec_strategies import CANONICAL, projects

from perfdoc.errors import SpecError
from perfdoc.model import Indicator, Project
from perfdoc.specs import dump_project, format_text, rewritten
from perfdoc.specs.keys import Key, keys
from perfdoc.specs.listing import Entry, Listing
from perfdoc.specs.validate import record
from perfdoc.yamltree import parse

ODD_LINES = (
    "agency:", "indicators:", "- {}", "extra:", "  extra:", "names: a", "name: [a]", "heading: a", "level3: a",
    "  level3: a", "  description: a", "- level3: a", "# a", "  # a", "", "---", "{}", "total: 1", "budget: 1",
)  # fmt: skip


def by_the_models(text: str) -> str | None:
    """The canonical text as the models have it, None for a text with faults."""
    made, faults = record(Project, parse(text, "x"), "x")
    return None if made is None or faults else rewritten(text, "x", made)


def by_fmt(text: str) -> str | None:
    try:
        return format_text(text, "x")
    except SpecError:
        return None


def mangled(text: str, choose: random.Random) -> str:
    """The text with lines that are gone, said twice, changed about, or not its own."""
    lines = text.split("\n")
    for _ in range(choose.randint(0, 3)):
        at = choose.randrange(len(lines))
        match choose.randrange(4):
            case 0:
                del lines[at : at + choose.randint(1, 3)]
            case 1:
                lines.insert(choose.randint(0, len(lines)), lines[at])
            case 2:
                lines.insert(at, choose.choice(ODD_LINES))
            case _:
                lines[at] += choose.choice([" ", " # a", "\r", ":", "~", "'"])
        lines = lines or [""]
    return "\n".join(lines)


@given(project=projects, seed=st.integers(0, 10**6))
def test_it_is_what_the_models_make_of_it(project: Project, seed: int) -> None:
    text = mangled(dump_project(project), random.Random(seed))
    if not ("projects" in text and "indicators" not in text):  # else it may be a document.yaml
        assert by_fmt(text) == by_the_models(text)


@pytest.mark.parametrize("seed", range(200))
def test_a_usual_file_with_slips_is_what_the_models_make_of_it(seed: int) -> None:
    text = mangled(CANONICAL, random.Random(seed))
    assert by_fmt(text) == by_the_models(text)


@pytest.mark.parametrize(
    "text",
    [
        "name: [a]\n",
        "agency:\n  name: [a]\n",
        "indicators:\n- target: [a, b]\n",
        "indicators:\n  level1: a\n",
        "extra:\n  a: [b]\n",
        "extra: [a]\n",
        "budget: [a]\n",
        "heading: a\n",
        "bookmarks: [a, b]\n",
    ],
)
def test_what_looks_canonical_and_is_no_project_is_refused(text: str) -> None:
    with pytest.raises(SpecError):
        format_text(text, "x")


def test_a_description_that_repeats_level3_is_not_canonical() -> None:
    said = "indicators:\n- level3: a\n  description: a\n"
    assert format_text(said, "x") == "indicators:\n- level3: a\n"


def test_the_keys_are_the_models_fields() -> None:
    def names(some: tuple[Key, ...]) -> list[str]:
        return [key.name for key in some]

    project, document = ({key.name: key for key in keys(kind)} for kind in ("project", "document"))
    assert list(project) == [name for name in Project.model_fields if name not in ("heading", "bookmarks")]
    assert list(document) == list(Listing.model_fields)
    assert names(project["indicators"].keys) == list(Indicator.model_fields)
    assert names(document["projects"].keys) == list(Entry.model_fields)
    assert [name for name, key in project.items() if key.many] == ["indicators"]
    assert [name for name, key in project.items() if key.labels] == ["extra"]
    amounts = [name for name, field in Indicator.model_fields.items() if "amount" in field.metadata]
    assert [key.name for key in project["indicators"].keys if key.amount] == amounts == ["weight", "score"]
