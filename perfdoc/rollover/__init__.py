"""Last year's goals as next year's draft."""

from perfdoc.rollover.draft import Draft, rollover, texts, year_of
from perfdoc.rollover.movement import LANGUAGES, MARK, Mark

__all__ = ["LANGUAGES", "MARK", "Draft", "Mark", "rollover", "texts", "year_of"]
