"""The stretch of the body that each project has, and the loop over the projects around the one that is kept.

What repeats between two projects as above the first one belongs to the head of a project, what repeats as below the
last one to its end; what is left between two stands only between them (a page break, as a rule).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from perfdoc.errors import FormError
from perfdoc.learning.simplified import remove
from perfdoc.learning.written import paragraph_of
from perfdoc.reading.docx.namespaces import FLDCHAR, PPR, SECTPR, TYPE, P, R, T, w
from perfdoc.texts import say

_FOR, _END = "{%p for project in document.projects %}", "{%p endfor %}"
_BREAK, _BEFORE = w("br"), w("pageBreakBefore")
_BEFORE_BREAK = tuple(map(w, ("pStyle", "keepNext", "keepLines")))


class Stretches(NamedTuple):
    """Of the blocks of a body from where to where (the end left out) each project goes, and how far its kind does."""

    blocks: list[etree._Element]
    ranges: list[tuple[int, int]]


def stretches(body: etree._Element, owners: Mapping[etree._Element, set[int]], count: int) -> Stretches:
    """Where each project stands. FormError where two stand in one block, or one within another."""
    blocks = [child for child in body if child.tag != SECTPR]
    ranges: list[tuple[int, int]] = []
    for project in range(count):
        at = [n for n, block in enumerate(blocks) if project in owners.get(block, ())]
        if not at or (ranges and at[0] < ranges[-1][1]):
            raise FormError(say("learning.projects_in_one", n=count))
        ranges.append((at[0], at[-1] + 1))
    head, tail = _around(blocks, ranges)
    return Stretches(blocks, [(start - head, end + tail) for start, end in ranges])


def repeat(found: Stretches, kept: int) -> list[etree._Element]:
    """Keep one project's stretch, in a loop, with what stands between two of them; the paragraphs that were doubled."""
    blocks, ranges = found
    start, end = ranges[kept]
    between = blocks[ranges[0][1] : ranges[1][0]]
    firsts = [blocks[ranges[number][0]] for number in (0, 1)]
    lasts = [blocks[ranges[number][1] - 1] for number in (-1, 0)]
    parted = [_breaks(other) and not _breaks(one) for one, other in (firsts, lasts)]
    for number, (one, other) in enumerate(ranges):
        following = ranges[number + 1][0] if number + 1 < len(ranges) else other
        for block in blocks[one:following]:
            if not start <= blocks.index(block) < end:
                remove(block)
    inside = blocks[start:end]
    inside[0].addprevious(paragraph_of(_FOR))
    after: list[etree._Element | str] = [_END]
    if between:
        after = ["{%p if not loop.last %}", *between, "{%p endif %}", _END]
    for made in reversed(after):
        inside[-1].addnext(paragraph_of(made) if isinstance(made, str) else made)
    sides = ((inside[0], parted[0], False), (inside[-1], parted[1], True))
    return [_choose(block, ends) for block, parts, ends in sides if parts and block.tag == P]


def _choose(block: etree._Element, ends: bool) -> etree._Element:
    """A second paragraph beside one, for the last (or first) project, without its page break; the first has it."""
    where = "last" if ends else "first"
    without, other = _unbroken(block), _broken(block, ends)
    for made in (f"{{%p if loop.{where} %}}", without, "{%p else %}"):
        block.addprevious(paragraph_of(made) if isinstance(made, str) else made)
    block.addnext(paragraph_of("{%p endif %}"))
    for child in list(block):
        block.remove(child)
    block.extend(other)
    return without


def _broken(block: etree._Element, ends: bool) -> etree._Element:
    """A paragraph that begins a page, or ends one."""
    made = copy.deepcopy(block)
    if _breaks(made):
        return made
    if ends:
        mark = etree.SubElement(etree.SubElement(made, R), _BREAK)
        mark.set(TYPE, "page")
        return made
    properties = made.find(PPR)
    if properties is None:
        properties = etree.Element(PPR)
        made.insert(0, properties)
    properties.insert(sum(one.tag in _BEFORE_BREAK for one in properties), etree.Element(_BEFORE))
    return made


def _unbroken(block: etree._Element) -> etree._Element:
    """The same paragraph without its page breaks."""
    made = copy.deepcopy(block)
    for mark in [*made.iterfind(f"{PPR}/{_BEFORE}"), *(one for one in made.iter(_BREAK) if one.get(TYPE) == "page")]:
        remove(mark)
    return made


def _around(blocks: Sequence[etree._Element], ranges: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many blocks above and below what is known of a project stand at each of them."""
    if len(ranges) < 2:
        return 0, 0
    gaps = [list(map(_kind, blocks[a[1] : b[0]])) for a, b in pairwise(ranges)]
    above, below = list(map(_kind, blocks[: ranges[0][0]])), list(map(_kind, blocks[ranges[-1][1] :]))
    head = min(_common(above[::-1], gap[::-1]) for gap in gaps)
    tail = min(_common(below, gap[: len(gap) - head]) for gap in gaps)
    return head, tail


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _kind(block: etree._Element) -> tuple[str, str, bool]:
    text = "".join(element.text or "" for element in block.iter(T))
    if not text and next(block.iter(FLDCHAR), None) is not None:
        return str(block.tag), "field", True  # where a table of contents ends
    ends = not text and (_breaks(block) or block.find(f"{PPR}/{SECTPR}") is not None)
    return str(block.tag), "".join(text.split()), ends


def _breaks(block: etree._Element) -> bool:
    """Whether a paragraph begins a page, or ends one."""
    return any(one.get(TYPE) == "page" for one in block.iter(_BREAK)) or (block.find(f"{PPR}/{_BEFORE}") is not None)
