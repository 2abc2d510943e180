"""The rows of the indicators as a template has them: a loop, and in it a row for each way in which merges go on.

A column that is merged down begins anew with each run of a level, with the first row, or never (it began above); its
rows of the file say which. Each sample row has the look of the file's own first row of the kind.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from perfdoc.learning.indicators.lines import LEVELS
from perfdoc.learning.simplified import look_of, most_common, remove
from perfdoc.learning.written import Span, Writing, paragraphs_of
from perfdoc.reading.docx.namespaces import PPR, TC, TCPR, TR, TRPR, VAL, VMERGE, P, T, w

_FOR, _END = "{%tr for indicator in project.indicators %}", "{%tr endfor %}"
_CONDITIONS = {
    "first": "loop.first",
    "level1": "indicator.starts_level1",
    "level2": "indicator.starts_level2",
}
_RANKS = {"all": 9, "first": 0, "level1": 1, "level2": 2}
_BEFORE_MERGE = tuple(map(w, ("cnfStyle", "tcW", "gridSpan", "hMerge")))


class Sample(NamedTuple):
    """A row of an indicator in the file: its element, and of each column whether a merge goes on in it and its names.

    `starts` says which levels begin with it: `level1` and `level2`, `level2`, or none.
    """

    element: etree._Element
    continues: tuple[bool, ...]
    names: tuple[tuple[str, ...], ...]
    blank: tuple[bool, ...]
    starts: frozenset[str]


class Group(NamedTuple):
    """A row that names a level of those below it, and which."""

    element: etree._Element
    level: str


def tag_over(label: str, names: Sequence[str]) -> str:
    """The tag of a loop over the indicators of blocks, by the label that tells these apart; over all without names."""
    given = ", ".join(f'"{one}"' for one in (label, *names))
    return _FOR.replace(" %}", f"|blocks({given}) %}}") if names else _FOR


def made(samples: Sequence[Sample], groups: Sequence[Group], over: str) -> list[etree._Element]:
    """The rows of the loop, made of the samples: rows of one shape, the first of which is the first indicator's.

    `over` is the tag with which it begins.
    """
    modes = [_mode(samples, column) for column in range(len(samples[0].continues))]
    kinds = [name for name in _CONDITIONS if name in modes]
    records = [_record(samples, modes, kind) for kind in (*kinds, "")]
    rows = [_tagged(records[-1], over, [mode == "all" for mode in modes])]
    merged = [mode in _RANKS for mode in modes]
    above = [mode == "all" for mode in modes]
    for group in groups:
        condition = f"{{%tr if {_CONDITIONS[group.level]} %}}"
        rows += [_tagged(records[-1], condition, above), copy.deepcopy(group.element)]
        rows.append(_tagged(records[-1], "{%tr endif %}", above))
    for number, (kind, record) in enumerate(zip((*kinds, ""), records, strict=True)):
        if kind:
            word = "elif" if number else "if"
            rows.append(_tagged(records[-1], f"{{%tr {word} {_CONDITIONS[kind]} %}}", merged if number else above))
        elif kinds:
            rows.append(_tagged(records[-1], "{%tr else %}", merged))
        rows.append(record)
    if kinds:
        rows.append(_tagged(records[-1], "{%tr endif %}", merged))
    return [*rows, _tagged(records[-1], _END, merged)]


def unlike(samples: Sequence[Sample]) -> Iterator[int]:
    """The cells (from 0) of rows of indicators whose texts have several looks."""
    for column in range(len(samples[0].continues)):
        said = [one for one in samples if not one.continues[column] and not one.blank[column]]
        if len({look_of(cells_of(one.element)[column]) for one in said}) > 1:
            yield column


def unmerged(samples: Sequence[Sample]) -> Iterator[int]:
    """The cells (from 0) that are merged in the file and not in the form: each row has a text of its own there."""
    for column, own in enumerate(zip(*(one.continues for one in samples), strict=True)):
        if any(own) and not all(own) and not _mode(samples, column):
            yield column


def _mode(samples: Sequence[Sample], column: int) -> str:
    """When a column's merge begins anew; `""` for one that has none, `blank` for a level that is written only once."""
    own = next((name for name in samples[0].names[column] if name in LEVELS), "")
    own = own or next((name for one in samples for name in one.names[column] if name in LEVELS), "")
    goes_on = [one.continues[column] for one in samples]
    if all(goes_on):
        return "all"
    if any(goes_on) and not own and any(one.names[column] for one in samples):
        return ""  # a text that is each indicator's own
    if any(goes_on):
        wanted = {level: [level not in one.starts for one in samples] for level in LEVELS}
        wanted["first"] = [number > 0 for number in range(len(samples))]
        preferred = [own] if own else ["level2", "level1", "first"]
        exact = [name for name in preferred if wanted[name] == goes_on]
        return exact[0] if exact else own or ""
    if not own:
        return ""
    again = [one for one in samples if own not in one.starts]
    if again and all(one.blank[column] for one in again):
        return f"blank {own}"
    return "" if again else own


def _record(samples: Sequence[Sample], modes: Sequence[str], kind: str) -> etree._Element:
    """The sample row in which the merges of a kind, and those within it, begin; with `""` all go on."""
    rank = _RANKS.get(kind, 3)
    alike = [one for one in samples if _kind(one, samples, modes) == kind] or samples[:1]
    base = most_common(alike, lambda one: look_of(one.element.find(TRPR)))
    row = copy.deepcopy(base.element)
    cells = cells_of(row)
    for column, mode in enumerate(modes):
        begins = mode not in _RANKS or (mode != "all" and _RANKS[mode] >= rank)
        cell = copy.deepcopy(_sampled(alike, samples, column, begins))
        if not begins:
            cleared(cell)
        elif mode.startswith("blank"):
            _written_once(cell, mode.partition(" ")[2])
        merge(cell, ("restart" if begins else "continue") if mode in _RANKS else "")
        parent = cells[column].getparent()
        assert parent is not None
        parent.replace(cells[column], cell)
    return row


def _sampled(alike: Sequence[Sample], samples: Sequence[Sample], column: int, begins: bool) -> etree._Element:
    """The cell of a column in a row that begins a merge (with a text, if one has), or goes on with one.

    Of the rows of the kind, or else of all; of several looks the one that most have.
    """
    fitting = [one for one in (*alike, *samples) if one.continues[column] is not begins] or [*alike]
    said = [one for one in fitting if not (begins and one.blank[column])] or fitting
    own = [one for one in said if one in alike] or said
    return most_common([cells_of(one.element)[column] for one in own], look_of)


def _kind(sample: Sample, samples: Sequence[Sample], modes: Sequence[str]) -> str:
    if sample is samples[0] and "first" in modes:
        return "first"
    return next((level for level in LEVELS if level in modes and level in sample.starts), "")


def _written_once(cell: etree._Element, level: str) -> None:
    for text in cell.iter(T):
        if (tag := f"{{{{ indicator.{level} }}}}") in (text.text or ""):
            text.text = (text.text or "").replace(tag, f"{{% if indicator.starts_{level} %}}{tag}{{% endif %}}")


def _tagged(row: etree._Element, tag: str, merged: Sequence[bool]) -> etree._Element:
    """A row for a tag alone: the cells of another one, emptied, those that are merged going on."""
    found = copy.deepcopy(row)
    free = True
    for cell, goes_on in zip(cells_of(found), merged, strict=True):
        cleared(cell)
        merge(cell, "continue" if goes_on else "")
        if free and not goes_on:
            Writing(paragraphs_of(cell)[:1]).put([Span(0, 0, tag)])
            free = False
    return found


def cells_of(row: etree._Element) -> list[etree._Element]:
    """The cells of a row itself."""
    return [cell for cell in row.iter(TC) if next(cell.iterancestors(TR)) is row]


def cleared(cell: etree._Element) -> None:
    """Leave one empty paragraph of a cell, with its look."""
    first, *others = [child for child in cell if child.tag != TCPR] or [etree.SubElement(cell, P)]
    if first.tag != P:
        others.append(first)
        first = next(cell.iter(P))
        cell.append(first)
    for child in (*others, *(child for child in first if child.tag != PPR)):
        if child is not first:
            remove(child)


def merge(cell: etree._Element, state: str) -> None:
    """Have a cell begin a vertical merge, go on with one, or stand alone (17.4.84)."""
    properties = cell.find(TCPR)
    if properties is None:
        properties = etree.Element(TCPR)
        cell.insert(0, properties)
    for old in properties.findall(VMERGE):
        properties.remove(old)
    if state:
        made_one = etree.Element(VMERGE)
        made_one.set(VAL, state)
        properties.insert(sum(child.tag in _BEFORE_MERGE for child in properties), made_one)


def shape(row: etree._Element) -> tuple[str, ...]:
    """How the cells of a row lie on the grid."""
    spans = [cell.find(f"{TCPR}/{w('gridSpan')}") for cell in cells_of(row)]
    before = row.find(f"{w('trPr')}/{w('gridBefore')}")
    return tuple("" if one is None or one.get(VAL) == "1" else one.get(VAL, "") for one in (before, *spans))


def most_alike(samples: Sequence[Sample]) -> list[Sample]:
    """Those of the shape that most have."""
    shapes = [shape(one.element) for one in samples]
    (most, _), *_ = Counter(shapes).most_common(1)
    return [one for one, its in zip(samples, shapes, strict=True) if its == most]
