"""The text of a cell as stretches of one character style each."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

Runs = tuple[tuple[str, str], ...]


def joined(stretches: Iterable[tuple[str, str]]) -> Runs:
    """(style, text) stretches with neighbours of one style made one; none where no style is set at all."""
    found: list[tuple[str, str]] = []
    for style, text in stretches:
        if text and found and found[-1][0] == style:
            found[-1] = (style, found[-1][1] + text)
        elif text:
            found.append((style, text))
    return tuple(found) if any(style for style, _ in found) else ()


class Stretches:
    """The stretches of a cell, from its first styled run on."""

    def __init__(self, text: str) -> None:
        """`text` is what stands before the first styled run."""
        self._found = [("", text)]
        self._run: etree._Element | None = None
        self._style = ""

    def begin(self, run: etree._Element | None, style: str) -> None:
        """A run names a style."""
        self._run, self._style = run, style

    def add(self, text: str, element: etree._Element | None = None) -> None:
        """Text that an element writes: in the run's style if it stands in that run."""
        inside = element is not None and self._run is not None and element.getparent() is self._run
        self._found.append((self._style if inside else "", text))

    def put(self, style: str, text: str) -> None:
        """Text in a style."""
        self._found.append((style, text))

    def runs(self) -> Runs:
        """All of them."""
        return joined(self._found)
