"""PD601, PD604–PD611: slips, years left over, numbering, brackets, goals that nothing measures."""

import re
from collections.abc import Iterator
from functools import lru_cache

from perfdoc.checks.finding import Edit, Hit
from perfdoc.checks.subject import Case, Subject
from perfdoc.checks.word_lists import any_of, pairs, regex, table
from perfdoc.report import Path
from perfdoc.target import Kind
from perfdoc.target.number import small_number
from perfdoc.years import years

_PAIRS = {"（": "）", "《": "》", "“": "”", "‘": "’", "【": "】", "「": "」", "〔": "〕", "[": "]", "〈": "〉"}
_CLOSE = {close: open_ for open_, close in _PAIRS.items()}
_ROUND = str.maketrans("()", "（）")
_LIST_MARK = re.compile(r"(?:^|(?<=[\n。；;，,：:、\s]))[0-9一二三四五六七八九十]{1,3}[)）]")
_REPEATED = re.compile(r"[，。；、：！,;]{2,}|(?<![.…])\.{2}(?!\.)")
_SHOWN = 20  # characters of what is repeated that a message quotes
_CLAUSE = re.compile(r"[^，。；;,\n：:]+")


@lru_cache(maxsize=8)
def _slips(more: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    known = {**table("slips"), **dict(more)}
    return re.compile("|".join(f"(?:{wrong})" for wrong in known)), known


def slip(subject: Subject) -> Iterator[Hit]:
    """PD601: a known slip of the pen."""
    pattern, known = _slips(tuple(subject.settings.slips.items()))
    for path, text in subject.texts:
        for found in pattern.finditer(text):
            right = next((r for w, r in known.items() if re.match(w, text[found.start() :])), "")
            edit = Edit(path, *found.span(), right)
            yield Hit(path, found.span(), {"text": found[0], "right": right}, (edit,))


def year_left_over(subject: Subject) -> Iterator[Hit]:
    """PD604: a year left over from an older form."""
    year = subject.year
    if year is None:
        return
    texts: list[tuple[Path, str, bool]] = [(("title",), subject.document.title or "", True)]
    for case in subject.cases:
        texts.append((case.at("heading"), case.project.heading or "", True))
        dated = {row.at("target") for row in case.rows if row.target.kind in (Kind.period, Kind.deadline)}
        texts += [(path, text, path[-1] == "name") for path, text in case.texts if path not in dated]
    before, behind = regex("year_before"), regex("year_behind")
    for path, text, is_name in texts:
        for found in years(text, name=is_name):
            other, written = found.number, text[found.start : found.end]
            swapped = other > year and sorted(str(other)) == sorted(str(year))  # 2032 in 2023
            if other == year or not (swapped or year - 3 <= other <= (year + 1 if is_name else year - 1)):
                continue
            rest = text[found.end : found.end + 24]
            ours = before.search(text[max(0, found.start - 32) : found.start])
            if behind.search(rest) or (not is_name and (ours or not rest.lstrip().startswith("年"))):
                continue
            span, right = (found.start, found.end), str(year)[-len(written) :]
            edits = (Edit(path, *span, right),) if written.isascii() else ()
            yield Hit(path, span, {"year": written, "right": right}, edits)


def numbering(subject: Subject) -> Iterator[Hit]:
    """PD605: goals are not numbered in order."""
    for case in subject.cases:
        path = case.at("goals")
        reached: dict[str, int] = {}
        marks: dict[str, str] = {}
        for found in regex("item").finditer(case.project.goals or ""):
            number = small_number(found["number"]) or 0
            level = f"{bool(found['open'])}{found['number'].isascii()}"
            mark = found["mark"].translate(str.maketrans(")．", "）."))
            span = found.span("number")
            before = reached.get(level, 0)
            if number == 1 and before and len(reached) > 1:
                before = 0  # a list within a list begins again
            if number != before + 1:
                values = {"number": found["number"], "right": str(before + 1)}
                edits = (Edit(path, *span, str(before + 1)),) if found["number"].isascii() else ()
                yield Hit(path, span, values, edits, variant="twice" if number == before else "")
            elif marks.get(level, mark) != mark:
                given = {"mark": found["mark"], "usual": marks[level]}
                edit = Edit(path, *found.span("mark"), marks[level])
                yield Hit(path, found.span("mark"), given, (edit,), variant="mark")
            reached[level] = before + 1 if number == before else number
            marks.setdefault(level, mark)
            for inner in [each for each in reached if each != level and each > level]:
                del reached[inner]


def _lines(case: Case) -> list[re.Match[str]]:
    """The lines of the goals that are not empty."""
    return [found for found in re.finditer(r"[^\n]+", case.project.goals or "") if found[0].strip()]


def unnumbered(subject: Subject) -> Iterator[Hit]:
    """PD613: a goal without a number."""
    item = regex("item")
    for case in subject.cases:
        lines = _lines(case)
        bare = [found for found in lines if not item.match(found[0])]
        if len(lines) > 2 and len(bare) == 1 and bare[0] is not lines[0]:
            before = lines[lines.index(bare[0]) - 1][0].rstrip()
            if before.endswith(("。", "；", ";", "！")):
                yield Hit(case.at("goals"), bare[0].span(), {"text": bare[0][0].strip()[:20]})


def brackets(subject: Subject) -> Iterator[Hit]:
    """PD606: a bracket or quote without its other half."""
    for path, text in subject.texts:
        at = _unpaired(text)
        if at is not None:
            yield Hit(path, (at, at + 1), {"text": text[at]})


def _unpaired(text: str) -> int | None:
    """Where a bracket or quote stands that has no other half."""
    plain = _LIST_MARK.sub(lambda found: " " * len(found[0]), text).translate(_ROUND)
    open_: list[tuple[str, int]] = []
    for at, char in enumerate(plain):
        if char in _PAIRS:
            open_.append((char, at))
        elif char in _CLOSE:
            if not open_ or open_[-1][0] != _CLOSE[char]:
                return at
            open_.pop()
    return open_[-1][1] if open_ else None


def repeated(subject: Subject) -> Iterator[Hit]:
    """PD607: repeated punctuation or words."""
    for path, text in subject.texts:
        for found in _REPEATED.finditer(text):
            edit = Edit(path, *found.span(), "。" if "。" in found[0] else found[0][0])
            yield Hit(path, found.span(), {"text": found[0][:_SHOWN]}, (edit,))
        for found in regex("doubled").finditer(text):
            edit = Edit(path, *found.span(), found[1] or found[0][: len(found[0]) // 2])
            yield Hit(path, found.span(), {"text": found[0][:_SHOWN]}, (edit,))


def unended(subject: Subject) -> Iterator[Hit]:
    """PD609: a line of the goals does not end."""
    for case in subject.cases:
        lines = _lines(case)
        ended = [found for found in lines if found[0].rstrip().endswith(("。", "；", "！", ";", "."))]
        for found in lines:
            line = found[0].rstrip()
            end = found.start() + len(line)
            last = line[-1]
            if last in "，,、":
                yield Hit(case.at("goals"), (end - 1, end), {"text": line[-8:]}, variant="cut")
            elif found not in ended and ended and last not in "：:”）)》":
                edit = Edit(case.at("goals"), end, end, "。")
                yield Hit(case.at("goals"), (end - 1, end), {"text": line[-8:]}, (edit,))


def unmeasured(subject: Subject) -> Iterator[Hit]:
    """PD610: a goal that no indicator measures."""
    for case in subject.cases:
        if not case.rows or any(any_of("measures_all").search(row.name) for row in case.rows):
            continue
        texts = (text for row in case.rows for text in (row.name, row.indicator.description or "", row.text))
        told = frozenset[str]().union(*map(pairs, texts))
        for clause in _CLAUSE.finditer(case.project.goals or ""):
            words_of = pairs(clause[0])
            text = clause[0].strip()
            new = len(words_of) >= 3 and not words_of & told
            if new and any_of("promises").search(text) and not regex("aims").match(text):
                start = clause.start() + clause[0].find(text)
                yield Hit(case.at("goals"), (start, start + len(text)), {"text": text})


def same_goal(subject: Subject) -> Iterator[Hit]:
    """PD611: the same goal twice."""
    item = regex("item")
    for case in subject.cases:
        seen: set[str] = set()
        for found in _lines(case):
            number = item.match(found[0])
            plain = "".join(found[0][number.end() if number else 0 :].split()).strip("。；;")
            if len(plain) >= 6 and plain in seen:
                yield Hit(case.at("goals"), found.span(), {"text": plain[:20]})
            seen.add(plain)
