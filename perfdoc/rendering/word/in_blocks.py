"""The filter `blocks` of templates: the indicators of a block, or rows of several blocks side by side."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from types import SimpleNamespace

from perfdoc.rendering.word.variables import BLANK, with_starts


def in_blocks(indicators: Sequence[SimpleNamespace], label: str, *names: str) -> list[SimpleNamespace]:
    """Those whose text under a label of `extra` is a name, or rows with one of each name; levels start anew in them."""
    if len(names) == 1:
        return with_starts([SimpleNamespace(**one.__dict__) for one in indicators if one.extra.get(label, "") in names])
    return with_starts([*_side_by_side(indicators, label, names)])


def _side_by_side(indicators: Sequence[SimpleNamespace], label: str, names: Sequence[str]) -> Iterator[SimpleNamespace]:
    """Rows with an indicator of each block that has one more under the same levels, and blank ones of the others."""
    under: dict[tuple[str, str], list[list[SimpleNamespace]]] = {}
    for one in indicators:
        if (name := one.extra.get(label, "")) in names:
            under.setdefault((one.level1, one.level2), [[] for _ in names])[names.index(name)].append(one)
    for (level1, level2), own in under.items():
        levels = {"level1": level1, "level2": level2}
        nothing = SimpleNamespace(**{**BLANK.__dict__, **levels})
        for row in zip_longest(*own):
            shown = dict(zip(names, (one or nothing for one in row), strict=True))
            yield SimpleNamespace(**levels, blocks=shown)
