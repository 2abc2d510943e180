"""Several versions of a text as one, with conflict markers around the lines that differ; its sides, to choose from."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from perfdoc.merging.sides import aligned, positions

Line = tuple[object, str]
"""A line with what it belongs to, so that equal lines of different items are not taken for each other."""


class Lines(NamedTuple):
    """A side's lines and what it is called.

    `own` are its lines, without comments, before it took over what others changed.
    """

    lines: Sequence[Line]
    label: str
    own: frozenset[Line] = frozenset()


class Clash(NamedTuple):
    """A conflict: what it belongs to, the line of its first marker (from 1), and each side's label and text."""

    where: object
    line: int
    sides: tuple[tuple[str, str], ...]


class Merged(NamedTuple):
    text: str
    clashes: tuple[Clash, ...] = ()

    @property
    def conflicts(self) -> int:
        return len(self.clashes)


def marked(versions: Sequence[Lines], size: int = 7, base: tuple[Sequence[Line], str] | None = None) -> Merged:
    """The versions as one text. Each further side stands behind a line of equals signs and ends with who says it.

        <<<<<<< ours
          target: ≥184万页
        =======
          target: ≥190万页
        >>>>>>> 财政局.docx
        =======
          target: ≥200万页
        >>>>>>> 审计局.docx

    `size` is the markers' length; `base`, lines and what they are called, is shown below the first side.
    """
    every = [one.lines for one in versions]
    before = positions(every[0], base[0]) if base else {}
    made: list[str] = []
    clashes: list[Clash] = []
    for pieces in aligned(every):
        stretches = [lines[piece] for lines, piece in zip(every, pieces, strict=True)]
        sides = _sides(versions, stretches)
        here = pieces[0]
        if len(sides) == 1:
            made += _texts(stretches[0])
        else:
            said = tuple((label, "\n".join(one.strip("- ") for one in _texts(side))) for label, side in sides)
            clashes.append(Clash(next(filter(None, stretches))[0][0], len(made) + 1, said))
            was = None
            if base:
                was = base[0][before.get(here.start - 1, -1) + 1 : before.get(here.stop, len(base[0]))], base[1]
            made += _block(sides, size, was)
        made += _texts(every[0][here.stop : here.stop + 1])
    return Merged("\n".join(made) + "\n", tuple(clashes))


def _block(
    sides: Sequence[tuple[str, Sequence[Line]]], size: int, base: tuple[Sequence[Line], str] | None
) -> list[str]:
    (label, lines), *others = sides
    made = [f"{'<' * size} {label}".rstrip(), *_texts(lines)]
    if base:
        made += [f"{'|' * size} {base[1]}".rstrip(), *_texts(base[0])]
    for label, lines in others:
        made += ["=" * size, *_texts(lines), f"{'>' * size} {label}".rstrip()]
    return made


def _sides(versions: Sequence[Lines], stretches: Sequence[Sequence[Line]]) -> list[tuple[str, Sequence[Line]]]:
    """The stretches that differ, in order, each with the labels of those that say it."""
    kinds: list[Sequence[Line]] = []
    for one in stretches:
        kinds += [one] if one not in kinds else []
    matter = {line for one in kinds for line in uncommented(one)}
    found = []
    for kind in kinds:
        having = [one for one, stretch in zip(versions, stretches, strict=True) if stretch == kind]
        saying = [one for one in having if one.own & matter == uncommented(kind)] or having[:1]
        found.append((", ".join(one.label for one in saying), kind))
    return found


def uncommented(lines: Iterable[Line]) -> frozenset[Line]:
    plain = ((where, text.partition("  #")[0]) for where, text in lines)
    return frozenset(one for one in plain if not one[1].lstrip().startswith("#"))


def _texts(lines: Iterable[Line]) -> list[str]:
    return [text for _, text in lines]


USUAL = 7
"""Signs of a marker."""


def _conflict(size: int) -> re.Pattern[str]:
    markers = rf"^<{{{size}}} [^\n]*\n(.*?)^={{{size}}}\n(.*?)^>{{{size}}} [^\n]*\n"
    return re.compile(markers, re.MULTILINE | re.DOTALL)


def pieces(text: str, size: int = USUAL) -> list[tuple[str, str | None]]:
    """A merged text in pieces: (ours, theirs) of what is in conflict, (text, None) between."""
    parts = _conflict(size).split(text)
    found: list[tuple[str, str | None]] = []
    for at in range(0, len(parts), 3):
        found += [(parts[at], None)] if parts[at] else []
        found += [(parts[at + 1], parts[at + 2])] if at + 2 < len(parts) else []
    return found


def chosen(text: str, given: Mapping[str, str], name: str = "side", size: int = USUAL) -> str:
    """A merged text with the sides that were sent (`side0`: theirs), ours where nothing was."""
    count = iter(range(len(text)))
    return _conflict(size).sub(lambda one: one[2 if given.get(f"{name}{next(count)}") == "theirs" else 1], text)
