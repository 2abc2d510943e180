"""The file that a form is learnt of as a template can hold it: what it reads as is the same, and the rest is gone."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from perfdoc.layout import Layout
from perfdoc.learning.parts import MAIN, Parts
from perfdoc.learning.simplified import REVIEWED, plain, remove, without_picture
from perfdoc.office import Converter
from perfdoc.reading import read_by
from perfdoc.reading.docx.characters import LEAVES
from perfdoc.reading.docx.namespaces import TC, P, w
from perfdoc.reading.sources import Sources
from perfdoc.rendering.word.seals import is_seal, pictures
from perfdoc.report import Place

Told = tuple[str, Place, str]
"""What is to be said of a form, as a Note has it."""


class Cleaned(NamedTuple):
    """The file's bytes, the Layout of what was given, and what is told: what a reviewer left, the pictures."""

    data: bytes
    layout: Layout
    reviewed: list[Told]
    pictures: list[Told]


def cleaned(data: bytes, file: str, *, keep_seals: bool) -> Cleaned:
    """A Word file without what hides, repeats or tells of the old one. Raises what reading raises."""
    sources = Sources()
    layout = read_by(data, file, "accept", Converter(0), sources)
    parts = Parts(data, file)
    shown = "".join("".join(text.split()) for _, text in layout.texts())
    places = {(parts.called(one.part), one.is_cell, one.number): place for place, one in sources}
    reviewed: list[Told] = []
    drawn: list[Told] = []
    beside = [one for one in parts.trees[MAIN] if one is not parts.body and one.tag != w("background")]
    for part, tree in parts.trees.items():
        here = Place(file, part="" if part == MAIN else part.rpartition("/")[2].removesuffix(".xml"))
        kinds = {kind: sum(1 for _ in tree.iter(*tags)) for kind, tags in REVIEWED.items()}
        reviewed += [(kind, here, str(n)) for kind, n in kinds.items() if n]
        numbered = {
            one: places[part, tag == TC, n]
            for tag in (TC, P)
            for n, one in enumerate(tree.iter(tag), 1)
            if (part, tag == TC, n) in places
        }
        _once(tree, {n for name, repeated in sources.repeated.items() if parts.called(name) == part for n in repeated})
        plain(tree, lambda text: "".join(text.split()) in shown)
        for picture in list(pictures(tree)):
            seal = part == MAIN and not keep_seals and is_seal(picture)
            at = next((numbered[one] for one in picture.iterancestors(TC, P) if one in numbered), here)
            drawn.append(("seal" if seal else "picture", at, ""))
            if seal:
                without_picture(picture)
    for one in beside:  # a second body, or text beside it
        remove(one)
    return Cleaned(parts.packed(), layout, reviewed, drawn)


def _once(tree: etree._Element, repeated: set[int]) -> None:
    """Take out what a program wrote several times by mistake, one behind the other."""
    for one in [one for n, one in enumerate(_leaves(tree), 1) if n in repeated]:
        remove(one)


def _leaves(tree: etree._Element) -> Iterator[etree._Element]:
    story = tree.find(w("body"))
    return (tree if story is None else story).iter(*LEAVES)
