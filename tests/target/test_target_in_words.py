"""What a 指标值 means, in words."""

from __future__ import annotations

import pytest

from perfdoc.target import parse
from perfdoc.target.in_words import in_words
from perfdoc.texts import speaking

MEANINGS = [
    ("≥83万页", "at least 830,000 页", "不少于 830,000 页"),
    ("≤24小时", "at most 24 小时", "不超过 24 小时"),
    ("≥90%", "at least 90%", "不少于 90%"),
    ("100%", "100% exactly", "正好 100%"),
    ("80-90%", "80% to 90%", "80% 至 90%"),
    ("≥12次/年", "at least 12 次/年", "不少于 12 次/年"),
    ("12月底前", "by 2023-12", "不晚于 2023年12月"),
    ("2023年3月15日前", "by 2023-03-15", "不晚于 2023年3月15日"),
    ("每月10日前", "by 10 each 月", "不晚于 10日，每月"),
    ("2023年1-12月", "2023-01 to 2023-12", "2023年1月 至 2023年12月"),
    ("提升5%以上", "rises by at least 5%", "上升不少于 5%"),
    ("下降3-5%", "falls by 3% to 5%", "下降3% 至 5%"),
    ("良好及以上", "the grade 良好 or better", "等级：良好及以上"),
    ("优", "the grade 优", "等级：优"),
    ("10日前", "by 10", "不晚于 10日"),
    ("每学期末", "by the end of each 学期", "不晚于 每学期末"),
    ("≥1.3万亩", "at least 13,000 亩", "不少于 13,000 亩"),
    ("≥95%，且无投诉", "at least 95% and 无投诉", "不少于 95%，并且 无投诉"),
    ("显著提升", "in words, without a number", "文字描述，没有可比的数"),
    ("/", "no value", "没有填值"),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "english", "chinese"), MEANINGS)
def test_a_value_is_said_in_words(text: str, english: str, chinese: str) -> None:
    assert in_words(parse(text), 2023) == english
    with speaking("zh"):
        assert in_words(parse(text), 2023) == chinese
