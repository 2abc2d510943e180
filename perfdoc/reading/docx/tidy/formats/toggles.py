"""Toggle properties of runs (ECMA-376 part 1, 17.7.3): set by the run itself, or by its style and its paragraph's."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from perfdoc.reading.docx.namespaces import DSTRIKE, PPR, PSTYLE, RPR, RSTYLE, STRIKE, VAL, VANISH, P, is_on
from perfdoc.reading.docx.styles import Styles, value_of


class Toggle(NamedTuple):
    """A property by its tags, and by the name that `Style` has for it."""

    tags: tuple[str, ...]
    name: str

    def by_style(self, style_id: str, styles: Styles) -> bool:
        """Does a style set it?"""
        return bool(getattr(styles.of(style_id), self.name))

    def is_on(self, run: etree._Element, styles: Styles) -> bool:
        """Does a run show it?"""
        properties = run[0] if len(run) and run[0].tag == RPR else None
        direct = [] if properties is None else list(properties.iterchildren(*self.tags))
        if direct:
            return any(is_on(each.get(VAL)) for each in direct)
        if not styles.any_toggles:
            return False
        paragraph = next(run.iterancestors(P), None)
        around = None if paragraph is None else value_of(paragraph.find(f"{PPR}/{PSTYLE}"))
        own = None if properties is None else value_of(properties.find(RSTYLE))
        # Set by both styles, they cancel out.
        return self.by_style(around or "", styles) != (bool(own) and self.by_style(own or "", styles))


HIDDEN = Toggle((VANISH,), "hidden")
STRUCK = Toggle((STRIKE, DSTRIKE), "struck")
