"""Hypothesis strategies: Documents whose texts are the form's own labels, white space of every kind, and markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from perfdoc.form import Form
from perfdoc.model import Document, Indicator, Project

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


def bookmarks() -> st.SearchStrategy[tuple[str, str]]:
    """A pair of bookmark names as Word takes them."""
    number = st.integers(1, 40)
    return st.tuples(number.map("_Toc_4_4_{:010d}".format), number.map("_Toc{}".format))


@st.composite
def documents(draw: st.DrawFn, form: Form) -> Document:
    """A Document under the form, as the form shows it."""
    text = texts(form)
    maybe = st.none() | text
    level = st.sampled_from(["产出指标", "效益指标", "", "一级指标"]) | text

    def values(paths: Iterable[str]) -> dict[str, Any]:
        """A text for each of a form's cells, nested as in the model."""
        found: dict[str, Any] = {}
        for path in paths:
            *within, name = path.split(".", 1 if path.startswith("extra.") else -1)
            inner = found
            for step in within:
                inner = inner.setdefault(step, {})
            inner[name] = draw(level if name in ("level1", "level2") else maybe if name == "description" else text)
        return found

    def project() -> Project:
        cells = values(sorted(form.paths - {"agency"}))
        if "agency" in form.paths:
            cells["agency"] = {
                "code": draw(st.none() | st.from_regex("[0-9]{1,9}", fullmatch=True)),
                "name": draw(text),
            }
        rows = draw(st.integers(0, 4))
        return Project(
            **cells,
            indicators=tuple(Indicator(**values(sorted(form.column_paths))) for _ in range(rows)),
            heading=draw(maybe),
            bookmarks=draw(st.none() | bookmarks()),
        )

    projects = [project() for _ in range(draw(st.integers(1, 3)))]
    taken: set[str] = set()
    kept = []
    for one in projects:
        pair = one.bookmarks
        clash = pair is not None and not taken.isdisjoint(pair)
        kept.append(one.model_copy(update={"bookmarks": None}) if clash else one)
        taken.update(pair or ())
    return form.normal(Document(title=draw(maybe), projects=tuple(kept)))
