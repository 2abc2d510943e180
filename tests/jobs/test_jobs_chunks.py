"""Work handed out in chunks: every result once, in order, and never much more held than is needed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waiting import until

from perfdoc.jobs.chunks import AHEAD, chunk_sizes, cores, in_order


@given(st.integers(0, 60), st.integers(1, 3), st.integers(1, 9))
def test_every_result_once_and_in_order(number: int, workers: int, chunk: int) -> None:
    landed: list[int] = []

    def land(results: list[int]) -> list[int]:
        landed.extend(results)
        return [-one for one in results]

    def work(items: Sequence[int]) -> list[int]:
        time.sleep(0.001 * (items[0] % 3))
        return [item * 10 for item in items]

    with ThreadPoolExecutor(workers) as executor:
        found = in_order(
            range(number), work, executor, window=lambda: workers * AHEAD, sizes=repeat(chunk), landed=land
        )
        assert list(found) == [item * -10 for item in range(number)]
    assert sorted(landed) == [item * 10 for item in range(number)]


def test_no_more_is_drawn_than_is_needed() -> None:
    drawn = 0

    def source() -> Iterator[int]:
        nonlocal drawn
        for number in range(100_000):
            drawn += 1
            yield number

    with ThreadPoolExecutor(2) as executor:
        results = in_order(source(), list, executor, window=lambda: 2 * AHEAD, sizes=repeat(3))
        for done, _ in zip(range(1, 200), results, strict=False):
            assert drawn <= done + 2 * AHEAD * 3
        results.close()  # type: ignore[attr-defined]
    assert drawn < 1000


def test_a_slow_chunk_holds_up_no_other() -> None:
    """The others land while the first is not done; they are given out after it."""
    order: list[int] = []

    def land(results: list[int]) -> list[int]:
        order.extend(results)
        return results

    def work(items: Sequence[int]) -> list[int]:
        if 0 in items:
            until(lambda: len(order) == 11)
        return list(items)

    with ThreadPoolExecutor(2) as executor:
        found = list(in_order(range(12), work, executor, window=lambda: 32, sizes=repeat(1), landed=land))
    assert found == list(range(12))
    assert order[-1] == 0


def test_what_the_work_raises_is_raised() -> None:
    def work(items: Sequence[int]) -> list[int]:
        if 5 in items:
            raise KeyError(5)
        return list(items)

    with ThreadPoolExecutor(2) as executor, pytest.raises(KeyError):
        list(in_order(range(1000), work, executor, window=lambda: 32, sizes=repeat(2)))


def test_a_chunk_that_is_lost_is_what_the_pool_says_it_is() -> None:
    def work(items: Sequence[int]) -> list[int]:
        if 5 in items:
            raise KeyError(5)
        return list(items)

    def lost(items: Sequence[int], error: BaseException) -> list[int]:
        assert isinstance(error, KeyError)
        return [-item for item in items]

    with ThreadPoolExecutor(2) as executor:
        found = list(in_order(range(8), work, executor, window=lambda: 3, sizes=repeat(2), lost=lost))
    assert found == [0, 1, 2, 3, -4, -5, 6, 7]


def test_chunks_are_small_enough_for_all_to_end_together() -> None:
    assert list(islice(chunk_sizes(0, 2), 3)) == list(islice(chunk_sizes(10, 2), 3)) == [1, 1, 1]
    assert list(islice(chunk_sizes(100, 2), 4)) == [6, 5, 5, 5]
    assert list(islice(chunk_sizes(1_000_000, 8), 100)) == [32] * 100
    assert list(islice(chunk_sizes(1_000, 1, 1), 3)) == [1, 1, 1]
    assert cores() >= 1


@given(st.integers(1, 2000), st.integers(1, 8))
def test_the_last_chunks_have_one_item(number: int, workers: int) -> None:
    sizes = chunk_sizes(number, workers)
    given_out = [next(sizes)]
    while sum(given_out) < number:
        given_out.append(next(sizes))
    assert sum(given_out) == number
    assert given_out == sorted(given_out, reverse=True)
    assert set(given_out[-workers:]) == {1}
