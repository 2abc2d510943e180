"""Review comments as comments of a spec: what is written is read back exactly."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfdoc.report import Reply, Thread
from perfdoc.specs import format_text
from perfdoc.specs.gathered import comments
from perfdoc.specs.threads import Unit, unit_of, units

_ODD = st.sampled_from(
    [
        "：",
        ":",
        "↳",
        "审核",
        "✓",
        "#",
        '"',
        "\\",
        "|",
        "2024-03-02 15:04",
        " ",
        "\t",
        "\r",
        "\x85",
        "\u2028",
        "\ufeff",
        "局",
    ]
)
_TEXT = st.lists(_ODD | st.text(max_size=3), max_size=6).map("".join)
_SAID = st.builds(
    Reply,
    _TEXT,
    st.sampled_from(["", "2024-03-02 15:04", "2024-03-02 15:04:07"]),
    st.lists(_TEXT, min_size=1, max_size=3).map("\n".join),
)
THREADS = st.builds(
    lambda said, replies, resolved: Thread(*said)._replace(replies=tuple(replies), resolved=resolved),
    _SAID,
    st.lists(_SAID, max_size=3),
    st.booleans(),
)


@given(st.lists(THREADS, max_size=4))
@example([Thread("张三：李四", "", "↳ 2024-03-02 15:04 甲：乙\n\n  | x", (Reply("", "", ""),))])
@example([Thread("✓ 局", "2024-03-02 15:04", '"引" 字' + "长" * 5000)])
def test_threads_are_read_back_as_they_were(threads: list[Thread]) -> None:
    lines = [line for each in threads for line in unit_of(each).lines]
    assert [each.thread for each in units(lines)] == threads
    spec = "".join(f"{line}\n" for line in lines) + "name: 甲\n"
    assert comments(format_text(spec, "01.yaml")) == lines


def test_what_people_write_by_hand_is_a_thread_too() -> None:
    lines = ["# 审核 财政局: 过低", "# (look at this)", "#↳ 水务局：已改", "#审核：请附依据"]
    first, own, last = units(lines)
    assert first == Unit((lines[0], lines[2]), Thread("财政局", "", "过低", (Reply("水务局", "", "已改"),)))
    assert own == Unit((lines[1],))
    assert last.thread == Thread("", "", "请附依据")


@pytest.mark.parametrize(
    "line", ["# 审核通过：见附件", "#   | a table", "# ↳ nothing above", "# 待审核 局：x", "# 审核"]
)
def test_other_comments_are_none(line: str) -> None:
    assert units([line]) == [Unit((line,))]


def test_a_bar_that_follows_a_line_of_its_own_is_no_part_of_the_thread() -> None:
    assert [each.thread and each.thread.text for each in units(["# 审核：a", "# b", "#   | c"])] == ["a", None, None]
