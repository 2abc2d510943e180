"""One 指标值 from the columns that a form divides it into: operator, number, unit."""

import re
import unicodedata
from collections.abc import Sequence

from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.words import Vocabulary

_COUNTED = re.compile(r"[\d万亿千百]$")
"""How a text ends that a unit may follow: 90, 3.5万; not 显著, not 2023年底前."""

_AS_WRITTEN = {"=": "="}
"""The signs that stay as they are written: = is as good as ＝."""


def joined(operator: str, value: str, unit: str, words: Vocabulary) -> str:
    """The value with its operator before and its unit behind it, where it has not got them itself.

    An operator that is none (定性, a code that is not known) and a unit behind words stay out of it.
    """
    sign = words.tables.operators.get(key(operator))
    sign = _AS_WRITTEN.get(operator.strip(), sign)
    if sign and not any(words.tables.operators.get(key(value[:n])) for n in (1, 2)):
        value = sign + value.lstrip()
    unit = unit.strip()
    if not unit or unit in words.tables.no_unit or value.endswith(unit):
        return value
    return value + unit if _COUNTED.search(unicodedata.normalize("NFKC", value.rstrip())) else value


def whole(value: str, parts: Sequence[tuple[str, str]], words: Vocabulary) -> str:
    """The value with what the columns beside it say: each an `operator` or a `unit`, and its text.

    Of several columns of operators (正向 | ≥) the one counts that has a sign.
    """
    signs = [text for role, text in parts if role == "operator"]
    operator = next((one for one in signs if key(one) in words.tables.operators), next(iter(signs), ""))
    unit = next((text for role, text in parts if role == "unit" and text), "")
    return joined(operator, value, unit, words) if value.strip() else _in_words(operator, unit, words)


def _in_words(operator: str, unit: str, words: Vocabulary) -> str:
    """The value that stands in the unit's column, where its kind says that it is words (文字描述 | | 明显改善)."""
    return unit if key(operator) in words.tables.lists["in_words"] and unit.strip() not in words.tables.no_unit else ""


def from_cells(texts: Sequence[str], words: Vocabulary) -> tuple[str, int]:
    """The 指标值 of several cells under its one head, and how many of the last cells are no part of it."""
    if words.tables.operators.get(key(texts[0])) and len(texts) > 1 and texts[1].strip():
        unit = texts[2] if len(texts) > 2 else ""
        return joined(texts[0], texts[1], unit, words), max(0, len(texts) - 3)
    if not texts[0].strip() and len(texts) > 1:
        return texts[1], len(texts) - 2
    return texts[0], len(texts) - 1
