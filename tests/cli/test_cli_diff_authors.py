"""`perfdoc diff` of a returned Word file: who tracked what, and the comments."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

from cli_support import PROJECT, folder, run, word, zipped
from wordxml import W

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def tracked(kind: str, inner: str, author: str, date: str = "2024-03-02T15:04:00Z") -> str:
    return f'<w:{kind} w:id="9" w:author="{author}" w:date="{date}">{inner}</w:{kind}>'


def typed(xml: str, old: str, new: str, author: str, nth: int = 0) -> str:
    """The document with the nth text `old` struck and `new` put beside it, both tracked."""
    found = [*re.finditer(rf"<w:r><w:t xml:space=\"preserve\">{re.escape(old)}</w:t></w:r>", xml)][nth]
    struck = tracked("del", f"<w:r><w:delText>{old}</w:delText></w:r>", author)
    put = tracked("ins", f"<w:r><w:t>{new}</w:t></w:r>", author) if new else ""
    return xml[: found.start()] + struck + put + xml[found.end() :]


def comment(text: str) -> str:
    said = escape(text)
    return (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="财政局" w:date="2024-03-02T15:04:00Z">'
        f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:comment></w:comments>"
    )


def row_of(xml: str, text: str) -> re.Match[str]:
    (found,) = [row for row in re.finditer(r"<w:tr>.*?</w:tr>", xml, re.S) if text in row[0]][:1]
    return found


def returned(file: Path, change: Callable[[str], str], comments: str = "") -> Path:
    """The file as somebody sends it back, with a part of comments where there are any."""
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = change(parts["word/document.xml"].decode()).encode()
    if comments:
        parts["word/comments.xml"] = comments.encode()
        rels = "word/_rels/document.xml.rels"
        link = f'<Relationship Id="c" Type="{KIND}" Target="comments.xml"/></Relationships>'
        parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    out = file.with_name("returned.docx")
    out.write_bytes(zipped(parts))
    return out


def edited(xml: str) -> str:
    xml = typed(xml, "≥183万页", "≥190万页", "财政局")
    xml = typed(xml, "年度抽检合格率", "", "审计&lt;局&gt;")
    row = row_of(xml, "≥90%")
    put = row[0].replace("档案扫描成果合格率", "扫描差错率").replace("≥90%", "≤1%")
    put = put.replace("<w:trPr>", "<w:trPr>" + tracked("ins", "", "业务处"), 1)
    xml = xml[: row.end()] + put + xml[row.end() :]
    at = xml.rindex("<w:tbl>")
    row = row_of(xml[at:], "≥90%")
    gone = row[0].replace("<w:trPr>", "<w:trPr>" + tracked("del", "", "财政局", ""), 1)
    return xml[: at + row.start()] + gone + xml[at + row.end() :]


def test_who_changed_what(tmp_path: Path) -> None:
    file = word(tmp_path)
    ran = run("diff", file, returned(file, edited), "--lang", "zh")
    lines = [line.strip() for line in ran.out.splitlines()]
    assert "~ 产出指标 / 数量指标 / 数字档案扫描数量: ≥183万页 → ≥190万页（+7万页）  [财政局 2024-03-02 15:04]" in lines
    (text,) = [line for line in lines if "年度抽检合格率" in line]
    assert text.endswith("[审计<局> 2024-03-02 15:04]")
    assert "+ 产出指标 / 质量指标 / 扫描差错率: ≤1%  [业务处 2024-03-02 15:04]" in lines
    assert "- 产出指标 / 质量指标 / 档案扫描成果合格率: ≥90%  [财政局]" in lines
    one, other = json.loads(run("diff", file, tmp_path / "returned.docx", "--format", "json").out)["documents"][0][
        "projects"
    ]
    assert one["indicators"][0]["values"][0]["by"] == [{"author": "财政局", "date": "2024-03-02T15:04:00Z"}]
    assert other["indicators"][-1]["by"] == [{"author": "财政局", "date": ""}]
    page = run("diff", file, tmp_path / "returned.docx", "--format", "html").out
    assert "审计&lt;局&gt; 2024-03-02 15:04" in page
    assert page.count("财政局") == 2


def test_what_was_typed_without_tracking_has_no_author(tmp_path: Path) -> None:
    file = word(tmp_path)
    silent = returned(file, lambda xml: typed(xml, "55.00", "60.00", "甲").replace("≥183万页", "≥190万页", 1))
    out = run("diff", file, silent).out
    assert re.findall(r"\[.*\]", out) == ["[甲 2024-03-02 15:04]"]
    one, other = folder(tmp_path / "a"), folder(tmp_path / "b", {"01-法院办案业务费.yaml": "name: x\n"})
    assert "[" not in run("diff", one, other).out


def test_the_page_leaves_out_what_is_the_same(tmp_path: Path) -> None:
    file = word(tmp_path)
    back = returned(file, edited)
    whole = run("diff", file, back, "--format", "html").out
    short = run("diff", file, back, "--format", "html", "--changes-only").out
    assert "数字档案扫描" in short
    assert "资金用途" in whole
    assert "资金用途" not in short
    for mark in ("<del>", "<ins>", 'class="differs"', "<figure"):
        assert whole.count(mark) == short.count(mark) > 0
    assert 'class="same"' not in short
    assert 'class="same"' in whole
    assert run("diff", file, back, "--changes-only").code == 2


def remarked(xml: str) -> str:
    start, end = (
        '<w:commentRangeStart w:id="0"/>',
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
    )
    found = re.search(r"<w:r><w:t xml:space=\"preserve\">≥183万页</w:t></w:r>", xml)
    assert found
    return xml[: found.start()] + start + found[0] + end + xml[found.end() :]


def test_comments_of_the_returned_file_are_shown(tmp_path: Path) -> None:
    file = word(tmp_path)
    back = returned(file, remarked, comment("数量是否<过低>？"))
    text = run("diff", file, back, "--lang", "zh")
    assert (text.code, text.out.splitlines()[:2]) == (0, [
        "+ ¶ 法院办案业务费 / 数字档案扫描数量 / 指标值", "    财政局 2024-03-02 15:04：数量是否<过低>？",
    ])  # fmt: skip
    (one,) = json.loads(run("diff", file, back, "--format", "json").out)["documents"][0]["comments"]
    assert (one["author"], one["change"], one["path"]) == (
        "财政局",
        "added",
        ["projects", 0, "indicators", 0, "target"],
    )
    page = run("diff", file, back, "--format", "html").out
    assert "数量是否&lt;过低&gt;？" in page
    assert page.count("<section") == page.count("</section>") == 1
    assert run("diff", back, back, "--lang", "zh").out == ""
    same = run("diff", back, back, "--format", "html").out
    assert "数量是否&lt;过低&gt;？" in same
    assert "数量是否&lt;过低&gt;？" not in run("diff", back, back, "--format", "html", "--changes-only").out


def test_comments_of_specs_are_those_of_files(tmp_path: Path) -> None:
    file = word(tmp_path)
    back = returned(file, remarked, comment("数量是否过低？"))
    text = "- level1: 产出指标\n"
    comments = "  # 审核 ✓ 2024-03-02 15:04 财政局：数量是否过低？\n  #   ↳ 单位：已核实\n"
    noted = PROJECT.replace("  target: ≥183", f"{comments}  target: ≥183")
    assert text in noted
    specs = folder(tmp_path / "specs", {"01-法院办案业务费.yaml": noted})
    assert run("diff", back, specs).out.splitlines() == [
        "~ ¶ ✓ 法院办案业务费 / 数字档案扫描数量 / 指标值",
        "    财政局 2024-03-02 15:04: 数量是否过低？", "    ↳ 单位: 已核实",
    ]  # fmt: skip
    assert run("diff", specs, back).out.splitlines()[0].startswith("~ ¶ 法院办案业务费")
    assert run("diff", specs, specs).out == ""
    assert "¶ ✓" in run("diff", folder(tmp_path / "b") / "01-法院办案业务费.yaml", "-", stdin=noted).out
