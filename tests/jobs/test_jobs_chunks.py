"""Work handed out in chunks: every result once, in order, and never much more held than is needed."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waiting import until

from perfdoc.jobs.chunks import AHEAD, MOST, cores, in_order, pieces


def chunks(items: Iterable[int], size: int) -> Iterator[list[int]]:
    """The items, so many at a time, drawn as they are asked for."""
    source = iter(items)
    while piece := list(islice(source, size)):
        yield piece


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
        found = in_order(chunks(range(number), chunk), work, executor, window=lambda: workers * AHEAD, landed=land)
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
        results = in_order(chunks(source(), 3), list, executor, window=lambda: 2 * AHEAD)
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
        found = list(in_order(chunks(range(12), 1), work, executor, window=lambda: 32, landed=land))
    assert found == list(range(12))
    assert order[-1] == 0


def test_what_the_work_raises_is_raised() -> None:
    def work(items: Sequence[int]) -> list[int]:
        if 5 in items:
            raise KeyError(5)
        return list(items)

    with ThreadPoolExecutor(2) as executor, pytest.raises(KeyError):
        list(in_order(chunks(range(1000), 2), work, executor, window=lambda: 32))


def test_a_chunk_that_is_lost_is_what_the_pool_says_it_is() -> None:
    def work(items: Sequence[int]) -> list[int]:
        if 5 in items:
            raise KeyError(5)
        return list(items)

    def lost(items: Sequence[int], error: BaseException) -> list[int]:
        assert isinstance(error, KeyError)
        return [-item for item in items]

    with ThreadPoolExecutor(2) as executor:
        found = list(in_order(chunks(range(8), 2), work, executor, window=lambda: 3, lost=lost))
    assert found == [0, 1, 2, 3, -4, -5, 6, 7]


def sizes(total: int, workers: int, most: int = MOST, together: bool = False, number: int = 100) -> list[int]:
    """How large the first chunks are of more items than were announced."""
    return [len(piece) for piece in islice(pieces(count(), total, workers, most, lambda _: together), number)]


def test_chunks_are_small_enough_for_all_to_end_together() -> None:
    assert sizes(0, 2, number=3) == sizes(10, 2, number=3) == [1, 1, 1]
    assert sizes(100, 2, number=4) == [6, 5, 5, 5]
    assert sizes(1_000_000, 8) == [32] * 100
    assert sizes(1_000, 1, 1, number=3) == [1, 1, 1]
    assert cores() >= 1


def test_items_that_are_dear_to_begin_go_together_to_the_end() -> None:
    assert sizes(300, 2, together=True, number=9) == [64, 59, 44, 33, 25, 18, 16, 16, 16]
    assert sizes(1_000, 2, 1, together=True, number=3) == [16, 16, 16], "where results are large, fewer are held"
    mixed = list(pieces([9, 1, 9, 9], 4, 1, together=lambda item: item == 9))
    assert mixed == [[9, 1, 9, 9]]
    assert list(pieces([1, 9, 9], 3, 1, together=lambda item: item == 9)) == [[1], [9, 9]]


@given(st.integers(1, 2000), st.integers(1, 8))
def test_the_last_chunks_have_one_item(number: int, workers: int) -> None:
    given_out = list(pieces(range(number), number, workers))
    assert [item for piece in given_out for item in piece] == list(range(number))
    lengths = [len(piece) for piece in given_out]
    assert lengths == sorted(lengths, reverse=True)
    assert set(lengths[-workers:]) == {1}
