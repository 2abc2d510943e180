"""Levels whose heads have no name of their own: a misspelt one, the lowest one, those that only name columns."""

from collections.abc import Iterable, Iterator, Sequence

from perfdoc.extraction.by_labels.heads.columns import CORE, LEVELS, OVER, OWNERS, HeadCell
from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Row


def misspelt_level_named(found: Sequence[HeadCell]) -> list[HeadCell]:
    """A head that names nothing, in the place of the one upper level that is missing, is it (一级指旧文标)."""
    cells = list(found)
    at = {cell.role: n for n, cell in enumerate(cells)}
    missing = [level for level in ("level1", "level2") if level not in at]
    if len(missing) != 1 or "level3" not in at:
        return cells
    beside = at["level2"] - 1 if missing == ["level1"] else at["level1"] + 1
    if 0 <= beside < at["level3"] and not cells[beside].role and not cells[beside].field:
        cells[beside] = cells[beside]._replace(role=missing[0])
    return cells


def level_over_names(found: Sequence[HeadCell], rows: Sequence[Row], words: Vocabulary) -> list[HeadCell]:
    """A head left of level3 that names no level, or one twice, is that of a level without a head where it stands over
    names of levels, most of its texts (评价内容 over 数量指标, 指标分类 beside 指标类别).
    """
    cells = list(found)
    at = {cell.role: n for n, cell in enumerate(cells)}
    for n, head in enumerate(cells[: at.get("level3", 0)]):
        missing = [level for level in LEVELS[:2] if all(cell.role != level for cell in cells)]
        twice = any(cell.role == head.role for cell in cells[:n]) if head.role in LEVELS else False
        if not missing or head.field or not (twice or head.role in ("", "group")):
            continue
        said = [words.meaning(text) for text in _below(head, rows)]
        if said and 2 * sum(one.is_level for one in said) > len(said):
            first = all(one.is_first_level or not one.is_level for one in said)
            if first and LEVELS[0] not in missing and all(cell.role != LEVELS[0] for cell in cells[:n]):
                # 指标类型 over level1, 指标类别 over level2
                cells = [c._replace(role=LEVELS[1]) if c.role == LEVELS[0] else c for c in cells]
                missing = [LEVELS[0]]
            level = LEVELS[0] if first else LEVELS[1]
            cells[n] = head._replace(role=level) if level in missing else head
    return cells


def signs_named(found: Sequence[HeadCell], rows: Sequence[Row], words: Vocabulary) -> list[HeadCell]:
    """A head that names nothing, beside that of the 指标值 and over signs, is that of the signs (≥, 大于等于)."""
    cells = list(found)
    target = next((n for n, cell in enumerate(cells) if cell.role == "target"), 0)
    for n in (target - 1, target + 1):
        if target and n < len(cells) and not cells[n].role and not cells[n].field:
            texts = [key(text) for text in _below(cells[n], rows)]
            if 2 * sum(text in words.tables.operators for text in texts) > len(texts):
                cells[n] = cells[n]._replace(role="operator")
    return cells


def _below(head: HeadCell, rows: Sequence[Row]) -> Iterator[str]:
    return (c.text for row in rows for c in row.cells if c.column == head.first and not c.continues and c.text.strip())


def target_named(found: Sequence[HeadCell], words: Vocabulary) -> list[HeadCell]:
    """Where no head is the 指标值's, the last one that says 指标 behind a 三级指标 is it."""
    lowest = [n for n, cell in enumerate(found) if cell.role in ("level3", "description")]
    if len(lowest) != 2 or any(cell.role in ("target", "operator") for cell in found):
        return list(found)
    first, last = lowest
    two_names = found[last].role == "level3" and words.meaning(found[first].label).describes
    if two_names or not words.meaning(found[last].label).says_indicator:
        return list(found)
    return [cell._replace(role="target") if n == last else cell for n, cell in enumerate(found)]


def values_by_texts(found: Sequence[HeadCell], rows: Sequence[Row], words: Vocabulary) -> list[HeadCell]:
    """Where no head is the 指标值's, or in a table of scores the actual value's, the only one that nobody knows and
    that has texts like it below is it. Where level3 has no head either, it is beside the levels.
    """
    cells = list(found)
    levels = [n + 1 for n, cell in enumerate(cells[:-1]) if cell.role in LEVELS[:2]]
    if levels and not any(cell.role in ("level3", "target") for cell in cells):
        beside, after = cells[levels[-1]], cells[levels[-1] + 1 :]
        named = beside.role not in ("", "group") or beside.field or _holds_values(beside, rows, words)
        if not named and any(not cell.role and _holds_values(cell, rows, words) for cell in after):
            cells[levels[-1]] = beside._replace(role="level3")
    if any(cell.field in OWNERS for cell in cells) or not any(cell.role == "level3" for cell in cells):
        return cells
    for name in ("target", *["actual"] * any(cell.role == "score" for cell in cells)):
        if any(cell.role in (name, "operator", "unit") for cell in cells):
            continue
        lowest = max(n for n, cell in enumerate(cells) if cell.role in (*LEVELS, "target"))
        free = ("", "description") if name == "target" else ("",)
        of = [n for n, head in enumerate(cells) if n > lowest and head.role in free]
        likely = [n for n in of if _holds_values(cells[n], rows, words)]
        if len(likely) == 1:
            cells[likely[0]] = cells[likely[0]]._replace(role=name, field="")
    return cells


def _holds_values(head: HeadCell, rows: Sequence[Row], words: Vocabulary) -> bool:
    """Whether most of the texts below a head, and more than one, are like a 指标值 of this year's."""
    texts = ["".join(text.split()) for text in _below(head, rows)]
    like = sum(map(bool, map(words.tables.patterns["target"].fullmatch, texts)))
    return len(texts) > 1 and 2 * like > len(texts) and not words.meaning(head.label).is_past


def levels_spanned(found: Sequence[HeadCell], rows: Sequence[Row], words: Vocabulary) -> list[HeadCell]:
    """A head of level1 that spans more than its names: the label at the table's side, or those of a level2 without
    a head of its own.
    """
    cells = list(found)
    at = {cell.role: n for n, cell in enumerate(cells)}
    if "level1" not in at or "level3" not in at:
        return cells
    head = cells[at["level1"]]
    within = [c for row in rows for c in row.cells if head.first <= c.column <= head.last and not c.continues]
    side = [c.column for c in within if (entry := words.meaning(c.text).label) is not None and entry.group]
    names = sorted({c.column for c in within if c.column not in side and words.meaning(c.text).is_level})
    if not names:
        return cells
    if head.first in side:
        head = head._replace(first=names[0])
    second = next((column for column in names if column > head.first), 0) if "level2" not in at else 0
    cells[at["level1"]] = head._replace(last=second - 1) if second else head
    if second:
        cells.insert(at["level1"] + 1, HeadCell("level2", "", head.label, second, head.last))
    return cells


def levels_as_columns(found: Sequence[HeadCell], words: Vocabulary) -> list[HeadCell]:
    """A head that only has the names of levels over columns (产出指标·数量指标) has an indicator in each of these."""
    if any(cell.role in CORE for cell in found):
        return list(found)
    named = [not (c.role or c.field) and all(words.meaning(one).is_level for one in c.label.split(OVER)) for c in found]
    if sum(named) < 2:
        return list(found)
    return [c._replace(role="level3") if level else c for c, level in zip(found, named, strict=True)]


def lowest_level_named(found: Sequence[HeadCell], rows: Iterable[Row]) -> list[HeadCell]:
    """A table without a 三级指标 head: an unnamed column beside the levels, before the target, is it.

    Before each target, where there are several (实施期指标 | 实施期指标值 | 年度指标 | 年度指标值).
    """
    cells = list(found)
    before = [n - 1 for n, c in enumerate(cells) if c.role == "target"]
    if len(before) > 1 and all(n > 0 and not (cells[n].role or cells[n].field) for n in before):
        return [c._replace(role="level3") if n in before else c for n, c in enumerate(cells)]
    target = next((n for n, c in enumerate(cells) if c.role == "target"), len(cells))
    levels = [n for n, c in enumerate(cells[:target]) if c.role in ("level1", "level2")]
    last = levels[-1] if levels else -1
    for n in range(target - 1, last, -1):
        if cells[n].role in ("", "group") and not cells[n].field:
            cells[n] = cells[n]._replace(role="level3")
            return cells
    if not levels:
        return cells
    # The last level's head spans the column of what has no head, or leaves it without one.
    after = cells[last + 1].first if last + 1 < len(cells) else 0
    own = {c.column for row in rows for c in row.cells if c.text.strip()}
    inner = [c for c in range(cells[last].first + 1, after) if c in own]
    if inner:
        first = inner[0]
        label = cells[last].label if cells[last].last >= first else ""
        level3 = HeadCell("level3", "", label, first, max(first, after - 1))
        cells[last] = cells[last]._replace(last=min(cells[last].last, first - 1))
        cells.insert(last + 1, level3)
    return cells
