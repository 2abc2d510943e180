"""Two versions of a spec merged: by indicator, by value, comments kept, conflicts where they are and nowhere else."""

from __future__ import annotations

import re

import pytest
from cli_support import LISTING, PROJECT
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from spec_strategies import projects

from perfdoc.errors import SpecError
from perfdoc.merging import Labels, Merged, merge
from perfdoc.merging.same import same_rows
from perfdoc.model import Indicator, Project
from perfdoc.specs import dump_project, format_text, load_project

FILE = "01-x.yaml"
THIRD = """\
- level1: 满意度指标
  level2: 服务对象满意度指标
  level3: 法官满意度
  target: ≥95%
"""
BASE = PROJECT + THIRD


def chosen(text: str, side: int) -> str:
    """What is left when one side is kept, the other and the markers are deleted."""
    pattern = r"^<{7}.*\n([\s\S]*?)(?:^\|{7}.*\n[\s\S]*?)?^={7}\n([\s\S]*?)^>{7}.*\n"
    return re.sub(pattern, lambda found: found[side], text, flags=re.M)


def test_different_indicators_merge_without_conflict() -> None:
    ours = BASE.replace("≥183万页", "≥190万页")
    theirs = BASE.replace("≥95%", "≥98%")
    made = merge(BASE, ours, theirs, FILE)
    assert made == Merged(ours.replace("≥95%", "≥98%"))


def test_different_values_of_one_indicator_merge_too() -> None:
    ours, theirs = (
        BASE.replace("≥183万页", "≥190万页"),
        BASE.replace("level3: 数字档案扫描数量", "level3: 档案扫描数量"),
    )
    made = merge(BASE, ours, theirs, FILE)
    assert made == Merged(ours.replace("level3: 数字档案扫描数量", "level3: 档案扫描数量"))


def test_the_same_value_conflicts_at_that_value_only() -> None:
    ours = BASE.replace("≥183万页", "≥190万页").replace("purpose: 数字档案扫描", "purpose: 扫描")
    theirs = BASE.replace("≥183万页", "≥200万页").replace("≥95%", "≥98%")
    made = merge(BASE, ours, theirs, FILE, Labels("HEAD", "topic"))
    assert made.conflicts == 1
    conflict = "<<<<<<< HEAD\n  target: ≥190万页\n=======\n  target: ≥200万页\n>>>>>>> topic\n"
    assert f"  level3: 数字档案扫描数量\n{conflict}- level1" in made.text
    both = BASE.replace("purpose: 数字档案扫描", "purpose: 扫描").replace("≥95%", "≥98%")
    assert chosen(made.text, 1) == both.replace("≥183万页", "≥190万页")
    assert chosen(made.text, 2) == both.replace("≥183万页", "≥200万页")


def test_the_base_is_shown_where_asked_for_and_markers_have_their_size() -> None:
    ours, theirs = BASE.replace("≥183万页", "≥190万页"), BASE.replace("≥183万页", "≥200万页")
    made = merge(BASE, ours, theirs, FILE, Labels("a", "b", "c"), show_base=True)
    assert (
        "<<<<<<< a\n  target: ≥190万页\n||||||| c\n  target: ≥183万页\n=======\n  target: ≥200万页\n>>>>>>> b\n"
        in made.text
    )
    assert "<<<<<<<<<<< a\n" in merge(BASE, ours, theirs, FILE, Labels("a", "b"), size=11).text


def test_both_changed_alike() -> None:
    ours = BASE.replace("≥183万页", "≥190万页")
    assert merge(BASE, ours, ours, FILE) == Merged(ours)


def test_rows_added_removed_and_moved() -> None:
    added = "- level1: 产出指标\n  level2: 数量指标\n  level3: {}\n  target: ≥1件\n"
    second = BASE[BASE.index("- level1: 产出指标\n  level2: 质量") : BASE.index("- level1: 满意度")]
    ours = BASE.replace(second, added.format("我们的") + second)
    theirs = BASE.replace(second, added.format("他们的") + second)
    both = BASE.replace(second, added.format("我们的") + added.format("他们的") + second)
    assert merge(BASE, ours, theirs, FILE) == Merged(both)
    gone = BASE.replace(second, "")
    assert merge(BASE, gone, BASE.replace("≥95%", "≥98%"), FILE) == Merged(gone.replace("≥95%", "≥98%"))
    moved = BASE.replace(second, "") + second
    assert merge(BASE, BASE.replace("≥95%", "≥98%"), moved, FILE) == Merged(moved.replace("≥95%", "≥98%"))
    same = merge(BASE, BASE + added.format("同一个"), BASE + added.format("同一个"), FILE)
    assert same == Merged(BASE + added.format("同一个"))
    two = merge(BASE, BASE + added.format("同一个"), BASE + added.format("同一个").replace("≥1件", "≥2件"), FILE)
    assert two.conflicts == 1
    assert "<<<<<<< ours\n  target: ≥1件\n=======\n  target: ≥2件\n>>>>>>> theirs\n" in two.text


def test_removed_here_and_changed_there_is_a_conflict_about_the_row() -> None:
    ours, theirs = PROJECT, BASE.replace("≥95%", "≥98%")
    made = merge(BASE, ours, theirs, FILE)
    assert made.conflicts == 1
    assert made.text == f"{PROJECT}<<<<<<< ours\n=======\n{THIRD.replace('≥95%', '≥98%')}>>>>>>> theirs\n"
    assert merge(BASE, theirs, ours, FILE).text.count(">>>>>>>") == 1


def test_goals_are_merged_line_by_line() -> None:
    ours = BASE.replace("1.将档案扫描服务外包，保证 <A&B>。", "1.甲。")
    theirs = BASE.replace("2.促进法院档案信息化建设，{{ 提高 }}效率。", "2.乙。")
    made = merge(BASE, ours, theirs, FILE)
    assert made == Merged(ours.replace("2.促进法院档案信息化建设，{{ 提高 }}效率。", "2.乙。"))
    far = BASE.replace("  2.促进", "  中间一行。\n  2.促进")
    ours, theirs = far.replace("1.将档案", "1.把档案"), far.replace("2.促进", "2.推进")
    assert merge(far, ours, theirs, FILE) == Merged(ours.replace("2.促进", "2.推进"))
    made = merge(far, ours, far.replace("1.将档案", "1.对档案"), FILE)
    assert made.conflicts == 1
    assert made.text.count("中间一行") == 1


def test_comments_of_both_sides_stay_at_their_values() -> None:
    base = BASE.replace("purpose:", "# 用途\npurpose:").replace("target: ≥95%", "target: ≥95%  # 去年也是")
    ours = base.replace("  target: ≥183万页", "  # 我们：已核\n  target: ≥190万页")
    theirs = base.replace("target: ≥95%  # 去年也是", "target: ≥98%  # 今年提高").replace(
        "name: 法院", "# 标题\n\nname: 法院", 1
    )
    made = merge(base, ours, theirs, FILE)
    assert made.conflicts == 0
    for said in (
        "# 标题\n\nname",
        "# 用途\npurpose",
        "  # 我们：已核\n  target: ≥190万页\n",
        "target: ≥98%  # 今年提高\n",
    ):
        assert said in made.text
    assert "去年也是" not in made.text
    assert format_text(made.text, FILE) == made.text
    both = merge(base, base.replace("# 用途", "# 用途\n# 甲"), base.replace("# 用途", "# 用途\n# 乙"), FILE)
    assert "# 用途\n# 甲\n# 乙\npurpose" in both.text
    assert both.conflicts == 0


def test_a_value_in_conflict_keeps_the_comment_of_its_side() -> None:
    ours = BASE.replace("≥183万页", "≥190万页  # 我们").replace("≥95%", "≥95%  # 甲")
    theirs = BASE.replace("≥183万页", "≥200万页  # 他们").replace("≥95%", "≥95%  # 乙")
    made = merge(BASE, ours, theirs, FILE)
    assert made.conflicts == 1
    assert (
        "<<<<<<< ours\n  target: ≥190万页  # 我们\n=======\n  target: ≥200万页  # 他们\n>>>>>>> theirs\n" in made.text
    )
    assert made.text.endswith("  # 甲\n  target: ≥95%  # 乙\n")


def test_a_new_comment_at_a_row_that_is_gone_stays_in_the_list() -> None:
    second = BASE[BASE.index("- level1: 产出指标\n  level2: 质量") : BASE.index("- level1: 满意度")]
    made = merge(BASE, BASE.replace(second, ""), BASE.replace(second, f"# 新注\n{second}"), FILE)
    assert made == Merged(BASE.replace(second, "") + "# 新注\n")


def test_comments_move_with_their_rows() -> None:
    ours = BASE.replace("  level3: 法官满意度", "  # 新注\n  level3: 法官满意度")
    theirs = BASE.replace("indicators:\n", f"indicators:\n{THIRD.replace('法官', '律师')}")
    made = merge(BASE, ours, theirs, FILE)
    assert made.conflicts == 0
    assert "  # 新注\n  level3: 法官满意度\n" in made.text


def test_document_yaml_is_merged_by_project_file() -> None:
    ours = LISTING + "- spec: 03-甲.yaml\n"
    theirs = LISTING.replace("form: tianjin\n", "form: tianjin\ntitle: 二〇二三年\n") + "- spec: 04-乙.yaml\n"
    made = merge(LISTING, ours, theirs, "document.yaml")
    assert made == Merged(theirs.replace("- spec: 04", "- spec: 03-甲.yaml\n- spec: 04"))
    marked = LISTING + "  bookmarks: [_Toc_4_4_0000000004, _Toc1]\n"
    made = merge(LISTING, marked, marked.replace("_Toc1]", "_Toc2]"), "document.yaml")
    assert made.conflicts == 1
    assert "<<<<<<< ours\n  bookmarks: [_Toc_4_4_0000000004, _Toc1]\n=======\n" in made.text


def test_added_by_both_and_other_line_ends() -> None:
    ours = BASE.replace("≥183万页", "≥190万页")
    made = merge("", BASE, ours, FILE)
    assert made.conflicts == 1
    assert chosen(made.text, 2) == ours
    assert merge(BASE, ours.replace("\n", "\r\n"), "\ufeff" + BASE, FILE) == Merged(ours)


@pytest.mark.parametrize("text", ["name: [", "a: 1\n", "- 1\n", "name: x\n", BASE.replace("target: ≥95%", "target:x")])
def test_what_is_no_spec_is_refused(text: str) -> None:
    with pytest.raises(SpecError):
        merge(text, text, text, FILE)


@settings(phases=(Phase.generate,))
@given(projects, projects, projects)
def test_either_side_is_sound_whatever_was_changed(base: Project, ours: Project, theirs: Project) -> None:
    whole = [one.model_copy(update={"goals": one.goals or "x", "heading": None}) for one in (base, ours, theirs)]
    texts = [dump_project(one) for one in whole]
    if any("<<<<<<<" in text or "=======" in text for text in texts):
        return
    made = merge(texts[0], texts[1], texts[2], FILE)
    for side in (1, 2):
        kept = chosen(made.text, side)
        assert format_text(kept, FILE) == kept
    assert merge(texts[0], texts[1], texts[0], FILE).text == texts[1]
    assert merge(texts[0], texts[0], texts[2], FILE).text == texts[2]
    assert merge(texts[0], texts[2], texts[2], FILE) == Merged(texts[2])


@given(st.data())
def test_changes_of_different_values_never_conflict(data: st.DataObject) -> None:
    rows = tuple(
        Indicator(level1="产出指标", level2="数量指标", level3=f"第{n}项指标", target=f"≥{n}件") for n in range(8)
    )
    base = Project(name="x", goals="y", indicators=rows)
    picked = data.draw(st.lists(st.integers(0, 7), unique=True))
    cut = data.draw(st.integers(0, len(picked)))

    def changed(which: list[int], target: str) -> Project:
        return base.model_copy(
            update={
                "indicators": tuple(
                    r.model_copy(update={"target": target}) if n in which else r for n, r in enumerate(rows)
                )
            }
        )

    ours, theirs = changed(picked[:cut], "≥100件"), changed(picked[cut:], "≥200件")
    made = merge(dump_project(base), dump_project(ours), dump_project(theirs), FILE)
    assert made.conflicts == 0
    got = load_project(made.text, FILE).document.projects[0].indicators
    for n, one in enumerate(got):
        assert one.target == ("≥100件" if n in picked[:cut] else "≥200件" if n in picked[cut:] else f"≥{n}件")


def test_two_like_records_that_both_sides_added_stay_two() -> None:
    twice = Project(name="a", indicators=(Indicator(level3="x", target="1"), Indicator(level3="x", target="1")))
    base, both = dump_project(Project(name="a")), dump_project(twice)
    assert merge(base, both, both, FILE) == Merged(both)


def test_a_thread_has_the_replies_and_the_state_of_both_sides() -> None:
    thread = [
        "  # 审核 2024-03-02 15:04 财政局：过低？",
        "  #   | 请附依据。",
        "  #   ↳ 2024-03-03 09:10 水务局：已核实",
    ]
    other = ["  # 审核 2024-03-02 15:05 财政局：单位？", "  #   ↳ 2024-03-03 09:10 水务局：已核实"]
    second, third = "  #   ↳ 2024-03-04 10:00 财政局：同意", "  #   ↳ 2024-03-04 11:00 审计局：同意"

    def spec(*lines: str) -> str:
        return BASE.replace("  target: ≥95%\n", "".join(f"{line}\n" for line in lines) + "  target: ≥95%\n")

    ours = spec(*thread, second, *other)
    theirs = spec(thread[0].replace("审核", "审核 ✓"), *thread[1:], third, *other)
    expected = spec(thread[0].replace("审核", "审核 ✓"), *thread[1:], second, third, *other)
    assert merge(spec(*thread, *other), ours, theirs, FILE).text == expected
    assert merge(spec(), spec(*thread, *other), spec(*thread, third, *other), FILE).text == spec(*thread, third, *other)
    assert merge(spec(*thread), spec(*thread, *other), spec(), FILE).text == spec(*other)
    whole = spec(*thread, *other)
    gone = whole[: whole.index("- level1: 满意度指标")]
    made = merge(spec(*thread), gone, whole, FILE)  # the thread that is new is not lost with its row
    assert [line.strip() for line in other if line.strip() not in made.text] == []


def test_rows_that_have_a_description_only_are_known_by_it() -> None:
    old = [Indicator(level1="效益指标", level2="社会效益", description=each, target="1项") for each in "甲乙丙"]
    new = [one.model_copy(update={"target": f"{at}次"}) for at, one in enumerate(reversed(old))]
    assert same_rows(old, new) == [(0, 2), (1, 1), (2, 0)]


def test_rows_without_a_name_are_known_by_their_levels() -> None:
    old = [Indicator(level1="成本指标", level2=each, target="1项") for each in "甲乙丙"]
    new = [old[2].model_copy(update={"target": "9次"}), Indicator(level1="成本指标", level2="丙", level3="新")]
    assert same_rows(old, new) == [(2, 0)]
