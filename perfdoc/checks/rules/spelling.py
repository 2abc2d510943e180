"""PD311–PD313, PD602, PD603, PD608, PD612: one content, one spelling: operators, percent signs, widths, spaces."""

import re
from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit
from perfdoc.checks.subject import Subject
from perfdoc.model import Budget
from perfdoc.target import Kind, Operator, canonical_operator, parse, plain, same_meaning

_INDENT = "\u3000"
_CANONICAL = frozenset("≥≤<>=≈≠")
_SIGN = re.compile(r"[≥≤<>=≧≦⩾⩽≽≼＞＜＝﹥﹤﹦≒≅]+")
_WIDE_AMOUNT = re.compile(r"[０-９．，－]+(?=[0-9０-９．，,.]*$)")
_WIDE_FIGURES = re.compile(r"[０-９．％＋－／Ａ-Ｚａ-ｚ]+")
_PERCENT = re.compile(r"(?P<half>%)|(?P<full>[％﹪])|(?P<words>百分之[零〇一二三四五六七八九十百点\d.]+)")
_HAN = "㐀-鿿"
_CHINESE = f"{_HAN}，。；：？！、（）《》“”‘’【】"
_HALF = re.compile(
    rf"(?:(?<=[{_HAN}”）》])[ ]*|(?<=[%％0-9A-Za-z])(?=[,;:?!(][ ]*[{_HAN}]))"
    r"(?P<after>[,;:?!(])(?![0-9]{3}(?![0-9]))"
    rf"|(?P<before>[,;?!)])(?=[ ]*[{_HAN}])(?<![0-9][)])|(?<=[{_HAN}])(?P<close>\))"
    rf"|(?<=[{_HAN}])(?P<stop>\.)(?=$|[\s{_HAN}])"
)
_FULL = dict(zip(",;:?!().", "，；：？！（）。", strict=True))
_SPACES = re.compile(r"(?m)^[^\S\n]+|[^\S\n]+$|[^\S\n]{2,}|[　\xa0\t]")
_BETWEEN = re.compile(rf"(?<=[{_CHINESE}])(?<![。；：？！]) (?=[{_CHINESE}])")
_UNSEEN = re.compile(
    "[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]+"
)
_QUOTES = re.compile(rf'"([^"\n]*[{_HAN}][^"\n]*)"')


def percent_spelled(subject: Subject) -> Iterator[Hit]:
    """PD311: percent written in several ways."""
    rows = (row for row in subject.rows if row.target.kind is not Kind.qualitative)
    found = [(row, match) for row in rows for match in _PERCENT.finditer(row.text)]
    several = len({match.lastgroup for _, match in found}) > 1
    for row, match in found if several else ():
        edit = Edit(row.at("target"), *match.span(), "%" if match.lastgroup == "full" else _in_digits(match[0]))
        if match.lastgroup != "half":
            safe = match.lastgroup == "full" or (edit.text and _keeps_meaning(row.text, edit))
            yield Hit(row.at("target"), match.span(), {"text": match[0], "usual": "%"}, (edit,) if safe else ())


def _in_digits(words: str) -> str:
    quantity = parse(words).quantity
    return f"{plain(quantity.number)}%" if quantity is not None and quantity.unit == "%" else ""


def operator_spelled(subject: Subject) -> Iterator[Hit]:
    """PD312: operator not in its usual spelling."""
    for row, part, at in subject.parts:
        if part.spans.operator is None:
            continue
        start, end = (at + each for each in part.spans.operator)
        written = row.text[start:end]
        if written == "＝" and (
            subject.lenient or Operator.equal in map(canonical_operator, row.indicator.extra.values())
        ):
            continue  # as forms have it in a column of signs
        right = canonical_operator(written)
        if right is None or written in _CANONICAL or not _SIGN.fullmatch(written):
            continue
        edit = Edit(row.at("target"), start, end, right.value)
        if _keeps_meaning(row.text, edit):
            yield Hit(edit.path, (start, end), {"text": written, "sign": right.value}, (edit,))


def _keeps_meaning(text: str, edit: Edit) -> bool:
    return same_meaning(parse(text[: edit.start] + edit.text + text[edit.end :]), parse(text))


def wide_figures(subject: Subject) -> Iterator[Hit]:
    """PD313: full-width digits, letters or signs."""
    for case in subject.cases:
        targets = {row.at("target") for row in case.rows}
        for path, text in case.texts:
            for found in _WIDE_FIGURES.finditer(text):
                if path in targets or found[0] not in ("％", "／", "－", "＋", "．"):
                    edit = Edit(path, *found.span(), _narrow(found[0]))
                    safe = path not in targets or _keeps_meaning(text, edit)
                    yield Hit(path, found.span(), {"text": found[0], "plain": edit.text}, (edit,) if safe else ())
        for name in Budget.model_fields:
            wide = _WIDE_AMOUNT.search(getattr(case.project.budget, name) or "")
            if wide:
                edit = Edit(case.at("budget", name), *wide.span(), _narrow(wide[0]))
                yield Hit(edit.path, wide.span(), {"text": wide[0], "plain": edit.text}, (edit,))


def _narrow(text: str) -> str:
    return "".join(chr(ord(char) - 0xFEE0) for char in text)


def half_width(subject: Subject) -> Iterator[Hit]:
    """PD602: half-width punctuation in Chinese text."""
    for path, text in subject.texts:
        edits = []
        for found in _HALF.finditer(text):
            at, end = found.span(found.lastgroup or 0)
            if path[-1] != "name" or text[at] not in "()":  # a name's brackets are as they were registered
                edits.append(Edit(path, at, end, _FULL[text[at]]))
        for found in _QUOTES.finditer(text):
            edits.append(Edit(path, found.start(), found.start() + 1, "“"))
            edits.append(Edit(path, found.end() - 1, found.end(), "”"))
        if edits:
            edits.sort(key=lambda each: each.start)
            marks = "".join(dict.fromkeys(text[each.start] for each in edits))
            full = "".join(dict.fromkeys(each.text for each in edits))
            yield Hit(path, (edits[0].start, edits[0].end), {"marks": marks, "full": full}, tuple(edits))


def spaces(subject: Subject) -> Iterator[Hit]:
    """PD603: superfluous spaces."""
    outlined = subject.lenient and all(
        row.indicator.level3 and row.indicator.level3[0] == _INDENT for row in subject.rows
    )
    for path, text in subject.texts:
        indent = len(text) - len(text.lstrip(_INDENT)) if outlined else 0  # of an outline, as its levels go down
        found = [each for each in _SPACES.finditer(text) if each.end() > indent]
        if found:
            edits = tuple(Edit(path, *each.span(), _space(text, each)) for each in found)
            at_edge = found[0].start() == 0 or found[0].end() == len(text)
            yield Hit(path, found[0].span(), {}, edits, variant="edge" if at_edge else "")


def _space(text: str, found: re.Match[str]) -> str:
    """One space between Latin words or numbers, none beside Chinese."""
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    if not before or not after or "\n" in (before, after):
        return ""
    return " " if before.isascii() and after.isascii() else ""


def space_between(subject: Subject) -> Iterator[Hit]:
    """PD612: a space between Chinese characters."""
    for path, text in subject.texts:
        found = list(_BETWEEN.finditer(text))
        if found:
            edits = tuple(Edit(path, *each.span(), "") for each in found)
            at = found[0].start()
            yield Hit(path, (at, at + 1), {"text": text[max(0, at - 4) : at + 5]}, edits)


def unseen(subject: Subject) -> Iterator[Hit]:
    """PD608: characters that can't be seen."""
    for path, text in subject.texts:
        for found in _UNSEEN.finditer(text):
            codes = " ".join(f"U+{ord(char):04X}" for char in found[0])
            lost = "\ufffd" in found[0]
            edits = () if lost else (Edit(path, *found.span(), ""),)
            yield Hit(path, found.span(), {"codes": codes}, edits, variant="lost" if lost else "")
