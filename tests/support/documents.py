"""Hypothesis strategies: Documents whose texts are the form's own labels, white space of every kind, and markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from perfdoc.extraction.by_template.pattern import NUMBERS
from perfdoc.extraction.by_template.template import skeleton
from perfdoc.form_definition import EXTRA, TARGET_PARTS, Form
from perfdoc.model import Document, Project

NASTY = [
    "", " ", "  ", "\t", "\n", "a\nb", "\n\n", " a ", "\u3000", "\xa0", "\u2028", "\x85", "\u200b", "a  b", "a\tb",
    "<&>", "&amp;", "]]>", "<w:t>", "{{ x }}", "{%tr for %}", "{_{", "{_%", "{#", "%", "'", '"', "\\", "#", ": ", "- x",
    "≥183万页", "＝100％", "2辆,  满足", "1.甲。\n2.乙。", "no", "007", "349.00", "~", "null", "2023-01-01", "=1+1",
    "😀", "é", "\uf0b7",
    "一级指标\n二级指标", "209101天津市河西区人民法院", "[bookmark: x]", "_x000D_", "1.x绩效目标表",
]  # fmt: skip


def texts(form: Form) -> st.SearchStrategy[str]:
    """Texts that a cell may hold: labels of the form, nasty pieces, and anything that XML can carry."""
    labels = [label for field in form.fields for label in (*field.labels, *field.under)]
    labels += [label for column in form.columns for label in column.labels]
    carried = st.text(
        st.characters(
            exclude_categories=["Cs"],
            exclude_characters=[chr(n) for n in range(32) if n not in (9, 10)] + ["\ufffe", "\uffff"],
        ),
        max_size=12,
    )
    piece = st.one_of(st.sampled_from([*labels, *form.boilerplate]), st.sampled_from(NASTY), carried)
    return st.one_of(piece, st.lists(piece, max_size=3).map("".join))


PLAIN = ["", "甲", "乙丙", "丁 戊", "己庚辛"]
"""Texts that no form has between its values."""


AGENCY = ("agency.code", "agency.name")


def names(form: Form) -> frozenset[str]:
    """The values that the form's Word file prints: `document.title`, `project.budget.total`."""
    found = skeleton(form)
    return frozenset(name for text in found.texts() for name in text.names) if found is not None else frozenset()


def marks(form: Form) -> bool:
    """Whether the form's Word file has the bookmarks of a project."""
    found = skeleton(form)
    return found is not None and any(text.bookmarks for text in found.texts())


def is_number(name: str) -> bool:
    """Whether a value is a number as a rule; next to another value it has to be one, to be told from it."""
    return NUMBERS.fullmatch(name) is not None


def shared(form: Form) -> frozenset[str]:
    """The values that stand in one cell or paragraph with others, and that no character style tells from them.

    What the form has between them can't stand in them.
    """
    found = skeleton(form)
    texts = found.texts() if found is not None else ()
    return frozenset(
        name for text in texts for name in text.names if len(text.names) > 1 and len(text.styles) < len(text.names)
    )


def said_once(form: Form) -> frozenset[str]:
    """The levels that the form writes only where they start: a blank one says the same as the one above."""
    found = skeleton(form)
    return (
        frozenset(n for text in found.texts() if text.levels for n in text.names) if found is not None else frozenset()
    )


def bookmarks() -> st.SearchStrategy[tuple[str, str]]:
    """A pair of bookmark names as Word takes them."""
    number = st.integers(1, 40)
    return st.tuples(number.map("_Toc_4_4_{:010d}".format), number.map("_Toc{}".format))


@st.composite
def documents(draw: st.DrawFn, form: Form) -> Document:
    """A Document under the form, as the form shows it: a text in each of the values that it declares."""
    text, apart = texts(form), shared(form)
    plain = st.sampled_from(PLAIN)
    level = st.sampled_from(["产出指标", "效益指标", "", "一级指标"]) | text
    said = said_once(form)
    printed = names(form)
    paths = [path for one in form.fields for path in (AGENCY if one.path == "agency" else (one.path,))]
    columns = dict.fromkeys("target" if one.path in TARGET_PARTS else one.path for one in form.columns)

    def value(name: str) -> str | None:
        if name == "project.agency.code":
            return draw(st.none() | st.from_regex(f"[0-9]{{{3 if name in apart else 1},9}}", fullmatch=True))
        if name in apart and name == "project.agency.name":
            return draw(plain.filter(bool))
        if name in apart:
            return draw(st.from_regex("[0-9]{0,4}", fullmatch=True) if is_number(name) else plain)
        if name == "indicator.description":
            return draw(st.none() | text)
        if name in said:
            return draw(st.sampled_from(["产出指标", "效益指标", "甲"]))
        return draw(level if name.startswith("indicator.level") else text)

    def record(of: str, dotted: Iterable[str]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for path in dotted:
            head, _, label = path.partition(".")
            *groups, leaf = (head, label) if head == EXTRA else path.split(".")
            at = made
            for group in groups:
                at = at.setdefault(group, {})
            at[leaf] = value(f"{of}.{path}")
        return made

    def project() -> Project:
        rows = tuple(record("indicator", columns) for _ in range(draw(st.integers(0, 4)))) if columns else ()
        return Project.model_validate(
            record("project", paths)
            | {
                "indicators": rows,
                "heading": draw(st.none() | text) if "project.heading" in printed else None,
                "bookmarks": draw(st.none() | bookmarks()) if marks(form) else None,
            }
        )

    projects = [project() for _ in range(draw(st.integers(1, 3)))]
    taken: set[str] = set()
    kept = []
    for one in projects:
        pair = one.bookmarks
        clash = pair is not None and not taken.isdisjoint(pair)
        kept.append(one.model_copy(update={"bookmarks": None}) if clash else one)
        taken.update(pair or ())
    title = draw(st.none() | text) if "document.title" in printed else None
    return form.normal(Document(title=title, projects=tuple(kept)))
