"""The stretch of the body that each project has, and the loop over the projects around the one that is kept.

What repeats between two projects as above the first one belongs to the head of a project, what repeats as below the
last one to its end; what is left between two stands only between them (a page break, as a rule).
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from perfdoc.errors import FormError
from perfdoc.learning.tagged_page import Page
from perfdoc.original import Edit
from perfdoc.original.text.runs import property_edit
from perfdoc.texts import say

_FOR, _END = "{%p for project in document.projects %}", "{%p endfor %}"
_BEFORE_BREAK = ("w:pStyle", "w:keepNext", "w:keepLines")


def stretches(page: Page, owners: Mapping[int, set[int]], count: int) -> list[range]:
    """Which children of the body each project has. FormError where two stand in one, or one within another."""
    ranges: list[range] = []
    for project in range(count):
        at = [block for block in sorted(owners) if project in owners[block]]
        if not at or (ranges and at[0] < ranges[-1].stop):
            raise FormError(say("learning.projects_in_one", n=count))
        ranges.append(range(at[0], at[-1] + 1))
    head, tail = _around(page, ranges)
    return [range(one.start - head, one.stop + tail) for one in ranges]


def repeat(page: Page, ranges: Sequence[range], kept: int) -> None:
    """Keep one project's stretch, in a loop, with what stands between two of them."""
    blocks, own = page.body.children, ranges[kept]
    first, last = page.spans.at(blocks[own.start]).begin, page.spans.at(blocks[own.stop - 1]).end
    between = [_said(page, at) for at in range(ranges[0].stop, ranges[1].start)]
    page.insert(first, _FOR)
    for ends, at in ((False, 0), (True, -1)):
        one, other = (blocks[ranges[n][at]] for n in ((-1, 0) if ends else (0, 1)))
        mine = blocks[own[at]]
        if page.spans.names[mine] == "w:p" and _breaks(page, other) and not _breaks(page, one):
            _choose(page, own[at], "last" if ends else "first")
    apart: list[str | bytes] = ["{%p if not loop.last %}", *between, "{%p endif %}"] if between else []
    page.insert(last, *apart, _END)
    begin, end = page.spans.at(blocks[ranges[0].start]).begin, page.spans.at(blocks[ranges[-1].stop - 1]).end
    page.change(*(Edit(*each, b"") for each in ((begin, first), (last, end)) if each[0] < each[1]))


def _said(page: Page, at: int, *edits: Edit) -> bytes:
    """A child of the body as it shall say it, after edits."""
    own = (edit for place, child in page.blocks.items() if child == at for edit in page.text_edits(place))
    return page.spans.slice(page.spans.at(page.body.children[at]), (*own, *edits))


def _choose(page: Page, at: int, where: str) -> None:
    """A second paragraph beside one, for the last (or first) project, without its page break; the first has it."""
    spans, block = page.spans, page.body.children[at]
    w = spans.tag(block, "").decode()
    gone = [*map(spans.instead, _breaks(page, block))]
    span = spans.at(block)
    page.insert(span.begin, f"{{%p if loop.{where} %}}", _said(page, at, *gone), "{%p else %}")
    if not gone and where == "last":
        page.change(spans.appended(block, f'<{w}r><{w}br {w}type="page"/></{w}r>'.encode()))
    elif not gone:
        page.change(property_edit(spans, block, "pPr", _BEFORE_BREAK, f"<{w}pageBreakBefore/>".encode()))
    page.insert(span.end, "{%p endif %}")


def _around(page: Page, ranges: Sequence[range]) -> tuple[int, int]:
    """How many blocks above and below what is known of a project stand at each of them."""
    kinds = [_kind(page, block) for block in page.body.children]
    gaps = [kinds[a.stop : b.start] for a, b in pairwise(ranges)]
    above, below = kinds[: ranges[0].start], kinds[ranges[-1].stop :]
    head = min(_common(above[::-1], gap[::-1]) for gap in gaps)
    return head, min(_common(below, gap[: len(gap) - head]) for gap in gaps)


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _kind(page: Page, block: int) -> tuple[str, str, bool]:
    spans = page.spans
    text = "".join("".join(map(spans.text, spans.inside(block, "w:t"))).split())
    if not text and next(spans.inside(block, "w:fldChar"), None) is not None:
        return spans.names[block], "field", True  # where a table of contents ends
    parted = bool(_breaks(page, block)) or spans.child(block, "w:pPr", "w:sectPr") is not None
    return spans.names[block], text, not text and parted


def _breaks(page: Page, block: int) -> list[int]:
    """What begins a page in a paragraph, or ends one."""
    spans = page.spans
    before = spans.child(block, "w:pPr", "w:pageBreakBefore")
    turns = [each for each in spans.inside(block, "w:br") if spans.value(each, "type") == "page"]
    return turns if before is None else [before, *turns]
