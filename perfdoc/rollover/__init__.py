"""Last year's goals as next year's draft."""

from perfdoc.rollover.draft import Draft, rollover, texts, year_of
from perfdoc.rollover.movement import LANGUAGES, Mark

__all__ = ["LANGUAGES", "Draft", "Mark", "rollover", "texts", "year_of"]
