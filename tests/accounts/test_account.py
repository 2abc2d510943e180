"""The account as a value, as JSON and as text; and what it says where the claims do not add up."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

from layouts import FILE, grid, layout

from perfdoc.accounts import STYLES, Account, Failure, Kind, Report, account, differences, part
from perfdoc.accounts.difference import divide, held
from perfdoc.accounts.plain import lines
from perfdoc.accounts.tally import Count, characters, counts
from perfdoc.accounts.words import path_words, place_words
from perfdoc.layout import Cell, Grid, Layout, Paragraph, Row
from perfdoc.model import Document, Indicator, Project
from perfdoc.report import Claim, Diagnostic, Path, Place, Reading, Role, Severity
from perfdoc.texts import speaking
from perfdoc.visible import width

FORM = grid(
    ["项目名称", "法院 办案业务费", "<"],
    ["主管部门", "某局", "<"],
    ["一级指标", "三级指标", "指标值"],
    ["产出指标", "数量", "≥1"],
    ["^", "质量", "≥90%"],
)
PROJECT = ("projects", 0)
ROLES: dict[str, tuple[Role, Path]] = {
    "法院 办案业务费": (Role.value, (*PROJECT, "name")),
    "某局": (Role.extra, (*PROJECT, "extra", "主管部门")),
    "产出指标": (Role.value, (*PROJECT, "indicators", 0, "level1")),
    "数量": (Role.value, (*PROJECT, "indicators", 0, "level3")),
    "≥1": (Role.value, (*PROJECT, "indicators", 0, "target")),
    "质量": (Role.value, (*PROJECT, "indicators", 1, "level3")),
    "≥90%": (Role.value, (*PROJECT, "indicators", 1, "target")),
    "单位：万元": (Role.value, (*PROJECT, "money_unit")),
    "随便一写": (Role.unclaimed, ()),
}
ROLES.update(dict.fromkeys(("项目名称", "主管部门", "一级指标", "三级指标", "指标值"), (Role.label, ())))
DOCUMENT = Document(projects=(Project(name="法院 办案业务费", indicators=(Indicator(), Indicator())),))


def received(*blocks: Grid | str) -> tuple[Layout, Reading]:
    """A layout, and a reading that claims its texts by ROLES, piece by piece where wide gaps cut them."""
    made = layout(*blocks)
    claims = [
        Claim(role, place, piece, path)
        for place, text in held(made)
        for piece in text.split("    ")
        for role, path in [ROLES.get(piece, (Role.outside, ()))]
    ]
    said = [
        Diagnostic("PD041", Severity.warning, f"not placed: {claim.text}", claim.place, claim.text)
        for claim in claims
        if claim.role is Role.unclaimed
    ]
    return made, Reading(DOCUMENT, {}, tuple(said), tuple(claims))


def report(style: str, *files: tuple[Account, Layout] | Failure) -> str:
    with Report(STYLES[style]) as made:
        for one in files:
            made.add(one) if isinstance(one, Failure) else made.add(*one)
        return "".join(made.pieces())


# The value


def test_every_role_is_counted_in_pieces_and_characters() -> None:
    made, reading = received("单位：万元    随便一写", FORM, "附在后面的话", grid(["收入", "支出"], ["1", ""]))
    found = account(made, reading)
    assert found.counts == {
        Role.value: (7, characters("单位：万元法院办案业务费产出指标数量≥1质量≥90%")),
        Role.label: (5, characters("项目名称主管部门一级指标三级指标指标值")),
        Role.boilerplate: (0, 0),
        Role.extra: (1, 2),
        Role.unclaimed: (1, 4),
        Role.outside: (4, 6 + 5),
    }
    assert list(found.counts) == list(Role)
    assert sum(count.characters for count in found.counts.values()) == found.held.characters
    assert (found.recognised, found.form, found.projects, found.indicators) == (True, None, ("法院 办案业务费",), 2)
    assert [claim.text for claim in found.quoted(Role.unclaimed)] == ["随便一写"]
    assert [claim.text for claim in found.quoted(Role.extra)] == ["某局"]
    assert [claim.text for claim in found.quoted(Role.outside)] == ["附在后面的话", "收入", "支出", "1"]
    assert found.doubts == 1
    assert pickle.loads(pickle.dumps(found)) == found


def test_characters_are_code_points_without_white_space() -> None:
    assert characters(" a\u3000b\n\t\xa0😀") == 3
    claims = [Claim(Role.value, Place(FILE), "甲 乙"), Claim(Role.value, Place(FILE), " \n")]
    assert counts(claims)[Role.value] == Count(1, 2)


def test_without_a_form_all_is_outside() -> None:
    made = layout("会议纪要", grid(["甲", ""], ["^", "丁"]))
    found = account(made)
    assert not found.recognised
    assert found.counts[Role.outside] == found.held == (3, 6)
    assert not found.differences
    assert not found.diagnostics


def test_an_unclaimed_text_that_nothing_speaks_of_gets_a_diagnostic() -> None:
    made, reading = received("单位：万元    随便一写", FORM)
    silent = replace(reading, diagnostics=())
    (said,) = account(made, silent).diagnostics
    assert (said.code, said.severity, said.quote) == ("PD040", Severity.warning, "随便一写")
    assert said.place == Place(FILE, paragraph=1)
    assert account(made, reading).diagnostics == reading.diagnostics


# The difference


def test_a_claim_left_out_is_missing_and_said_as_an_error() -> None:
    made, reading = received(FORM)
    for n, claim in enumerate(reading.claims):
        short = replace(reading, claims=(*reading.claims[:n], *reading.claims[n + 1 :]))
        found = account(made, short)
        assert found.differences == ((Kind.missing, claim.place, claim.text),)
        (said,) = [one for one in found.diagnostics if one.code == "PD049"]
        assert (said.severity, said.place, said.quote) == (Severity.error, claim.place, claim.text)


def test_a_claim_made_twice_or_made_up_is_surplus() -> None:
    made, reading = received(FORM)
    claim = reading.claims[1]
    assert differences(held(made), (*reading.claims, claim)) == ((Kind.surplus, claim.place, claim.text),)
    nowhere = Claim(Role.value, Place(FILE, table=9), "无中生有")
    assert differences(held(made), (*reading.claims, nowhere)) == ((Kind.surplus, nowhere.place, "无中生有"),)
    other = claim._replace(text="法院办案")
    assert differences(held(made), (reading.claims[0], other, *reading.claims[2:])) == (
        (Kind.missing, claim.place, "法院 办案业务费"),
        (Kind.surplus, claim.place, "法院办案"),
    )


def test_hidden_texts_and_all_stories_count() -> None:
    rows = (Row((Cell("甲", 1, 1, rowspan=2),)), Row((Cell("藏", 2, 1, continues=True),), hidden=True))
    blocks = (Grid(rows, 1, Place(FILE, table=1)), Paragraph("注", Place(FILE, paragraph=1), story="footnote"))
    made = Layout(FILE, "docx", (*blocks, Paragraph(" \u3000", Place(FILE, paragraph=2))))
    assert [text for _, text in held(made)] == ["甲", "藏", "注"]
    assert [one.text for one in differences(held(made), ())] == ["甲", "藏", "注"]


def test_a_line_may_be_claimed_in_pieces_but_for_the_white_space_between() -> None:
    place = Place(FILE, paragraph=1)
    made = layout("单位：万元    2023年\t填报人：甲")

    def claims(*texts: str) -> list[Claim]:
        return [Claim(Role.value, place, text) for text in texts]

    assert differences(held(made), claims("单位：万元", "2023年", "填报人：甲")) == ()
    assert differences(held(made), claims("单位：万元", "填报人：甲")) == ((Kind.missing, place, "2023年"),)
    assert differences(held(made), claims("单位：万元", "填报人：")) == (
        (Kind.missing, place, "2023年"),
        (Kind.missing, place, "甲"),
    )
    assert differences(held(made), claims("2023年", "单位：万元", "填报人：甲")) == (
        (Kind.missing, place, "单位：万元"),
        (Kind.surplus, place, "单位：万元"),
    )


def test_two_texts_at_one_place_have_a_claim_each() -> None:
    place = Place(FILE, sheet="表一")
    made = Layout(FILE, "xlsx", (Paragraph("甲", place), Paragraph("乙 丙", place), Paragraph("甲", place)))
    whole = [Claim(Role.outside, place, text) for text in ("乙 丙", "甲", "甲")]
    assert differences(held(made), whole) == ()
    assert differences(held(made), whole[:2]) == ((Kind.missing, place, "甲"),)
    assert differences(held(made), [*whole[1:], *(Claim(Role.label, place, text) for text in "乙丙")]) == ()


def test_dividing_a_text_loses_nothing_of_it() -> None:
    claims = [Claim(Role.value, Place(FILE), text) for text in ("b", "", "d", "b")]
    pieces, surplus = divide("a b cd", claims)
    assert [(piece.text, piece.claim is not None) for piece in pieces] == [
        ("a ", False),
        ("b", True),
        (" c", False),
        ("d", True),
    ]
    assert surplus == [claims[1], claims[3]]


# JSON


def test_json_has_every_quote_with_its_place() -> None:
    made, reading = received("单位：万元    随便一写", FORM, "附在后面的话")
    one = json.loads(report("json", (account(made, reading), made), Failure("坏.docx", "坏.docx: cut off")))
    assert one["version"] == 1
    read, failed = one["files"]
    assert failed == {"file": "坏.docx", "failure": "坏.docx: cut off"}
    assert list(read) == [
        "file", "failure", "kind", "recognised", "form", "projects", "indicators", "held", "roles",
        "unclaimed", "outside", "extra", "differences", "diagnostics",
    ]  # fmt: skip
    assert read["roles"] == one["roles"]
    assert sum(role["characters"] for role in read["roles"].values()) == read["held"]["characters"]
    (extra,) = read["extra"]
    assert extra == {
        "file": FILE, "line": None, "column": 2, "table": 1, "row": 2, "paragraph": None, "sheet": None, "part": None,
        "text": "某局", "path": ["projects", 0, "extra", "主管部门"],
    }  # fmt: skip
    assert [quote["text"] for quote in read["unclaimed"] + read["outside"]] == ["随便一写", "附在后面的话"]
    assert read["diagnostics"][0]["code"] == "PD041"
    assert read["differences"] == []


def test_json_of_many_files_adds_their_roles_up() -> None:
    made, reading = received(FORM)
    found = account(made, reading)
    one = json.loads(report("json", (found, made), (found, made)))
    assert len(one["files"]) == 2
    assert one["roles"]["value"]["characters"] == 2 * found.counts[Role.value].characters
    assert json.loads(report("json"))["files"] == []


def test_lone_surrogates_are_escaped() -> None:
    made = layout("坏\ud800字")
    for style in STYLES:
        text = report(style, (account(made), made))
        assert "坏" in text or style == "txt"
        text.encode()
    assert json.loads(report("json", (account(made), made)))["files"][0]["outside"][0]["text"] == "坏\ud800字"


# Text


def test_text_is_a_line_a_role_then_what_is_not_claimed() -> None:
    made, reading = received("单位：万元    随便一写", FORM)
    long = Claim(Role.unclaimed, Place(FILE, paragraph=1), "随便一写" + "长" * 200)
    reading = replace(reading, claims=(*reading.claims, long))
    made = replace(made, blocks=(*made.blocks, Paragraph(long.text, long.place)))
    said = list(lines(account(made, reading), columns=60))
    assert said[0] == f"{FILE}: docx, form unknown, 1 project, 2 indicators, 2 doubts"
    assert [line.split()[0] for line in said[1:5]] == ["value", "label", "boilerplate", "extra"]
    assert said[5].startswith("! unclaimed ")
    assert "as the file holds" in said[7]
    assert said[8] == "    not claimed, paragraph 1: “随便一写”"
    assert said[9].startswith("    not claimed, paragraph 1: “随便一写长")
    assert said[9].endswith("长…”")
    assert 58 <= width(said[9]) <= 60
    assert "PD041" in said[10]
    assert len(said) == 11


def test_text_says_that_an_account_does_not_add_up() -> None:
    made, reading = received(FORM)
    found = account(made, replace(reading, claims=reading.claims[1:]))
    text = "\n".join(lines(found))
    assert f"but the file holds {found.held.characters}" in text
    assert "fault (missing), table 1 row 1 column 1: “项目名称”" in text
    assert text.count("项目名称") == 1


def test_text_of_many_files_ends_with_their_sum() -> None:
    made, reading = received(FORM)
    text = report("txt", (account(made, reading), made), Failure("坏\x1b.docx", "cut off"), (account(made), made))
    assert "坏\\x1b.docx: not read: cut off\n" in text
    assert "no form recognised: all of it is outside" in text
    assert text.splitlines()[-7] == "All 3 files"
    assert "\x1b" not in text


# Words


def test_paths_in_the_fields_words() -> None:
    for path, title, words in (
        ((), "", ""),
        (("title",), "文件标题", "title"),
        (("projects", 0, "heading"), "项目 1 · 表前标题", "project 1 heading"),
        (("projects", 1, "budget", "total"), "项目 2 · 预算数", "project 2 budget total"),
        (("projects", 1, "agency", "code"), "项目 2 · 预算单位代码", "project 2 agency code"),
        (("projects", 0, "indicators", 3, "target"), "项目 1 · 指标 4 · 指标值", "project 1 indicator 4 target"),
        (("projects", 0, "extra", "主管部门"), "项目 1 · 其他项：主管部门", "project 1 extra 主管部门"),
        (("indicators", 0, "extra", "分值"), "指标 1 · 其他列：分值", "indicator 1 extra 分值"),
        (("name",), "项目名称", "name"),
        (("budget", "other"), "其他资金", "budget other"),
        (("agency",), "预算单位", "agency"),
        (("execution", "rate", "total"), "执行率·资金总额", "execution rate total"),
        (("indicators", 1, "score"), "指标 2 · 得分", "indicator 2 score"),
    ):
        assert path_words(path) == words
        with speaking("zh"):
            assert path_words(path) == title


def test_places_without_their_file() -> None:
    for place, title, words in (
        (Place(FILE), "整个文件", "the file"),
        (Place(FILE, line=3, column=1), "第3行", "line 3"),
        (Place(FILE, line=3, column=9), "第3行第9列", "line 3 column 9"),
        (Place(FILE, paragraph=5), "第5段", "paragraph 5"),
        (Place(FILE, table=3, row=2, column=1), "表3第2行第1列", "table 3 row 2 column 1"),
        (Place(FILE, table=3), "表3", "table 3"),
        (Place(FILE, sheet="表一", row=3, column=28), "工作表 表一!AB3", "sheet 表一!AB3"),
        (Place(FILE, sheet="表一"), "工作表 表一", "sheet 表一"),
        (Place(FILE, paragraph=1, part="footnote2"), "脚注2 第1段", "footnote2 paragraph 1"),
        (Place(FILE, part="header1"), "页眉1", "header1"),
        (Place(FILE, paragraph=1, part="header1 textbox2"), "页眉1 文本框2 第1段", "header1 textbox2 paragraph 1"),
    ):
        assert place_words(place) == words
        with speaking("zh"):
            assert place_words(place) == title


def test_a_part_made_elsewhere_is_as_good_as_one_made_here() -> None:
    made, reading = received(FORM)
    found = account(made, reading)
    for style in STYLES.values():
        with Report(style) as here, Report(style) as there:
            here.add(found, made)
            line, pieces = part(style, found, made, name="f1")
            there.put(pickle.loads(pickle.dumps(part(style, found, made)._replace(pieces=tuple(pieces)))))
            assert line.file == FILE
            assert "".join(here.pieces()) == "".join(there.pieces())


def test_diagnostics_as_objects() -> None:
    one = Diagnostic("PD001", Severity.info, "said", Place("a.txt", line=2, column=3), "q", ("title",))
    assert one.as_object() == {
        "file": "a.txt", "line": 2, "column": 3, "table": None, "row": None, "paragraph": None, "sheet": None,
        "part": None, "code": "PD001", "severity": "info", "message": "said", "quote": "q", "path": ["title"],
    }  # fmt: skip
