"""Projects of a received file that are new, gone, or stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from received import body, project, received, said
from wordxml import docx, p, tbl, tr

import perfdoc
from perfdoc.errors import RefusedError
from perfdoc.model import Document, Project

OLD = received("清河清淤", "泵站维修")
DOCUMENT = said(OLD)
ROWS = tuple(
    one.model_copy(update={"level3": f"堤防{n}", "target": f"{n}处"})
    for n, one in enumerate(DOCUMENT.projects[1].indicators)
)
NEW = DOCUMENT.projects[1].model_copy(
    update={"name": "堤防加固", "purpose": "用于加固", "goals": "加固。", "indicators": ROWS}
)


def _with(projects: Sequence[Project]) -> Document:
    return DOCUMENT.model_copy(update={"projects": tuple(projects)})


def _names(data: bytes) -> list[str | None]:
    return [one.name for one in said(data).projects]


def test_a_new_project_is_a_copy_of_the_last_one_on_a_page_of_its_own() -> None:
    filled = perfdoc.into(OLD, _with([*DOCUMENT.projects, NEW]))
    assert _names(filled.data) == ["清河清淤", "泵站维修", "堤防加固"]
    assert said(filled.data).projects[2] == NEW.model_copy(update={"heading": None, "bookmarks": None})
    xml = body(filled.data)
    assert xml.count(b'<w:br w:type="page"/>') == body(OLD).count(b'<w:br w:type="page"/>') + 1
    assert [one.kind for one in filled.changes] == ["project_added"]
    before = body(OLD)
    assert (
        xml[: before.index("清河区水务局（公章）".encode()) - 200]
        == before[: before.index("清河区水务局（公章）".encode()) - 200]
    )


def test_bookmarks_of_a_copy_have_new_names_and_ids() -> None:
    xml = body(perfdoc.into(OLD, _with([*DOCUMENT.projects, NEW])).data)
    starts = re.findall(rb'bookmarkStart w:id="(\d+)" w:name="([^"]+)"', xml)
    mine = [(number, name) for number, name in starts if not name.startswith(b"row")]
    assert len({name for _, name in mine}) == len({number for number, _ in mine}) == 3
    assert all(xml.count(b'<w:bookmarkEnd w:id="%s"/>' % number) == 1 for number, _ in mine)


def test_a_project_that_is_gone_stays_and_is_named() -> None:
    filled = perfdoc.into(OLD, _with(DOCUMENT.projects[:1]))
    assert filled.data == OLD
    assert [(one.code, one.path) for one in filled.diagnostics] == [("PD091", ("projects", 1))]


def test_projects_keep_the_order_of_the_file_and_it_is_said() -> None:
    one, two = DOCUMENT.projects
    filled = perfdoc.into(OLD, _with([two, one]))
    assert filled.data == OLD
    assert [(said.code, said.path) for said in filled.diagnostics] == [("PD094", ("projects", 0))]
    assert "PD094" in [said.code for said in perfdoc.into(OLD, _with([NEW, one, two])).diagnostics]
    assert perfdoc.into(OLD, _with([one, two, NEW])).diagnostics == ()


@pytest.mark.parametrize("gone", [0, 1])
def test_prune_cuts_a_project_out(gone: int) -> None:
    left = [one for number, one in enumerate(DOCUMENT.projects) if number != gone]
    filled = perfdoc.into(OLD, _with(left), prune=True)
    assert _names(filled.data) == [one.name for one in left]
    assert b'w:type="page"' not in body(filled.data)
    assert "填报单位".encode() in body(filled.data)
    said_of = {(one.kind, one.old, one.new) for one in filled.changes}
    assert ("project_removed", DOCUMENT.projects[gone].name, "") in said_of
    assert (("changed", "王小红", "") in said_of) is (gone == 0)  # below the form: the file has it of its first project


def test_one_comes_and_one_goes() -> None:
    filled = perfdoc.into(OLD, _with([NEW, DOCUMENT.projects[1]]), prune=True)
    assert _names(filled.data) == ["泵站维修", "堤防加固"]


def test_of_a_file_with_one_project_the_whole_page_is_copied() -> None:
    old = received("清河清淤")
    document = said(old)
    other = document.projects[0].model_copy(update={"name": "堤防加固"})
    data = perfdoc.into(old, document.model_copy(update={"projects": (*document.projects, other)})).data
    assert _names(data) == ["清河清淤", "堤防加固"]
    assert body(data).count("（公章）".encode()) == 2


def test_the_table_of_contents_has_a_line_for_the_new_project() -> None:
    line = '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:hyperlink w:anchor="_Toc{0}">'
    line += "<w:r><w:t>{0}.{1}绩效目标表</w:t></w:r>"
    lines = "".join(line.format(n, name) + "</w:hyperlink></w:p>" for n, name in ((1, "清河清淤"), (2, "泵站维修")))
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    forms = project("清河清淤", 1) + p() + project("泵站维修", 2)
    old = docx(lines + forms + "<w:sectPr/>", {"styles": styles})
    document = said(old)
    new = document.projects[1].model_copy(update={"name": "堤防加固"})
    xml = body(perfdoc.into(old, document.model_copy(update={"projects": (*document.projects, new)})).data)
    anchors = re.findall(r'w:anchor="([^"]+)".*?<w:t[^>]*>([^<]+)', xml.decode())
    assert [text for _, text in anchors] == ["1.清河清淤绩效目标表", "2.泵站维修绩效目标表", "3.堤防加固绩效目标表"]
    assert all(f'w:name="{name}"' in xml.decode() for name, _ in anchors)


def test_projects_of_one_table_are_not_cut_apart() -> None:
    head = tr("项目名称", "一级指标", "二级指标", "三级指标", "指标值")
    rows = [tr(name, "产出指标", "数量指标", f"{name}数", "1次") for name in ("甲项目", "乙项目")]
    old = docx(tbl(head, *rows, columns=5))
    document = said(old)
    assert len(document.projects) == 2
    with pytest.raises(RefusedError) as caught:
        perfdoc.into(old, document.model_copy(update={"projects": document.projects[:1]}), prune=True)
    assert caught.value.reason == "shared"


def test_a_heading_that_no_form_knows_takes_the_name() -> None:
    def one(name: str) -> str:
        return p(f"附：{name}") + tbl(tr("项目名称", name), tr("绩效目标", "目标"))

    old = docx(p("总的说明") + one("甲项目") + one("乙项目"))
    first, second = said(old).projects
    third = second.model_copy(update={"name": "丙项目"})
    document = said(old).model_copy(update={"projects": (first, second.model_copy(update={"name": "丁项目"}), third)})
    texts = [text for _, text in perfdoc.read(perfdoc.into(old, document).data, "x.docx").texts()]
    assert [text for text in texts if text.startswith("附")] == ["附：甲项目", "附：丁项目", "附：丙项目"]
    without = perfdoc.into(old, document.model_copy(update={"projects": (second,)}), prune=True).data
    assert [text for _, text in perfdoc.read(without, "x.docx").texts()][:2] == ["总的说明", "附：乙项目"]
    last = perfdoc.into(
        docx(p("总的说明") + one("甲项目") + one("乙项目") + one("丙项目")),
        document.model_copy(update={"projects": (third.model_copy(update={"name": "丙项目"}),)}),
        prune=True,
    )
    assert [text for _, text in perfdoc.read(last.data, "x.docx").texts()][:2] == ["总的说明", "附：丙项目"]
