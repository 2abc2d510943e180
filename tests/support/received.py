"""A received form with what real files carry: merges at the side, ids, bookmarks, tracked changes, controls."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from wordxml import docx, p, run, tbl, tc, tr

import perfdoc
from perfdoc.model import Document, Indicator

BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
ROW = re.compile(rb"<w:tr>.*?</w:tr>", re.DOTALL)


def _numbered(number: int, *cells: str) -> str:
    """A row whose first paragraph has ids, a bookmark and a comment's range of its own."""
    marks = f'<w:bookmarkStart w:id="{number}" w:name="row{number}"/><w:bookmarkEnd w:id="{number}"/>'
    row = tr(*cells)
    return row.replace("<w:p>", f'<w:p w14:paraId="{number:08X}" w14:textId="77777777">{marks}', 1)


def indicator_table() -> str:
    """Two groups: 产出指标 with 数量指标 (two rows) and 质量指标, 效益指标 with one row; a merge at the side of all."""
    head = tr("", "一级指标", "二级指标", "三级指标", "指标值", "备注", properties="<w:tblHeader/>")
    inserted = '<w:p><w:ins w:id="90" w:author="a"><w:r><w:t>≥6座</w:t></w:r></w:ins></w:p>'
    control = '<w:p><w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:r><w:t>100%</w:t></w:r>'
    rows = [
        _numbered(
            1,
            tc("绩效指标", properties=BEGINS),
            tc("产出指标", properties=BEGINS),
            tc("数量指标", properties=BEGINS),
            "清淤长度",
            "≥12.5公里",
            "",
        ),
        _numbered(
            2,
            tc(properties=GOES_ON),
            tc(properties=GOES_ON),
            tc(properties=GOES_ON),
            "维修泵站",
            tc(inserted),
            "",
        ),
        _numbered(
            3,
            tc(properties=GOES_ON),
            tc(properties=GOES_ON),
            "质量指标",
            "合格率",
            tc(f"{control}</w:sdtContent></w:sdt></w:p>"),
            "",
        ),
        _numbered(4, tc(properties=GOES_ON), "效益指标", "社会效益指标", "防洪能力", "有效提升", ""),
    ]
    return tbl(head, *rows, columns=6)


def project(name: str, position: int) -> str:
    """A heading with a bookmark, the project's values, and its indicators in the same table's columns."""
    mark = f'<w:bookmarkStart w:id="{50 + position}" w:name="_Toc{position}"/>'
    heading = p(mark, f"{position}.{name}绩效目标表", f'<w:bookmarkEnd w:id="{50 + position}"/>')
    values = tbl(
        tr("项目名称", name, "金额单位", "万元"),
        tr("预算数", "186.50", "资金用途", tc(p(run("用于"), run("清淤", "<w:b/>"), run("等")))),
        tr("绩效目标", tc(p("1.清淤。"), p("2.维修。"))),
    )
    return heading + values + indicator_table()


def received(*names: str) -> bytes:
    """A file of projects with these names, each on a page of its own."""
    turned = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    above = p("填报单位：清河区水务局　　填表人：王小红")
    below = p("清河区水务局（公章）")
    return docx(above + turned.join(project(name, n) for n, name in enumerate(names, 1)) + below + "<w:sectPr/>")


def said(data: bytes) -> Document:
    """What a file says."""
    return perfdoc.extract(perfdoc.read(data, "old.docx")).document


def with_rows(document: Document, change: Callable[[list[Indicator]], object], project: int = 0) -> Document:
    """The document with the indicators of a project changed in place."""
    projects = list(document.projects)
    rows = list(projects[project].indicators)
    change(rows)
    projects[project] = projects[project].model_copy(update={"indicators": tuple(rows)})
    return document.model_copy(update={"projects": tuple(projects)})


def body(data: bytes) -> bytes:
    """The bytes of the main part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml")
