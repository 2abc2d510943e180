"""Two documents compared: what belongs together, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spec_strategies import documents
from work import growth

import perfdoc
from perfdoc.comparison import Change, Difference, ProjectChange, diff
from perfdoc.comparison import said as news
from perfdoc.comparison.html import page
from perfdoc.comparison.pieces import lines, pieces
from perfdoc.comparison.plain import stat, summary, text
from perfdoc.model import Agency, Budget, Document, Indicator, Project
from perfdoc.pairing import in_order, out_of_order
from perfdoc.report import Reply, Thread
from perfdoc.texts import speaking
from perfdoc.years import moved, only_years, without, years


def row(name: str, target: str = "≥90%", level2: str = "数量指标", **more: str) -> Indicator:
    return Indicator(level1="产出指标", level2=level2, level3=name, target=target, **more)  # type: ignore[arg-type]


ROWS = (
    row("数字档案扫描数量", "≥83万页"),
    row("陪审案件数量", "≤1867件"),
    row("运维服务验收达标率", level2="质量指标"),
    row("审判辅助合格率", level2="质量指标"),
    row("办案业务保障期间", "2023年1-12月", "时效指标"),
)


def project(name: str = "法院办案业务费-2023中央", rows: tuple[Indicator, ...] = ROWS, **more: object) -> Project:
    given: dict[str, object] = {"goals": "1.扫描档案。\n2.陪审。", "purpose": "办案", **more}
    return Project(
        name=name,
        agency=Agency(code="209101", name="法院"),
        money_unit="万元",
        budget=Budget(total="349.00", fiscal="349.00", other=""),
        indicators=rows,
        **given,  # type: ignore[arg-type]
    )


def of(*projects: Project) -> Document:
    return Document(projects=projects)


def only(difference: Difference) -> ProjectChange:
    (one,) = difference.changed()
    return one


def said(difference: Difference) -> str:
    return "".join("".join(stretch.text for stretch in line) + "\n" for line in text(difference))


def test_the_same_says_nothing() -> None:
    difference = diff(of(project()), of(project()))
    assert not difference
    assert said(difference) == ""
    assert summary([difference]) == "1 project: 1 the same; 5 indicators: 5 the same"


def test_presentation_and_empty_values_are_no_difference() -> None:
    shown = project(heading="3.法院办案业务费-2023中央绩效目标表", bookmarks=("_Toc_4_4_0000000004", "_Toc1"))
    bare = project().model_copy(update={"budget": Budget(total="349.00", fiscal="349.00")})
    assert not diff(of(shown), of(bare))
    other = diff(of(bare), of(project(heading="1.另一个项目绩效目标表")))
    assert [value.path for value in only(other).values] == [("heading",)]


def test_a_quantity_and_an_amount_have_their_difference() -> None:
    new = project(rows=(row("数字档案扫描数量", "≥90万页"), *ROWS[1:])).model_copy(
        update={"budget": Budget(total="348.5", fiscal="349.00", other="")}
    )
    one = only(diff(of(project()), of(new)))
    (total,) = one.values
    assert (total.path, total.amount, total.unit) == (("budget", "total"), Decimal("-0.50"), "万元")
    (changed,) = one.changed()
    (target,) = changed.values
    assert (target.amount, target.unit) == (Decimal(7), "万页")
    assert said(diff(of(project()), of(new))) == (
        "~ 法院办案业务费-2023中央\n"
        "    预算数: 349.00 → 348.5 (-0.50万元)\n"
        "    ~ 产出指标 / 数量指标 / 数字档案扫描数量: ≥83万页 → ≥90万页 (+7万页)\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "amount", "unit"),
    [
        ("≥90%", "≥95％", "5", "个百分点"),
        ("≤6.6万元/人", "≤60000元/人", "-6000", "元/人"),
        ("≤0.1元", "≤0.3元", "0.2", "元"),
        ("≥5人", "≥5页", None, ""),
        ("≥90%", "90%", None, ""),
        ("显著提升", "≥5%", None, ""),
    ],
)
def test_differences_are_exact_and_only_within_one_unit(old: str, new: str, amount: str | None, unit: str) -> None:
    one = only(diff(of(project(rows=(row("甲乙", old),))), of(project(rows=(row("甲乙", new),)))))
    (value,) = one.indicators[0].values
    assert (value.amount, value.unit) == (None if amount is None else Decimal(amount), unit)


def test_amounts_in_another_money_unit_are_converted() -> None:
    yuan = project().model_copy(
        update={"money_unit": "元", "budget": Budget(total="3500000", fiscal="3490000", other="")}
    )
    values = {value.path: value for value in only(diff(of(project()), of(yuan))).values}
    assert (values["budget", "total"].amount, values["budget", "total"].unit) == (Decimal(10000), "元")
    assert values["budget", "fiscal"].amount is None  # written otherwise, the same money


def test_indicators_added_removed_moved_renamed_changed() -> None:
    renamed = row("运维服务验收合格率", level2="质量指标")
    new = (ROWS[1], ROWS[0], renamed, row("全新的一项", "≥3次"), ROWS[4])
    one = only(diff(of(project()), of(project(rows=new))))
    kinds = {row.either.level3: row.kind for row in one.indicators}
    assert kinds["运维服务验收合格率"] is Change.changed
    assert kinds["全新的一项"] is Change.added
    assert kinds["审判辅助合格率"] is Change.removed
    assert kinds["办案业务保障期间"] is Change.same
    assert sorted([kinds["数字档案扫描数量"], kinds["陪审案件数量"]]) == [Change.moved, Change.same]
    assert [row.either.level3 for row in one.indicators if row.renamed] == ["运维服务验收合格率"]


def test_an_indicator_filed_elsewhere_is_still_the_same_one() -> None:
    filed = ROWS[1].model_copy(update={"level2": "质量指标"})
    one = only(diff(of(project()), of(project(rows=(ROWS[0], ROWS[2], ROWS[3], filed, ROWS[4])))))
    (changed,) = one.changed()
    assert (changed.moved, [value.path for value in changed.values]) == (True, [("level2",)])


def test_projects_are_matched_by_name_then_by_name_without_its_year_then_by_content() -> None:
    other = project("囚车购置", rows=(row("购置囚车数量", "2辆"),), goals="购置囚车", purpose="车")
    gone = project("搬迁", rows=(row("搬运家具数量", "≥1200件"),), goals="搬家", purpose="搬")
    new = project("培训费", rows=(row("培训人次", "≥30人次"),), goals="培训", purpose="学")
    difference = diff(
        of(project(), other, gone),
        of(other.model_copy(update={"name": "车辆更新"}), project("法院办案业务费-2024中央"), new),
    )
    pairs = {(one.old_index, one.new_index): one.kind for one in difference.projects}
    assert pairs == {(0, 1): "changed", (1, 0): "changed", (2, None): "removed", (None, 2): "added"}
    assert [one.renamed for one in difference.projects if one.old_index == 1] == [True]
    assert sum(one.moved for one in difference.projects) == 1


def test_year_against_year_lists_what_the_year_alone_changed_on_one_line() -> None:
    rows = (*ROWS[:4], row("办案业务保障期间", "2024年1-12月", "时效指标"))
    difference = diff(of(project()), of(project("法院办案业务费-2024中央", rows)))
    assert said(difference) == (
        "~ 法院办案业务费-2023中央 → 法院办案业务费-2024中央\n    2023 → 2024: 项目名称、办案业务保障期间（指标值）\n"
    )
    assert not only(difference).renamed


def test_long_texts_are_compared_by_lines_and_within_them() -> None:
    difference = diff(of(project()), of(project(goals="1.扫描档案。\n2.陪审和审判。")))
    assert "      - 2.陪审。\n      + 2.陪审和审判。\n" in said(difference)
    assert "1.扫描" not in said(difference)
    ours, theirs = pieces("陪审员参与案件审计，行使", "陪审员参与案件审判，行使")
    assert [piece.text for piece in ours if piece.changed] == ["计"]
    assert [piece.text for piece in theirs if piece.changed] == ["判"]


def test_columns_without_a_field_and_descriptions() -> None:
    old = row("甲乙", extra={"分值": "10"})  # type: ignore[arg-type]
    new = row("甲乙", description="抽检", extra={"分值": "15", "依据": "x"})  # type: ignore[arg-type]
    (changed,) = only(diff(of(project(rows=(old,))), of(project(rows=(new,))))).changed()
    assert [(v.path, v.amount) for v in changed.values] == [
        (("description",), None), (("extra", "分值"), Decimal(5)), (("extra", "依据"), None),
    ]  # fmt: skip


@given(documents(), documents())
def test_every_item_of_both_sides_is_told_of_once(old: Document, new: Document) -> None:
    assert not diff(old, old)
    difference = diff(old, new)
    assert sorted(one.old_index for one in difference.projects if one.old_index is not None) == list(
        range(len(old.projects))
    )
    assert [one.new_index for one in difference.projects if one.new_index is not None] == list(range(len(new.projects)))
    for one in difference.projects:
        kept = [row.new_index for row in one.indicators if row.new_index is not None]
        assert kept == list(range(len(one.new.indicators) if one.new else 0))
        gone = sorted(row.old_index for row in one.indicators if row.old_index is not None)
        assert gone == list(range(len(one.old.indicators) if one.old else 0))
    assert bool(said(difference)) >= bool(difference)
    list(stat(difference))
    assert difference.as_object()["same"] is not bool(difference)


@given(st.text("ab年20234\n", max_size=12), st.text("ab年20234\n", max_size=12))
def test_pieces_and_lines_lose_nothing(old: str, new: str) -> None:
    ours, theirs = pieces(old, new)
    assert "".join(piece.text for piece in ours) == old
    assert "".join(piece.text for piece in theirs) == new
    found = lines(old, new)
    assert "\n".join(one for one, _ in found if one is not None) == old
    assert "\n".join(other for _, other in found if other is not None) == new


@given(st.permutations(range(7)), st.integers(0, 7))
def test_moved_are_the_fewest_that_explain_the_order(order: list[int], kept: int) -> None:
    pairs = sorted((old, new) for new, old in enumerate(order[:kept]))
    moved_ones = out_of_order(pairs)
    rest = [new for old, new in pairs if old not in moved_ones]
    assert rest == sorted(rest)
    assert bool(moved_ones) == ([new for _, new in pairs] != sorted(new for _, new in pairs))
    both = list(in_order(pairs, 7, kept))
    assert [new for _, new in both if new is not None] == list(range(kept))
    assert sorted(old for old, _ in both if old is not None) == list(range(7))


def test_years() -> None:
    assert [year.number for year in years("2023年底前，二〇二四年，2023-2025年，≥2023件")] == [2023, 2024, 2023, 2025]
    assert years("司法救助-2023中央") == ()
    assert [year.number for year in years("司法救助-2023中央", name=True)] == [2023]
    assert years("财预〔2021〕101号", name=True) == ()
    assert moved("２０２３年至二〇二三年", lambda year: year.number + 1) == "２０２４年至二〇二四年"
    assert moved("2023.12.31、12023年、2,023年", lambda year: year.number + 1) == "2024.12.31、12023年、2,023年"
    assert only_years("2023年1-12月", "2024年1-12月") == (2023, 2024)
    assert only_years("2023年-2024年", "2024年-2024年") is None
    assert only_years("2023件", "2024件") is None
    assert without("2022年") == without("2023年") != "2022年"


def test_the_work_grows_with_the_projects() -> None:
    def many(number: int, year: int, bump: int) -> Document:
        return of(
            *(
                project(
                    f"第{n:05}号项目{'改' * (n % 7 == bump)}-{year}中央",
                    tuple(row(f"指标{n:05}之{k}", f"≥{n + k + bump}件") for k in range(10)),
                    goals=f"目标{n:05}",
                )
                for n in range(number)
            )
        )

    def compared(number: int) -> Callable[[], None]:
        old, new = many(number, 2023, 0), many(number, 2024, 1)

        def compare() -> None:
            assert all(one.old_index == one.new_index for one in diff(old, new).projects)

        return compare

    assert growth(compared, 50) < 6


def test_the_page_is_whole_escaped_and_marks_what_differs() -> None:
    nasty = project("<script>alert(1)</script>&", (row('"><img src=x>', "≥1件"), *ROWS[1:]))
    new = nasty.model_copy(update={"indicators": (row('"><img src=x>', "≥2件"), *ROWS[1:4]), "goals": "1.扫描\u202e。"})
    difference = diff(of(nasty, project("别的")), of(new))
    made = "".join(page([("a<b", "c&d", difference)]))
    assert made.startswith("<!DOCTYPE html>")
    assert made.endswith("</html>\n")
    assert "<script" not in made
    assert "<img" not in made
    assert "\u202e" not in made
    assert "http" not in made.replace("http-equiv", "")
    assert "≥<del>1</del>件" in made
    assert "≥<ins>2</ins>件 <small>(+1件)</small>" in made
    assert 'class="gone edge"' in made
    for tag in ("table", "tr", "td", "figure", "section", "ins", "del"):
        assert made.count(f"<{tag}>") + made.count(f"<{tag} ") == made.count(f"</{tag}>"), tag
    assert "<p>nothing differs</p>" in "".join(page([("a", "b", diff(of(), of()))]))
    with speaking("zh"):
        said = "".join(page([("a", "b", diff(of(), of()))]))
    assert '<html lang="zh-CN">' in said
    assert "<p>没有差别</p>" in said


def test_the_library_has_it() -> None:
    assert perfdoc.diff(of(project()), of(project("另"))).counted()[0].same == 0


@pytest.mark.parametrize("agencies", [("甲局", "乙局", "丙局"), ("", "", "")])
def test_projects_of_one_name_are_paired_by_agency_and_content(agencies: tuple[str, ...]) -> None:
    """One more in front moves none of them, whether the form names the agencies or not."""

    def made(agency: str, purpose: str, target: str) -> Project:
        row = Indicator(level1="产出指标", level2="数量指标", level3=f"{purpose}数量", target=target)
        return Project(name="运转经费", agency=Agency(name=agency or None), purpose=purpose, indicators=(row,))

    purposes = ("采购办公用品", "维修车辆", "召开会议")
    old = [made(agency, purpose, "≥9次") for agency, purpose in zip(agencies, purposes, strict=True)]
    new = [made(agency, purpose, "≥8次") for agency, purpose in zip(agencies, purposes, strict=True)]
    more = made(agencies[0] and "丁局", "种植树木", "≥900株")
    found = diff(Document(projects=tuple(old)), Document(projects=(more, *new)))
    assert [one.kind for one in found.projects] == ["added", "changed", "changed", "changed"]
    assert [[row.kind for row in one.indicators] for one in found.projects[1:]] == [["changed"]] * 3


def test_a_comment_that_a_program_saved_otherwise_has_not_changed() -> None:
    """Replies as comments of their own, no state, other white space; a reply and a state that are new have changed."""
    reply = Reply("水务局", "2024-03-03 09:10", "已核实")
    old = Thread("财政局", "2024-03-02 15:04", "过低？", (reply,), True)
    apart = [old._replace(text="过低？ ", replies=(), resolved=None), Thread(*reply)._replace(resolved=None)]
    assert [one.change for one in news([old], apart, Document())] == [Change.same, Change.same]
    new = [old._replace(replies=(reply, reply._replace(text="好"))), old._replace(text="另一条")]
    assert [one.change for one in news([old], new, Document())] == [Change.changed, Change.added]
    assert [one.change for one in news([old], [old._replace(resolved=False)], Document())] == [Change.changed]
