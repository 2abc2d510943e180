"""PD311–PD313: one content, one spelling: operators, percent signs and widths of a 指标值."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit, Rule
from perfdoc.checks.row import Row
from perfdoc.checks.subject import Subject
from perfdoc.model import Budget
from perfdoc.target import Kind, canonical_operator, parse, same_meaning

_CANONICAL = frozenset("≥≤<>=≈≠")
_SIGN = re.compile(r"[≥≤<>=≧≦⩾⩽≽≼＞＜＝﹥﹤﹦≒≅]+")
_WIDE = re.compile(r"[！-～]+")
_WIDE_FIGURES = re.compile(r"[０-９．％＋－／Ａ-Ｚａ-ｚ]+")
_PERCENT = re.compile(r"(?P<half>%)|(?P<full>[％﹪])|(?P<words>百分之[零〇一二三四五六七八九十百点\d.]+)")
_WAYS = {"half": "90%", "full": "90％", "words": "百分之九十"}


def percent_spelled(subject: Subject) -> Iterator[Hit]:
    """PD311: percent written in several ways."""
    found: list[tuple[Row, re.Match[str]]] = []
    for row in subject.rows:
        if row.target.kind is not Kind.qualitative:
            found += [(row, match) for match in _PERCENT.finditer(row.text)]
    counts = Counter(match.lastgroup for _, match in found)
    if len(counts) < 2:
        return
    for row, match in found:
        if match.lastgroup == "words":
            edits = _percent(row, match)
            values = {"text": match[0], "usual": "%"}
            yield Hit(row.at("target"), match.span(), values, edits)
        elif match.lastgroup == "full":
            edit = Edit(row.at("target"), match.start(), match.end(), "%")
            yield Hit(row.at("target"), match.span(), {"text": match[0], "usual": "%"}, (edit,))


def _percent(row: Row, match: re.Match[str]) -> tuple[Edit, ...]:
    target = parse(match[0])
    if target.quantity is None or target.quantity.unit != "%":
        return ()
    text = f"{target.quantity.number.normalize():f}%"
    whole = row.text[: match.start()] + text + row.text[match.end() :]
    return (Edit(row.at("target"), *match.span(), text),) if same_meaning(parse(whole), row.target) else ()


def operator_spelled(subject: Subject) -> Iterator[Hit]:
    """PD312: operator not in its usual spelling."""
    for row in subject.rows:
        for part, at in row.parts():
            if part.spans.operator is None:
                continue
            start, end = (at + each for each in part.spans.operator)
            written = row.text[start:end]
            right = canonical_operator(written)
            if right is None or written in _CANONICAL or not _SIGN.fullmatch(written):
                continue
            path = row.at("target")
            edit = Edit(path, start, end, right.value)
            if _keeps_meaning(row.text, edit):
                yield Hit(path, (start, end), {"text": written, "sign": right.value}, (edit,))


def _keeps_meaning(text: str, edit: Edit) -> bool:
    return same_meaning(parse(text[: edit.start] + edit.text + text[edit.end :]), parse(text))


def wide_figures(subject: Subject) -> Iterator[Hit]:
    """PD313: full-width digits, letters or signs."""
    for case in subject.cases:
        targets = {row.at("target") for row in case.rows}
        for path, text in case.texts:
            for found in _WIDE_FIGURES.finditer(text):
                piece = found[0]
                if piece in ("％", "／", "－", "＋", "．") and path not in targets:
                    continue
                plain = "".join(chr(ord(char) - 0xFEE0) for char in piece)
                edit = Edit(path, *found.span(), plain)
                safe = path not in targets or _keeps_meaning(text, edit)
                yield Hit(path, found.span(), {"text": piece, "plain": plain}, (edit,) if safe else ())
        for name in Budget.model_fields:
            text = getattr(case.project.budget, name) or ""
            wide = _WIDE.search(text)
            if wide:
                path = case.at("budget", name)
                plain = "".join(chr(ord(char) - 0xFEE0) for char in wide[0])
                yield Hit(path, wide.span(), {"text": wide[0], "plain": plain}, (Edit(path, *wide.span(), plain),))


RULES = (
    Rule("PD311", percent_spelled),
    Rule("PD312", operator_spelled),
    Rule("PD313", wide_figures),
)
