"""Word files that a bureau has filled in, drawn with python-docx: layouts that no form of perfdoc has."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Cm
from docx.table import Table

ROWS = (
    ("产出指标", "数量指标", "河道清淤长度", "≥12.5公里"),
    ("产出指标", "数量指标", "泵站维修数量", "≥6座"),
    ("产出指标", "质量指标", "工程验收合格率", "100%"),
    ("效益指标", "社会效益指标", "防洪排涝能力", "有效提升"),
    ("效益指标", "生态效益指标", "断面水质达标率", "≥95%"),
)
HEADS = ("一级指标", "二级指标", "三级指标", "指标值", "备注")
AGENCY = "清河区河道管理所"
SEAL = f"{AGENCY}（公章）"


def filled(
    merged: int = 2,
    projects: int = 1,
    *,
    repeated: bool = True,
    parted: bool = False,
    side: bool = False,
    rows: Sequence[tuple[str, str, str, str]] = ROWS,
    spare: int = 0,
) -> bytes:
    """A filled-in file. The first `merged` levels are merged down; others are written on each row, or only once.

    `parted` puts the indicators in a table of their own, `side` a label beside them that is merged down. `spare` is
    the number of empty rows below them.
    """
    file = docx.Document()
    file.core_properties.author = "张建国"
    file.core_properties.title = f"{AGENCY}绩效目标"
    file.sections[0].header.paragraphs[0].text = f"{AGENCY}绩效管理材料"
    for number in range(projects):
        if number:
            file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _project(file, f"清淤工程{number + 1}期", merged, repeated, parted, side, rows, spare)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _project(
    file: Document,
    name: str,
    merged: int,
    repeated: bool,
    parted: bool,
    side: bool,
    rows: Sequence[tuple[str, str, str, str]],
    spare: int,
) -> None:
    file.add_paragraph("清河区项目支出绩效目标表")
    file.add_paragraph("（2025年度）")
    file.add_paragraph(f"填报单位：{AGENCY}　　　　金额单位：万元")
    left = int(side)
    table = file.add_table(rows=4, cols=5 + left)
    for at, texts in enumerate(
        (
            ("项目名称", name),
            ("主管部门", "清河区水务局", "实施单位", AGENCY),
            ("资金总额", "186.50", "其中：财政拨款", "150.00"),
        )
    ):
        _spread(table, at, texts)
    _spread(table, 3, ("总体目标", "目标1：清淤12.5公里。\n目标2：保障汛期安全。"))
    if parted:
        file.add_paragraph()
        table = file.add_table(rows=0, cols=5 + left)
    first = len(table.rows)
    for texts in (HEADS, *((*row, "") for row in rows), *[("",) * 5] * spare):
        cells = table.add_row().cells
        for column, text in enumerate(texts):
            cells[column + left].text = text
    for level in range(2):
        _level(table, first + 1, left + level, [row[: level + 1] for row in rows], level < merged, repeated)
    if side:
        table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0)).text = "绩效指标"
    file.add_paragraph("填表人：王小红　　　　联系电话：010-88886666")
    file.add_paragraph(SEAL).add_run().add_picture(io.BytesIO(picture()), width=Cm(2))
    file.add_paragraph("2025年3月12日")


def _spread(table: Table, row: int, texts: Sequence[str]) -> None:
    """Labels and values on a row, the last cell over what is left."""
    cells = table.rows[row].cells
    for at, text in enumerate(texts[:-1]):
        cells[at].text = text
    cells[len(texts) - 1].merge(cells[-1]).text = texts[-1]


def _level(
    table: Table, first: int, column: int, levels: Sequence[tuple[str, ...]], merges: bool, repeated: bool
) -> None:
    start = 0
    for at in range(1, len(levels) + 1):
        if at < len(levels) and levels[at] == levels[start]:
            if merges or not repeated:
                table.cell(first + at, column).text = ""
            continue
        if merges and at - start > 1:
            table.cell(first + start, column).merge(table.cell(first + at - 1, column)).text = levels[start][-1]
        start = at


def picture() -> bytes:
    """A red square, as a PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    lines = b"".join(b"\0" + b"\xc8\x1e\x1e" * 8 for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
