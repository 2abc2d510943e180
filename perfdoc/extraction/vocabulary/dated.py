"""Lines of a form that name its year, however they write it."""

import re
import unicodedata

from perfdoc.extraction.vocabulary.keys import BLANK

_NUMERAL_YEAR = re.compile(r"二[〇○零OoＯ0一二三四五六七八九]{3}(?=[）)】〕］\]]?年)")
_FIGURES = str.maketrans("〇○零OoＯ一二三四五六七八九", "000000123456789")
BRACKETED_YEAR = re.compile(r"[（(\[【〔［](20\d\d)年?[)）\]】〕］]年?度")


def dated(text: str) -> str:
    """A text with its years in figures and 年度 within their brackets: （二〇二四）年度 is (2024年度)."""
    figures = _NUMERAL_YEAR.sub(lambda found: found[0].translate(_FIGURES), text)
    return BRACKETED_YEAR.sub(r"(\1年度)", figures)


def half_width(text: str) -> str:
    """A text in half width, without white space."""
    return BLANK.sub("", unicodedata.normalize("NFKC", text))
