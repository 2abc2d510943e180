"""A form learnt from a file whose indicators stand in blocks, each of a period: below each other, or side by side."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import docx
import pytest

import perfdoc
from perfdoc.form_definition.loading import load_form
from perfdoc.learning import learn_form
from perfdoc.model import Document, Indicator, Project
from perfdoc.report import Reading
from perfdoc.round_trip import without

TOP = ("项目名称|道路养护|||", "主管部门|某县交通局|||", "年度目标|完成养护任务|||")
LAYOUTS = {
    "below": (
        *TOP,
        *("长期绩效指标||||", "一级指标|二级指标|三级指标|指标值|备注"),
        *("产出指标|数量指标|养护里程|≥500公里|", "效益指标|社会效益指标|受益人口|≥3万人|"),
        *("年度绩效指标||||", "一级指标|二级指标|三级指标|指标值|备注"),
        *("产出指标|数量指标|养护里程|≥120公里|", "产出指标|质量指标|合格率|≥98%|"),
    ),
    "beside": (
        *(f"{row}|" for row in TOP),
        "一级指标|二级指标|三级指标（中期）|指标值（中期）|三级指标（年度）|指标值（年度）",
        *("产出指标|数量指标|养护里程|≥500公里|养护里程|≥120公里", "产出指标|质量指标|合格率|≥99%|合格率|≥98%"),
        *("效益指标|社会效益指标|||受益人口|≥3万人",),
    ),
}
PERIODS = {"below": ("长期", "年度"), "beside": ("中期", "年度")}
SIGNS = (
    *(f"{row}|||||" for row in TOP[:2]),
    "一级指标|二级指标|三级指标|指标性质|指标方向|目标值|计量单位|分值|备注",
    *("产出指标|数量指标|出差人数|正向|＝|8||50|", "产出指标|质量指标|完成率|正向|≥|95|%|50|"),
)
BLANK_LEVEL = (
    *(f"{row}" for row in TOP),
    "一级指标|二级指标|三级指标|指标值|评价标准",
    *("产出指标|数量指标|里程|≥5公里|佐证材料", "产出指标|数量指标|桥数|≥2座|^", "效益指标|经济效益指标|||"),
    *("^|社会效益指标|受益人口|≥3万人|抽样调查",),
)


OUTLINE = (
    *("项目|指标值|绩效金额", "县疾控中心||", "　疫苗采购||3000000", "　　产出指标||", "　　　成本指标（必填）||"),
    *("　　　　疫苗采购成本|100%|", "　　　数量指标（必填）||", "　　　　疫苗使用率|100%|", "　　满意度指标||"),
    *("　　　服务对象满意度指标（必填）||", "　　　　服务对象满意度|100%|"),
)


@cache
def drawn(rows: tuple[str, ...]) -> bytes:
    """A Word file of one table: the last text of a row of one or two reaches to its end, `^` joins the cell above."""
    file = docx.Document()
    file.add_paragraph("项目绩效目标表")
    table = file.add_table(rows=len(rows), cols=rows[0].count("|") + 1)
    for at, row in enumerate(rows):
        texts = row.split("|")
        for column, text in enumerate(texts):
            if text == "^":
                table.cell(at - 1, column).merge(table.cell(at, column))
            elif text:
                table.cell(at, column).text = text
        filled = [column for column, text in enumerate(texts) if text]
        if len(filled) < 3 and rows is not OUTLINE:
            table.cell(at, filled[-1]).merge(table.cell(at, len(texts) - 1))
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def form_of(rows: tuple[str, ...], folder: Path) -> tuple[perfdoc.Form, Document]:
    """The form learnt of a file, and what the file says."""
    data = drawn(rows)
    made = learn_form(data, "old.docx", "bureau")
    (folder / "bureau").mkdir()
    (folder / "bureau" / "form.docx").write_bytes(made.word)
    (folder / "bureau" / "form.yaml").write_text(made.description, encoding="utf-8")
    return load_form(folder / "bureau"), perfdoc.extract(perfdoc.read(data, "old.docx"), {}).document


def back(document: Document, form: perfdoc.Form) -> Document:
    """What a document rendered by a form reads as."""
    return perfdoc.extract(
        perfdoc.read(perfdoc.render(document, form, to="docx"), "new.docx"), {form.name: form}
    ).document


def said(document: Document) -> list[tuple[str | None, str | None, str | None, dict[str, str]]]:
    return [(one.level1, one.level3, one.target, dict(one.extra)) for one in document.projects[0].indicators]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_indicators_of_each_period_come_back_in_their_block(layout: str, tmp_path: Path) -> None:
    form, own = form_of(LAYOUTS[layout], tmp_path)
    assert perfdoc.lint(form.folder) == ()
    assert said(back(own, form)) == said(form.normal(own))
    first, last = PERIODS[layout]
    rows = [
        *(("产出指标", "数量指标", first), ("产出指标", "数量指标", last)),
        *(("产出指标", "数量指标", last), ("满意度指标", "服务对象满意度指标", last)),
    ]
    made = (
        Indicator(level1=one, level2=two, level3=f"新指标{n}", target=f"≥{n}个", extra={"时期": period})
        for n, (one, two, period) in enumerate(rows)
    )
    other = form.normal(Document(projects=(Project(name="桥梁加固", indicators=tuple(made)),)))
    assert said(back(other, form)) == said(other)


def test_an_indicator_that_is_of_no_block_is_told(tmp_path: Path) -> None:
    form, _ = form_of(LAYOUTS["below"], tmp_path)
    other = Document(projects=(Project(name="桥梁加固", indicators=(Indicator(level3="新指标", target="≥1座"),)),))
    found = [one for one in perfdoc.faults(Reading(other, {}, (), ()), form) if one.path[2:] == ("indicators", 0)]
    assert [one.code for one in found] == ["PD071"]
    assert "长期" in found[0].message
    left = without(other, [one.path for one in found], form)
    assert left.projects[0].indicators == ()


@pytest.mark.parametrize(("rows", "label"), [(SIGNS, "指标方向"), (BLANK_LEVEL, "评价标准")])
def test_what_a_column_beside_says_comes_back(rows: tuple[str, ...], label: str, tmp_path: Path) -> None:
    """The sign of the second of two columns; a text over two rows; a level that nobody filled in goes."""
    form, own = form_of(rows, tmp_path)
    assert f"extra.{label}" in form.column_paths
    assert said(back(own, form)) == said(form.normal(own))


def test_levels_in_rows_that_look_alike_are_told_apart(tmp_path: Path) -> None:
    form, own = form_of(OUTLINE, tmp_path)
    assert perfdoc.lint(form.folder) == ()
    levels = [(one.level1, one.level2) for one in back(own, form).projects[0].indicators]
    assert [one.strip() for one in levels[0] if one] == ["产出指标", "成本指标（必填）"]
    assert levels == [(one.level1, one.level2) for one in own.projects[0].indicators]
