"""`form.yaml` with one entry changed: every other line, and every comment, stays."""

from __future__ import annotations

import pytest

from perfdoc.labelling.description import COLUMNS, FIELDS, Description, Entry

TEXT = """\
title: 目标表 # 财政局
fields:
# 项目
- path: name
  labels:
  - 项目名称   # 第一行
  - 名称
- path: money_unit # 单位
- {path: goals, labels: [总体目标, "年度, 目标"]}
- path: extra.联系人
columns:
- path: level3
  labels: [三级指标]
"""


def entry(label: str) -> Entry:
    return next(one for one in Description(TEXT).entries() if one.has(label))


def lines(made: str) -> tuple[list[str], list[str]]:
    """What went, and what came."""
    old, new = TEXT.splitlines(), made.splitlines()
    return [one for one in old if one not in new], [one for one in new if one not in old]


def test_entries_are_known_by_their_labels() -> None:
    assert entry("项目 名称：").path == "name"
    assert entry("联系人").path == "extra.联系人"
    assert entry("三级指标").group == COLUMNS


def test_another_path() -> None:
    made = Description(TEXT).with_path(entry("联系人"), "agency.name")
    assert lines(made) == (["- path: extra.联系人"], ["- path: agency.name"])


@pytest.mark.parametrize(
    ("label", "came"),
    [
        ("名称", ["  - 简称"]),
        ("总体目标", ['- {path: goals, labels: [总体目标, "年度, 目标", 简称]}']),
        ("三级指标", ["  labels: [三级指标, 简称]"]),
        ("联系人", ["  labels: [简称]"]),
    ],
)
def test_a_label_more(label: str, came: list[str]) -> None:
    made = Description(TEXT).with_label(entry(label), "简称")
    assert lines(made)[1] == came
    found = next(one for one in Description(made).entries() if one.has("简称"))
    assert found.path == entry(label).path


def test_a_label_more_of_an_entry_that_has_none_and_a_comment() -> None:
    money = next(one for one in Description(TEXT).entries() if one.path == "money_unit")
    made = Description(TEXT).with_label(money, "金额[单位]")
    assert "- path: money_unit # 单位\n  labels: ['金额[单位]']\n" in made.replace('"', "'")


@pytest.mark.parametrize(
    ("label", "gone"),
    [("名称", ["  - 名称"]), ("项目名称", ["  - 项目名称   # 第一行"]), ("年度，目标", None), ("总体目标", None)],
)
def test_a_label_less(label: str, gone: list[str] | None) -> None:
    made = Description(TEXT).without_label(entry(label), label)
    if gone is not None:
        assert lines(made) == (gone, [])
    kept = {one.path: len(one.labels) for one in Description(made).entries()}
    assert kept[entry(label).path] == len(entry(label).labels) - 1


@pytest.mark.parametrize("group", [FIELDS, COLUMNS])
def test_an_entry_more(group: str) -> None:
    made = Description(TEXT).with_entry(group, "extra.备注", "备注")
    assert lines(made) == ([], ["- path: extra.备注", "  labels: [备注]"])
    assert [one.group for one in Description(made).entries() if one.has("备注")] == [group]


def test_an_entry_of_a_group_that_is_not_there() -> None:
    made = Description("title: 目标表\n").with_entry(COLUMNS, "target", "指标值")
    assert [one.path for one in Description(made).entries()] == ["target"]
