"""The laws of the grammar of 指标值: what holds for any text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from target_texts import TEXTS

from perfdoc.target import LONGEST_TEXT, Kind, Quantity, parse, same_meaning, split

SIGNS = "≥≤><=≧＞＝％%-—~～+.,，、；;：:（）()/／*xX×±·一二三十百千万亿零两半"
WORDS = (
    *"元页人次年月日天件套个辆盒前内底末初约每至到自起止且及或优良中差",
    *("不低于", "不超过", "至少", "以上", "以下", "左右", "提升", "下降", "2023年", "1月", "12月", "全年", "百分之"),
    *("百分点", "小时", "千瓦时", "季度", "上半年", "同比", "完成", "满意度", "\n", " ", "　"),
)
NEAR = st.lists(st.sampled_from((*SIGNS, *WORDS, *"0123456789", *"０５")), max_size=14).map("".join)
PIECES = (
    [
        "",
        "≥",
        ">=",
        "不低于",
        "约",
        "每月",
        "每人",
        "至少",
        "±",
        "提升",
        "满意度",
        "较上年",
        "自",
        "达到",
        "百分之",
        "≤每年",
    ],
    ["1", "12", "1,867", "0.3", "十二", "两", "半", "三百", "-5", "２", "2023", "12月", "31日", "百分之九十"],
    [
        "",
        "万",
        "％",
        "万元",
        "页",
        "件（套）",
        "台/套",
        "年",
        "月",
        "个百分点",
        "人次",
        "千克",
        "季度",
        "余",
        "级",
        "X",
    ],
    ["", "-", "~", "至", "—", "--"],
    ["", "1", "80", "十", "0.5"],
    ["", "%", "个", "万元", "月", "天", "年"],
    ["", "以上", "（含）以内", "左右", "/年", "/人·月", "前", "底前", "起", "完成", "以上/年", "每年", "止"],
)
COMPOSED = st.tuples(*map(st.sampled_from, PIECES)).map("".join)
ANY = st.one_of(NEAR, COMPOSED, COMPOSED, st.text(max_size=60), st.sampled_from(TEXTS))


@given(ANY)
def test_parse_never_fails_and_keeps_the_text(text: str) -> None:
    target = parse(text)
    assert target.text == text
    for span in (*target.spans[:5], *target.spans.parts):
        assert span is None or (0 <= span[0] < span[1] <= len(text))
    assert tuple(text[start:end] for start, end in target.spans.parts) == tuple(part.text for part in target.parts)
    assert bool(target.parts) == (target.kind is Kind.compound)


FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@given(ANY)
def test_width_changes_nothing_but_the_text(text: str) -> None:
    narrow = text.translate({wide: plain for plain, wide in FULL.items()})
    wide, plain = parse(narrow.translate(FULL)), parse(narrow)
    assert wide.meaning() == plain.meaning()
    assert wide.spans == plain.spans


@pytest.mark.parametrize("text", [text for text in TEXTS if parse(text).spans.operator])
def test_an_operator_in_canonical_spelling_says_the_same(text: str) -> None:
    target = parse(text)
    assert target.operator is not None
    assert target.spans.operator is not None
    start, end = target.spans.operator
    assert same_meaning(parse(text[:start] + target.operator + text[end:]), target)


@given(ANY)
def test_a_value_split_into_columns_can_be_joined(text: str) -> None:
    target = parse(text)
    operator, value, unit = split(target)
    if target.kind in (Kind.quantity, Kind.range):
        assert same_meaning(parse(operator + value + unit), target)
    else:
        assert (operator, value, unit) == ("", text, "")


NUMBERS = st.decimals(0, 10**9, places=2).filter(lambda number: not 1900 <= number < 2200)
SIZES = {"": 1, "万": 10**4, "百万": 10**6, "亿": 10**8}
PREFIXES = {"≥": "≥", ">=": "≥", "不少于": "≥", "≤": "≤", "不超过": "≤", "": None, "约": "≈", "＜": "<"}


@given(
    st.sampled_from(sorted(PREFIXES)),
    NUMBERS,
    st.booleans(),
    st.sampled_from(sorted(SIZES)),
    st.sampled_from(["元", "页", "次", "人", "盒", "人次", "件（套）"]),
    st.sampled_from(["", "人", "年", "人·月"]),
)
def test_a_quantity_says_what_it_is_made_of(
    prefix: str, number: Decimal, grouped: bool, size: str, unit: str, per: str
) -> None:
    digits = f"{number:,}" if grouped else str(number)
    target = parse(f"{prefix}{digits}{size}{unit}{'/' if per else ''}{per}")
    assert target.kind is Kind.quantity
    assert target.operator == PREFIXES[prefix]
    assert target.quantity == Quantity(number, size + unit, per)
    assert "".join(split(target)) == f"{PREFIXES[prefix] or ''}{digits}{target.quantity.whole_unit}"
    assert target.base is not None
    assert (target.base.number, target.base.unit) == (number * SIZES[size], unit.partition("（")[0])


LONG = (
    "1",
    "-",
    "≥",
    "1,",
    "，1",
    "且",
    "(",
    "每",
    "每人",
    "提升",
    "1-",
    "2023年",
    "/",
    "X",
    " ",
    "A",
    "约",
    "一",
    "年1",
)


@pytest.mark.parametrize("piece", LONG)
@pytest.mark.parametrize("length", [80, LONGEST_TEXT, 50000])
def test_long_texts_are_read_promptly(piece: str, length: int) -> None:
    text = (piece * length)[:length]
    assert parse(text).text == text
