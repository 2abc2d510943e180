"""`perfdoc render` to workbooks, and from one form to another."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from cli_support import LISTING, PROJECT, Ran, folder, run
from openpyxl import load_workbook

from perfdoc.extraction import extract
from perfdoc.form_definition import form
from perfdoc.reading import read
from perfdoc.specs import load

NO_PAGES = ("--pages", "none")


def render(*args: str | Path) -> Ran:
    return run("render", *args, *NO_PAGES)


def test_the_suffix_says_the_kind(tmp_path: Path) -> None:
    specs, out = folder(tmp_path / "a"), tmp_path / "x.xlsx"
    ran = render(specs, "-o", out)
    assert (ran.code, ran.err) == (0, f"{out}: written\n")
    assert load_workbook(out).sheetnames == ["法院办案业务费", "司法救助资金"]
    assert extract(read(out.read_bytes(), "x.xlsx")).document == form("tianjin").normal(load(specs).document)
    assert render(specs, "-o", out).err.endswith("x.xlsx: unchanged\n")
    assert render(specs, "-o", tmp_path / "X.XLSX").code == 0
    assert (tmp_path / "X.XLSX").read_bytes() == out.read_bytes()


def test_the_option_says_the_kind_where_the_name_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = folder(tmp_path / "a"), folder(tmp_path / "b")
    monkeypatch.chdir(tmp_path)
    assert render(one, two, "-o", "out/", "--to", "xlsx").code == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["a.xlsx", "b.xlsx"]
    raw = render(one, "-o", "-", "--to", "xlsx").raw
    assert raw == (tmp_path / "out" / "a.xlsx").read_bytes()
    assert render("a", "-r", "-o", "tree", "--to", "xlsx").code == 0
    assert (tmp_path / "tree" / "a.xlsx").read_bytes() == raw
    assert render(one, "--form", "flat-xlsx").err == "a.xlsx: written\n"
    assert load_workbook(BytesIO((tmp_path / "a.xlsx").read_bytes())).sheetnames == ["绩效指标"]
    assert render(one, "-n", "--to", "xlsx", "-o", "none").err == "none: would write\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("-o", "x.odt"), "only Word files (.docx), workbooks (.xlsx) and .pdf are written, not .odt"),
        (("-o", "x.docx", "--to", "xlsx"), "x.docx: --to xlsx says another kind of file"),
        (("-o", "x.docx", "--form", "flat-xlsx"), "is a list in a workbook: it is rendered to xlsx, not to docx"),
        (("--form", "flat-xlsx", "--to", "docx"), "is a list in a workbook: it is rendered to xlsx, not to docx"),
    ],
)
def test_kinds_that_make_no_sense(
    args: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs = folder(tmp_path / "a")
    monkeypatch.chdir(tmp_path)
    ran = render(specs, *args)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert said in ran.err
    assert not [*tmp_path.glob("x.*")]


def test_another_form_names_every_value_that_it_has_no_place_for(tmp_path: Path) -> None:
    text = PROJECT + "  weight: 10\nextra:\n  主管部门: 高级人民法院\n"
    listing = LISTING.replace("费.yaml\n", "费.yaml\n  heading: 其一\n  bookmarks: [a, b]\n").replace(
        "form: tianjin\n", "form: tianjin\ntitle: 2023年\n"
    )
    specs = folder(tmp_path / "a", {"01-法院办案业务费.yaml": text, "document.yaml": listing})
    out = tmp_path / "x.docx"
    ran = render(specs, "--form", "central", "-o", out, "--strict")
    assert ran.code == 4
    assert not out.exists()
    said = [line.removeprefix(f"{specs}/") for line in ran.err.splitlines() if "PD071" in line and "02-" not in line]
    file, central = "01-法院办案业务费.yaml", "warning PD071: form central has no place for"
    assert said == [
        f"{file}:10:10: {central} 资金用途 (project.purpose); its text is left out: “数字档案扫描”",
        f"{file}:26:9: {central} 主管部门 (project.extra.主管部门); its text is left out: “高级人民法院”",
        f"{file}:22:16: {central} 绩效指标描述 (indicator.description); its text is left out: “年度抽检合格率”",
    ]
    assert render(specs, "--form", "central", "-o", out).code == 0
    back = extract(read(out.read_bytes(), "x.docx")).document
    assert back.form == "central"
    assert [row.weight for row in back.projects[0].indicators] == ["", "10"]
    ran = render(specs, "--form", "flat-xlsx", "-o", tmp_path / "x.xlsx")
    assert "document.yaml:2:8: warning PD071: form flat-xlsx has no place for 文件标题 (document.title)" in ran.err
    assert "document.yaml:5:12: warning PD071: form flat-xlsx has no place for 表前标题 (project.heading)" in ran.err
    assert "document.yaml:6:14: info PD071: form flat-xlsx has no bookmarks; those of the project" in ran.err
    back = extract(read((tmp_path / "x.xlsx").read_bytes(), "x.xlsx")).document
    assert back.form == "flat-xlsx"
    assert [row.target for row in back.projects[0].indicators] == ["≥183万页", "≥90%"]


def test_a_text_that_no_cell_holds_is_refused_beforehand(tmp_path: Path) -> None:
    specs = folder(
        tmp_path / "a", {"01-法院办案业务费.yaml": PROJECT.replace("数字档案扫描\n", "长" * 32768 + "\n", 1)}
    )
    for name in ("tianjin", "flat-xlsx"):
        ran = render(specs, "--form", name, "-o", tmp_path / "x.xlsx")
        assert ran.code == 4
        said = "error PD074: a cell of a worksheet holds 32,767 characters; project.purpose has 32,768"
        assert said in ran.err
        assert not (tmp_path / "x.xlsx").exists()
    assert render(specs, "-o", tmp_path / "x.docx").code == 0


UNNAMED = "projects:\n- spec: 01-a.yaml\n"


def _pages(folder_: Path, target: Path, *options: str) -> Ran:
    return run("render", folder_, "-o", target, "--pages", "none", *options)


def test_a_document_without_a_form_takes_the_one_that_shows_most(tmp_path: Path) -> None:
    """It says which and why; `verify` takes the same. Equal ones: that of the neighbours, then the first by name."""
    specs = folder(tmp_path / "specs/a", {"document.yaml": UNNAMED, "01-a.yaml": PROJECT})
    most = _pages(specs, tmp_path / "a.docx")
    assert most.code == 0
    assert "info PD069: no form is named; rendered as tianjin, which shows most: 17 of its 17 values" in most.err
    assert "PD069: no form is named; rendered as tianjin" in run("verify", specs).err
    plain = PROJECT.replace("purpose: 数字档案扫描\n", "").replace("  description: 年度抽检合格率\n", "")
    equal = folder(tmp_path / "specs/b", {"document.yaml": UNNAMED, "01-a.yaml": plain})
    tied = _pages(equal, tmp_path / "b.docx")
    assert "rendered as central, which shows 15 of its 15 values, as self-evaluation, tianjin would" in tied.err
    folder(tmp_path / "specs/c", {"document.yaml": f"form: self-evaluation\n{UNNAMED}", "01-a.yaml": plain})
    beside = _pages(equal, tmp_path / "c.docx")
    assert "rendered as self-evaluation" in beside.err
    assert "the form of most documents beside it" in beside.err
    folder(tmp_path / "specs/d", {"document.yaml": f"form: tianjin\n{UNNAMED}", "01-a.yaml": plain})
    apart = _pages(equal, tmp_path / "d.docx")
    assert "rendered as central" in apart.err, "no form is that of most"


def test_values_are_dropped_only_by_a_form_that_was_named(tmp_path: Path) -> None:
    given = PROJECT + "extra:\n  主管部门: 高院\n"
    specs = folder(tmp_path / "a", {"document.yaml": UNNAMED, "01-a.yaml": given})
    refused = _pages(specs, tmp_path / "a.docx")
    assert (refused.code, (tmp_path / "a.docx").exists()) == (4, False)
    assert "warning PD071" in refused.err
    assert "name the form if that is meant" in refused.err
    assert run("verify", specs).code == 4
    assert _pages(specs, tmp_path / "a.docx", "--form", "tianjin").code == 0
    named = folder(tmp_path / "b", {"document.yaml": f"form: tianjin\n{UNNAMED}", "01-a.yaml": given})
    assert _pages(named, tmp_path / "b.docx").code == 0
