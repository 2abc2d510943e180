"""The measure by which tests tell growth in proportion from growth by the square."""

from __future__ import annotations

from collections.abc import Callable

from work import calls, growth


def in_proportion(size: int) -> Callable[[], object]:
    return lambda: [abs(number) for number in range(size)]


def by_the_square(size: int) -> Callable[[], object]:
    return lambda: [max(one, other) for one in range(size) for other in range(size)]


def test_calls_of_python_and_of_c_are_counted() -> None:
    def two() -> None:
        abs(len("a"))

    assert calls(two) - calls(lambda: None) == 2


def test_growth_tells_one_from_the_other() -> None:
    assert 3.5 < growth(in_proportion, 200) < 4.1
    assert 15 < growth(by_the_square, 50) < 16.1
