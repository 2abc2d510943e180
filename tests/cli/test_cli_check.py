"""`perfdoc check` and `perfdoc explain` as commands: places, carets, fixes, suppressions, formats, exit codes."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from checkout import ROOT
from cli_support import folder, run, start, tree, word
from good_specs import OLD
from work import growth

from perfdoc.checks import RULES, catalogue
from perfdoc.cli.terminal.findings import _window
from perfdoc.meanings import meanings
from perfdoc.specs import files, format_text
from perfdoc.visible import width

FIVE = ROOT / "specs" / "hexi-court-2023"
LINE = re.compile(
    r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|info) (?P<code>PD\d{3}): ", re.M
)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A document in which nothing is to be found."""
    where = tmp_path / "good-2024"
    where.mkdir()
    for name, text in files(OLD).items():
        (where / name).write_text(text, encoding="utf-8")
    return where


def change(file: Path, old: str, new: str) -> int:
    """Replace a text in a file that has it once; the line that it stands on."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def first(folder: Path) -> Path:
    return min(folder.glob("01-*.yaml"))


def listed(out: str) -> Iterator[tuple[str, int, int, str, str]]:
    for found in LINE.finditer(out):
        yield Path(found["file"]).name[:2], int(found["line"]), int(found["column"]), found["severity"], found["code"]


def test_the_five_real_projects() -> None:
    ran = run("check", FIVE)
    assert ran.code == 1
    assert list(listed(ran.out)) == [
        ("04", 42, 11, "error", "PD404"),  # 280.25 of 280.24
        ("01", 27, 11, "warning", "PD304"),  # 陪审案件数量 is an output with ≤
        ("01", 71, 14, "warning", "PD601"),  # 参与案件审计
        ("03", 18, 11, "warning", "PD301"),  # 2辆 without an operator
        ("03", 26, 11, "warning", "PD310"),  # one period, three spellings
        ("04", 13, 24, "warning", "PD610"),  # cleaning that no indicator measures
        ("04", 28, 11, "warning", "PD206"),  # a quantity filed as quality
        ("04", 38, 11, "warning", "PD310"),
        ("05", 18, 11, "warning", "PD304"),  # 救助人数
        ("03", 12, 13, "info", "PD602"),  # a half-width comma …
        ("03", 12, 14, "info", "PD603"),  # … and two spaces
    ]
    assert ran.err == "11 findings: 1 error, 8 warnings, 2 infos; --fix can mend 4\n"


def test_a_clean_document_gives_no_output(good: Path) -> None:
    for path in (good, good / "document.yaml", *good.glob("0*.yaml")):
        ran = run("check", path)
        assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_the_caret_stands_under_what_it_is_about() -> None:
    out = run("check", FIVE, "--select", "PD601", "--lang", "zh").out.splitlines()
    assert out[1] == "  71 |   target: 陪审员参与案件审计，行使权利，促进司法公正"
    assert out[2] == "     |                 ^^^^^^^^^^^^"
    assert out[3].strip() == "= 改为: 陪审员参与案件审判，行使权利，促进司法公正"


def test_a_long_line_is_shown_around_the_stretch(good: Path) -> None:
    change(
        first(good),
        "，改善办学条件。",
        "，" + "改善各类学校的办学条件，" * 12 + "保政安全，" + "方便群众，" * 20 + "惠及师生。",
    )
    out = run("check", good, "--select", "PD601").out.splitlines()
    assert out[1].startswith("  12 | …")
    assert out[1].endswith("…")
    assert out[2].count("^") == 4


def test_numbers_agree_with_the_places_of_json(good: Path) -> None:
    line = change(first(good), "≥12所", "≥12")
    ran = run("check", good, "--format", "json")
    (one,) = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "[]\n")
    assert (one["line"], one["column"], one["end_line"], one["end_column"]) == (line, 12, line, 14)
    assert (one["code"], one["severity"], one["quote"], one["value"]) == ("PD302", "warning", "12", "≥12")
    assert one["path"] == ["projects", 0, "indicators", 0, "target"]
    assert (one["fix"], one["safe"], one["fixed"], one["related"]) == (None, False, False, [])


def test_places_of_missing_and_empty_values_are_their_keys(good: Path) -> None:
    file = first(good)
    line = change(file, "purpose: 用于中小学校舍维修改造", "purpose:")
    change(file, "  name: 某市教育局\n", "")
    assert list(listed(run("check", file).out)) == [
        ("01", 2, 1, "error", "PD102"),
        ("01", line - 1, 1, "warning", "PD113"),
    ]


def test_the_exit_code_follows_the_severity(good: Path) -> None:
    change(first(good), "≥12所", "≥12")
    assert run("check", good).code == 0
    assert run("check", good, "--severity", "warning").code == 1
    assert run("check", good, "--ignore", "PD3").out == ""
    assert run("check", good, "--select", "PD1,PD302", "--severity", "info").code == 1
    assert run("check", good, "--select", "PD404").out == ""
    assert run("check", good, "--select", "PD777").code == 2
    assert run("check", good, "--ignore", "nonsense").code == 2


def test_fix_mends_what_is_safe_and_keeps_comments(good: Path) -> None:
    file = first(good)
    change(file, "≥95%", '">=９5%"  # agreed')
    change(file, "改造，改善", "改造,  改善")
    before = tree(good)
    shown = run("check", good, "--diff")
    assert (shown.code, tree(good)) == (1, before)
    assert "+  target: ≥95%  # agreed" in shown.out
    preview = run("check", good, "--fix", "-n")
    assert tree(good) == before
    assert preview.out.count(": would fix PD") == 4
    ran = run("check", good, "--fix")
    assert ran.code == 0
    assert sorted(re.findall(r": fixed (PD\d+): ", ran.out)) == ["PD312", "PD313", "PD602", "PD603"]
    text = file.read_text(encoding="utf-8")
    assert "target: ≥95%  # agreed\n" in text
    assert "改造，改善" in text
    assert format_text(text, file.name) == text
    assert (run("check", good).out, run("check", good, "--fix").out) == ("", "")


def test_fix_changes_only_its_stretch_of_a_file_that_is_not_canonical(good: Path) -> None:
    file = first(good)
    text = (
        file.read_text(encoding="utf-8").replace("money_unit: 万元", "money_unit:    '万元'").replace("≥95%", "'≥95％'")
    )
    file.write_text(text, encoding="utf-8")
    assert run("check", good, "--fix").code == 0
    assert file.read_text(encoding="utf-8") == text.replace("'≥95％'", "'≥95%'")


def test_fix_mends_what_it_can_and_says_what_it_can_not(tmp_path: Path) -> None:
    """A folded text (`>`) can't be changed in its place; the other values of its file are mended all the same."""
    file = tmp_path / "a.yaml"
    file.write_text('name: １２项目\ngoals: "一,二\\n三,四"\npurpose: >-\n  培训,数量\n\n  第二行\n', encoding="utf-8")
    ran = run("check", file, "--fix", "--select", "PD313,PD602")
    assert sorted(re.findall(r": fixed (PD\d+): ", ran.out)) == ["PD313", "PD602"]
    assert "= fix (by hand: --fix can't change a folded text): 培训，数量" in ran.out
    assert "can mend" not in ran.err
    kept = "purpose: >-\n  培训,数量\n\n  第二行\n"
    assert file.read_text(encoding="utf-8") == f'name: 12项目\ngoals: "一，二\\n三，四"\n{kept}'


def test_the_five_projects_mended() -> None:
    out = run("check", FIVE, "--diff").out
    assert "-  target: 2023年1月-2023年12月\n+  target: 2023年1-12月\n" in out
    assert "+  1.更新购置囚车2辆，满足法院办案需求。\n" in out
    assert len(re.findall(r"(?m)^\+(?!\+)", out)) == 3


def test_fix_says_what_it_is_for_and_is_quiet_where_it_shall_be(good: Path, tmp_path: Path) -> None:
    file = word(tmp_path)
    before = file.read_bytes()
    assert f"{file}: --fix is for YAML" in run("check", file, "--fix").err
    assert "--fix" not in run("check", file, "-n").err
    assert file.read_bytes() == before
    change(first(good), "≥95%", '">=９5%"')
    assert "fixed PD" in run("check", shutil.copytree(good, tmp_path / "loud"), "--fix").out
    quiet = run("check", good, "--fix", "-q")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    assert "target: ≥95%\n" in first(good).read_text(encoding="utf-8")


def test_fix_of_standard_input_goes_to_standard_output() -> None:
    text = (FIVE / "03-法院囚车更新购置-2023中央.yaml").read_text(encoding="utf-8")
    ran = run("check", "-", "--fix", stdin=text)
    assert (ran.code, ran.out) == (0, text.replace("2辆,  满足", "2辆，满足"))
    assert "PD602" in run("check", "-", stdin=text).out


RECORD = "- level1: 产出指标\n  level2: 数量指标\n  level3: 维修改造学校数量\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  target: ≥12所", "  target: ≥12  # perfdoc: ignore[PD302] by hand"),
        ("  target: ≥12所", "  # perfdoc: ignore[PD302]: by hand\n  target: ≥12"),
        (f"{RECORD}  target: ≥12所", f"# perfdoc: ignore[PD302] by hand\n{RECORD}  target: ≥12"),
        ("  target: ≥12所", "  target: ≥12\n# perfdoc: ignore-file[PD3] by hand"),
    ],
    ids=["behind", "above", "record", "file"],
)
def test_a_comment_with_a_reason_suppresses(good: Path, old: str, new: str) -> None:
    change(first(good), old, new)
    assert run("check", good).out == ""


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# perfdoc: ignore[PD302]", ["PD902"]),
        ("# perfdoc: ignore[PD302, PD303] both", ["PD901"]),
        ("# perfdoc: ignore[PD309] other", ["PD302", "PD901"]),
        ("# perfdoc: ignore[PD999] none", ["PD302", "PD903"]),
        ("# perfdoc: ignore all of it", ["PD302", "PD903"]),
    ],
)
def test_comments_that_are_unused_or_unsound_are_findings(good: Path, comment: str, codes: list[str]) -> None:
    line = change(first(good), "≥12所", f"≥12  {comment}")
    found = list(listed(run("check", good).out))
    assert [code for *_, code in found] == codes
    assert {at for _, at, *_ in found} == {line}
    assert run("check", good, "--select", "PD302").code == 0


def test_an_unused_suppression_of_a_rule_that_is_not_run_is_no_finding(good: Path) -> None:
    change(first(good), "≥12所", "≥12所  # perfdoc: ignore[PD302] by hand")
    assert "PD901" in run("check", good).out
    assert run("check", good, "--ignore", "PD302").out == ""


def test_a_comment_inside_of_a_text_is_content(good: Path) -> None:
    change(first(good), "2.消除校舍安全隐患", "2.消除校舍安全隐患 # perfdoc: ignore[PD101] x")
    assert "PD901" not in run("check", good).out
    change(first(good), "2.消除校舍", "2.消除,校舍")
    assert "PD602" in run("check", good).out
    change(first(good), "goals: |-", "goals: |-  # perfdoc: ignore[PD6] quoted")
    assert run("check", good, "--select", "PD6,PD9").out == ""


def test_a_repository_s_choices(good: Path) -> None:
    change(first(good), "≥12所", "≥12")
    (good.parent / ".git").mkdir()
    choices = good.parent / "perfdoc.yaml"
    choices.write_text("check:\n  ignore: [PD302]\n", encoding="utf-8")
    assert run("check", good).out == ""
    choices.write_text("check:\n  severity: warning\n  lang: zh\n  levels:\n    PD302: error\n", encoding="utf-8")
    ran = run("check", good)
    assert (ran.code, "error PD302: “维修改造学校数量”的指标值" in ran.out) == (1, True)
    choices.write_text("check:\n  year: '2025'\n  select: [PD604]\n", encoding="utf-8")
    assert "PD604" in run("check", good).out
    choices.write_text("check:\n  slips:\n    中小学校: 中学和小学\n  select: PD601\n", encoding="utf-8")
    assert "PD601" in run("check", good).out
    choices.unlink()
    (good.parent / "pyproject.toml").write_text('[tool.perfdoc.check]\nignore = ["PD3"]\n', encoding="utf-8")
    assert run("check", good).out == ""


@pytest.mark.parametrize(
    "text",
    [
        "  ignor: [PD1]",
        "  levels:\n    PD302: bad",
        "  levels:\n    PD300: info",
        "  select: [PX]",
        "  year: soon",
        "  lang: fr",
        "  ignore:\n    a: b",
        "  slips: [a]",
        "- a",
        "  {a",
    ],
)
def test_choices_that_make_no_sense(good: Path, text: str) -> None:
    (good / "perfdoc.yaml").write_text(f"check:\n{text}\n", encoding="utf-8")
    ran = run("check", good)
    assert ran.code == 2
    assert "perfdoc.yaml" in ran.err


def test_the_language_is_the_locale_s(good: Path) -> None:
    change(first(good), "≥12所", "≥12")
    chinese = run("check", good, env={"LC_ALL": "zh_CN.UTF-8"})
    assert "没有计量单位" in chinese.out
    assert chinese.err == "共1个问题：警告1\n"
    assert "has no unit" in run("check", good, env={"LC_ALL": "C.UTF-8"}).out
    assert "has no unit" in run("check", good, "--lang", "en", env={"LC_ALL": "zh_CN.UTF-8"}).out


def test_a_project_s_file_is_looked_at_within_its_document(good: Path) -> None:
    second = min(good.glob("02-*.yaml"))
    change(second, "name: 城乡居民公共卫生服务补助资金", "name: 中小学校舍维修改造-2024市级")
    change(second, "  name: 某县卫生健康局", "  name: 某市教育局")
    assert "PD503" in run("check", second).out
    assert run("check", first(good), "--select", "PD5").out == ""
    change(first(good), "money_unit: 万元", "money_unit: [")
    ran = run("check", second)
    assert (ran.code, "PD503" in ran.out) == (0, False)
    assert run("check", first(good)).code == 3


def test_the_folder_that_one_stands_in(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(first(good), "≥95%", "≥95％")
    monkeypatch.chdir(good)
    for path in (".", first(good).name, f"./{first(good).name}", f"../{good.name}"):
        ran = run("check", path)
        assert ("PD313" in ran.out, "^" in ran.out, " | " in ran.out) == (True, True, True)
        assert re.search(r"\d+ \|   target: ≥95％", ran.out)
    assert "fixed PD313" in run("check", ".", "--fix").out
    assert "≥95%" in first(good).read_text(encoding="utf-8")


def test_broken_specs_are_said_like_findings(good: Path) -> None:
    line = change(first(good), "money_unit: 万元", "monye_unit: 万元")
    ran = run("check", good)
    assert ran.code == 3
    assert ("01", line, 1, "error", "PD012") in list(listed(ran.out))
    assert run("check", good / "none.yaml").code == 3
    assert run("check", good.parent / "empty").code == 3


def test_files_that_the_document_does_not_list_are_said(good: Path) -> None:
    (good / "09-left.yaml").write_text("name: x\n", encoding="utf-8")
    ran = run("check", good)
    assert (ran.code, "09-left.yaml" in ran.out, "warning PD0" in ran.out) == (0, True, True)
    assert run("check", good, "--ignore", "PD1").out == ran.out
    assert run("check", good, "--select", "PD1").out == ""


def test_word_and_excel_files_have_findings_at_their_cells(tmp_path: Path) -> None:
    file = word(tmp_path)
    ran = run("check", file)
    assert re.search(r"received\.docx: table \d+ row \d+ column \d+: \w+ PD\d{3}: ", ran.out)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.docx").write_bytes(file.read_bytes())
    assert run("check", tmp_path / "folder").out.count(": ") == ran.out.count(": ")
    assert run("check", "-", stdin=file.read_bytes()).out.startswith("<stdin>: table ")
    (tmp_path / "bare").mkdir()
    assert run("check", tmp_path / "bare").code == 3


def comments_of(data: bytes) -> tuple[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert "comments+xml" in package.read("[Content_Types].xml").decode()
        assert "/comments" in package.read("word/_rels/document.xml.rels").decode()
        return package.read("word/comments.xml").decode(), package.read("word/document.xml").decode()


def test_findings_as_word_comments_of_a_spec(tmp_path: Path) -> None:
    ran = run("check", FIVE, "--annotate", tmp_path / "out.docx", "--lang", "zh")
    assert ran.code == 1
    comments, document = comments_of((tmp_path / "out.docx").read_bytes())
    assert comments.count("<w:comment ") == 11
    assert document.count("<w:commentReference ") == document.count("<w:commentRangeEnd ") == 11
    at = document.index("commentRangeStart", document.index("搬迁项目支出"))
    assert "≤280.25万元" in document[at : at + 600]
    unchanged = run("check", FIVE, "--annotate", tmp_path / "out.docx", "--lang", "zh").err
    assert f"{tmp_path / 'out.docx'}: 未变" in unchanged
    again = run("check", FIVE, "--annotate", tmp_path / "again.docx", "--lang", "zh")
    assert again.code == 1
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "out.docx").read_bytes()


def test_findings_as_word_comments_of_a_word_file(tmp_path: Path) -> None:
    file = tmp_path / "five.docx"
    assert run("render", FIVE, "-o", file, "--pages", "none").code == 0
    assert run("check", file, "--annotate", tmp_path / "out.docx").code == 1
    comments, _ = comments_of((tmp_path / "out.docx").read_bytes())
    assert comments.count("<w:comment ") == 11
    assert run("import", tmp_path / "out.docx", "-o", tmp_path / "back").code == 0
    for each in FIVE.iterdir():
        assert (tmp_path / "back" / each.name).read_bytes() == each.read_bytes()
    # once more over a file that has comments: none is said twice
    assert run("check", tmp_path / "out.docx", "--annotate", tmp_path / "twice.docx").code == 1
    assert (tmp_path / "twice.docx").read_bytes() == (tmp_path / "out.docx").read_bytes()


def test_annotate_is_for_one_document_that_word_opens(tmp_path: Path) -> None:
    other = folder(tmp_path / "other")
    assert run("check", FIVE, other, "--annotate", tmp_path / "x.docx").code == 2
    assert run("check", FIVE, "--fix", "--annotate", tmp_path / "x.docx").code == 2
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert run("check", tmp_path / "a.txt", "--annotate", tmp_path / "x.docx").code in (2, 3)
    assert not (tmp_path / "x.docx").exists()


def test_github_s_annotations() -> None:
    out = run("check", FIVE, "--format", "github", "--select", "PD404").out
    assert re.fullmatch(
        r"::error file=[^,]+/04-[^,]+\.yaml,title=PD404,line=42,col=11,endLine=42,endColumn=20::“搬[^\n]+\n", out
    )


def test_sarif(good: Path) -> None:
    whole = json.loads(run("check", FIVE, "--format", "sarif").out)
    assert whole["version"] == "2.1.0"
    (one,) = whole["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(catalogue())
    assert len(one["results"]) == 11
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] > 0
        assert "%" in place["artifactLocation"]["uri"]
        assert place["artifactLocation"]["uri"].isascii()
    clean = json.loads(run("check", good, "--format", "sarif").out)
    assert clean["runs"][0]["results"] == []


def test_explain_lists_and_explains() -> None:
    out = run("explain").out
    assert re.findall(r"^  (PD\d{3})", out, re.MULTILINE) == [*meanings(), *catalogue()]
    assert len(RULES) >= 35
    one = run("explain", "PD404", "--lang", "zh").out
    assert "成本指标超过预算数" in one
    assert "财预〔2021〕101号" in one
    assert run("explain", "pd4").out.count("Basis") >= 8
    assert run("explain", "PD777").code == 2
    assert run("check", "--select", "PD048").code == 2, "no rule"
    told = run("explain", "PD048").out
    assert "a label without a value" in told
    assert "perfdoc inspect" in told
    told = json.loads(run("explain", "PD101", "--format", "json").out)
    assert told[0]["title"] == {"zh": "项目名称未填", "en": "no project name"}


def test_every_code_that_can_be_printed_is_told_in_both_languages() -> None:
    sources = (file.read_text(encoding="utf-8") for file in (ROOT / "perfdoc").rglob("*.py"))
    printed = {code for text in sources for code in re.findall(r'"(PD0\d\d)"', text)}
    assert printed == set(meanings())
    assert list(meanings()) == sorted(meanings())
    for one in meanings().values():
        for zh, en in (one.means, one.do):
            assert re.search("[一-鿿]|form.yaml", zh), one.code
            assert re.search("[a-z]{3}", en), one.code
            assert "\n" not in zh + en


@pytest.mark.parametrize(("language", "lang"), [("en", 1), ("zh", 0)])
def test_the_page_on_forms_and_explain_say_the_same_of_form_lint(language: str, lang: int) -> None:
    page = (ROOT / f"docs/{language}/forms.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (PD0\d\d) \| (.*) \| (.*) \|$", page, re.MULTILINE)
    said = {code: (means.replace("`", ""), do.replace("`", "")) for code, means, do in rows}
    assert said == {c: (m.means[lang], m.do[lang]) for c, m in meanings().items() if m.family == "form"}


def test_every_rule_is_told_in_both_languages() -> None:
    for one in catalogue().values():
        for zh, en in (one.title, one.why, *one.messages.values()):
            assert re.search("[一-鿿]", zh)
            assert re.search("[a-z]{3}", en)
            assert "\n" not in zh + en
        for zh, en in one.messages.values():
            assert sorted(re.findall(r"\{\w+\}", zh)) == sorted(re.findall(r"\{\w+\}", en)), one.code
        assert one.basis


def test_checking_is_linear() -> None:
    from perfdoc.checks import findings
    from perfdoc.form_definition import form
    from perfdoc.model import Document

    def checked(number: int) -> Callable[[], object]:
        document = Document(form="tianjin", projects=OLD.projects * number)
        return lambda: findings(document, form("tianjin"))

    assert growth(checked, 4) < 6


def test_the_process_starts_quickly_and_prints_utf8(good: Path) -> None:
    change(first(good), "≥12所", "≥12")
    done = start("check", good)
    assert (done.returncode, "PD302" in done.stdout) == (0, True)


def test_of_a_long_line_only_the_part_that_is_shown_is_looked_at() -> None:
    """A cell of 64,000 characters may have thousands of findings."""

    def of(size: int) -> Callable[[], None]:
        line = "一,二" * size

        def windows() -> None:
            for at in (0, len(line) // 2, len(line) - 1):
                window, first, last = _window(line, at, at + 1)
                assert window[first:last] == line[at : at + 1]
                assert width(window) <= 102, "with an ellipsis at both ends"

        return windows

    assert growth(of, 1000) < 1.2
