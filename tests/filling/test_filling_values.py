"""Values written into a received file: the texts that hold them, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from received import body, received, said
from wordxml import docx, p, tbl, tr

import perfdoc
from perfdoc.errors import NotRecognisedError, RefusedError
from perfdoc.filling.wording import Wanted, reworded, spread
from perfdoc.model import Document

NAMES = ("清河清淤", "泵站维修")


@pytest.fixture(scope="module")
def old() -> bytes:
    return received(*NAMES)


def _with(document: Document, project: int, **values: Any) -> Document:
    projects = list(document.projects)
    projects[project] = projects[project].model_copy(update=values)
    return document.model_copy(update={"projects": tuple(projects)})


def test_the_same_values_give_the_same_bytes(old: bytes) -> None:
    filled = perfdoc.into(old, said(old))
    assert (filled.data, filled.changes, filled.diagnostics) == (old, (), ())


def test_one_value_changes_only_its_own_bytes(old: bytes) -> None:
    document = said(old)
    assert document.projects[0].purpose == "用于清淤等"
    filled = perfdoc.into(old, _with(document, 0, purpose="用于疏浚等"))
    before, after = body(old), body(filled.data)
    assert after == before.replace(
        "清淤</w:t></w:r><w:r><w:rPr></w:rPr>".encode(), "疏浚</w:t></w:r><w:r><w:rPr></w:rPr>".encode(), 1
    )
    assert [str(one) for one in filled.changes] == ["table 1 row 2: 资金用途 用于清淤等 → 用于疏浚等"]


def test_a_value_is_changed_wherever_it_is_shown(old: bytes) -> None:
    filled = perfdoc.into(old, _with(said(old), 1, name="泵站改造"))
    assert [one.name for one in said(filled.data).projects] == ["清河清淤", "泵站改造"]
    assert "2.泵站改造绩效目标表".encode() in body(filled.data)
    assert "泵站维修".encode() not in body(filled.data)


def test_lines_are_written_as_the_cell_writes_them(old: bytes) -> None:
    filled = perfdoc.into(old, _with(said(old), 0, goals="1.清淤。\n2.维修。\n3.验收。"))
    assert said(filled.data).projects[0].goals == "1.清淤。\n2.维修。\n3.验收。"
    assert body(filled.data).count(b"<w:p>") == body(old).count(b"<w:p>") + 1


def test_values_beside_labels_in_one_paragraph() -> None:
    table = tbl(tr("项目名称", "清淤"), tr("绩效目标", "目标"), tr("三级指标", "指标值"), tr("长度", "≥5公里"))
    old = docx(p("填报单位：水务局　　填表人：") + table)
    document = said(old)
    extra = {**document.projects[0].extra, "填表人": "王小红"}
    filled = perfdoc.into(old, _with(document, 0, extra=extra))
    assert "填报单位：水务局　　填表人：王小红" in perfdoc.read(filled.data, "x.docx").blocks[0].text  # type: ignore[union-attr]
    assert said(filled.data).projects[0].extra["填表人"] == "王小红"


def test_a_value_without_a_place_is_named(old: bytes) -> None:
    filled = perfdoc.into(old, _with(said(old), 0, department="水务局"), file="旧表.docx")
    assert filled.data == old
    assert [(one.code, one.path) for one in filled.diagnostics] == [("PD071", ("projects", 0, "department"))]
    assert "旧表.docx" in filled.diagnostics[0].message


def test_a_seal_that_stays_is_told() -> None:
    drawn = (
        '<w:r><w:drawing><wp:anchor behindDoc="0"><wp:docPr id="1" name="章"/>'
        '<a:graphic><a:graphicData uri="pic"><pic:pic/>'
        "</a:graphicData></a:graphic><wp:wrapNone/></wp:anchor></w:drawing></w:r>"
    )
    table = tbl(tr("项目名称", "清淤"), tr("绩效目标", "目标"), tr("三级指标", "指标值"), tr("长度", "≥5公里"))
    old = docx(table + p("水务局（公章）", drawn))
    document = said(old)
    assert perfdoc.into(old, document).diagnostics == ()
    (told,) = perfdoc.into(old, _with(document, 0, goals="新目标")).diagnostics
    assert (told.code, told.quote) == ("PD092", "水务局（公章）")


def test_what_does_not_read_back_is_refused(old: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        perfdoc.into(old, _with(said(old), 0, money_unit="项目名称"))
    assert {one.code for one in caught.value.diagnostics} == {"PD090"}
    assert any(one.path[:2] == ("projects", 0) for one in caught.value.diagnostics)


def test_a_file_without_goals_is_not_recognised() -> None:
    with pytest.raises(NotRecognisedError):
        perfdoc.into(docx(p("通知")), Document())


def test_other_kinds_of_files_are_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        perfdoc.into("项目名称\t清淤\n".encode(), Document(), file="x.txt")
    assert caught.value.reason == "kind"


def test_a_single_project_takes_the_other_one_whatever_its_name() -> None:
    old = received("清河清淤")
    document = said(received("泵站维修"))
    assert said(perfdoc.into(old, _with(document, 0, budget=document.projects[0].budget)).data) == document


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("单位：单位", [(("extra", "单位"), "单位", "局")], "单位：局"),
        ("甲：1　乙：1", [(("extra", "甲"), "1", "2")], "甲：2　乙：1"),
        ("甲：1　乙：1", [(("extra", "乙"), "1", "2")], "甲：1　乙：2"),
        ("填表人：______　日期：", [(("extra", "填表人"), "", "王")], "填表人：王　日期："),
        (" 349.00 ", [(("budget", "total"), "349.00", "350.00")], " 350.00 "),
        ("某局", [(("agency", "code"), "", "209"), (("agency", "name"), "某局", "某院")], "209某院"),
        ("（单位：万元）", [(("money_unit",), "万元", "元")], "（单位：元）"),
        ("甲：　乙：", [(("purpose",), "", "用途")], None),
    ],
)
def test_what_stands_beside_a_value_stays(
    text: str, values: list[tuple[tuple[str, ...], str, str]], expected: str | None
) -> None:
    wanted = [Wanted(("projects", 0, *path), old, new) for path, old, new in values]
    assert reworded(text, wanted) == expected


def test_lines_stay_in_the_cells_that_had_them() -> None:
    assert spread("甲\n乙\n丙", "甲\n新\n丙", ["甲", "乙\n丙"]) == ["甲", "新\n丙"]
    assert spread("甲\n乙", "甲\n二\n乙", ["甲", "乙"]) == ["甲\n二", "乙"]
    assert spread("甲\n乙", "乙", ["甲", "乙"]) == ["", "乙"]
    assert spread("甲", "乙", ["丙", "丁"]) is None
