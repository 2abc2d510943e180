"""Review comments of a document: into its files, out of them again, and known again when they come back."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

import perfdoc
from perfdoc.report import Reply, Thread
from perfdoc.reviews import moved, threads_in, threads_of, with_threads
from perfdoc.specs import LISTING, format_text, load_files, names_of, read_text

A = Thread("财政局", "2024-03-02 15:04", "数量是否过低？", (Reply("水务局", "2024-03-03 09:10", "已核实"),), False)
TARGET = ("projects", 0, "indicators", 1, "target")


@pytest.fixture(scope="module")
def court(root: Path) -> tuple[dict[str, str], tuple[str, ...], perfdoc.Reading]:
    """The files of a document, the names of its projects' files, and what they say."""
    folder = root / "specs/hexi-court-2023"
    texts = {file.name: read_text(file) for file in sorted(folder.glob("*.yaml"))}
    reading = load_files(texts, str(folder))
    return texts, names_of(reading, folder), reading


def _said(threads: Iterable[Thread]) -> list[Thread]:
    return [one._replace(place=A.place) for one in threads]


def test_a_thread_stands_above_its_value(court: tuple[dict[str, str], tuple[str, ...], perfdoc.Reading]) -> None:
    texts, names, _ = court
    made = with_threads(texts, names, [A._replace(path=TARGET)])
    assert [name for name in texts if made[name] != texts[name]] == [names[0]]
    old, new = texts[names[0]].split("\n"), made[names[0]].split("\n")
    assert [line for line in new if line not in old] == [
        "  # 审核 2024-03-02 15:04 财政局：数量是否过低？",
        "  #   ↳ 2024-03-03 09:10 水务局：已核实",
    ]
    assert new[new.index("  #   ↳ 2024-03-03 09:10 水务局：已核实") + 1].startswith("  target:")
    assert threads_in(made, names) == (A._replace(path=TARGET),)


def test_every_value_keeps_its_thread(court: tuple[dict[str, str], tuple[str, ...], perfdoc.Reading]) -> None:
    """At each path that a file can be about; again and again; in an order of its own."""
    texts, names, reading = court
    paths = [(), *(path for path in reading.places if path[:1] == ("projects",) and len(path) > 1)]
    paths = [path for path in paths if path[-1:] != ("spec",) and not any(isinstance(step, int) for step in path[-1:])]
    paths += [("projects", at) for at in range(len(names))]
    threads = [A._replace(text=str(number), path=path) for number, path in enumerate(paths)]
    made = with_threads(texts, names, threads)
    assert {one.text: one.path for one in threads_in(made, names)} == {one.text: one.path for one in threads}
    assert with_threads(made, names, threads) == made
    random.Random(3).shuffle(threads)
    assert with_threads(made, names, threads) == made
    assert {name: format_text(text, name) for name, text in made.items()} == made
    assert load_files(made, "x").document == reading.document


@pytest.mark.parametrize(
    ("path", "home"),
    [
        (("projects", 0, "indicators", 1, "description"), ("projects", 0, "indicators", 1, "level3")),
        (("projects", 0, "indicators", 1, "reason"), ("projects", 0, "indicators", 1, "level1")),
        (("projects", 0, "execution", "rate", "total"), ("projects", 0)),
        (("projects", 0, "heading"), ()),
    ],
)
def test_a_value_that_is_not_written_has_its_thread_near_by(
    court: tuple[dict[str, str], tuple[str, ...], perfdoc.Reading],
    path: tuple[str | int, ...],
    home: tuple[str | int, ...],
) -> None:
    texts, names, _ = court
    made = with_threads(texts, names, [A._replace(path=path)])
    (found,) = threads_in(made, names)
    assert found.path[: len(home)] == home
    assert with_threads(made, names, [A._replace(path=path)]) == made


def test_a_project_by_itself_has_what_is_about_the_document(
    court: tuple[dict[str, str], tuple[str, ...], perfdoc.Reading],
) -> None:
    texts, names, _ = court
    alone = {names[0]: texts[names[0]]}
    made = with_threads(alone, names[:1], [A, A._replace(text="标题", path=("title",))])
    assert _said(threads_in(made, names[:1])) == [
        A._replace(path=("projects", 0)),
        A._replace(text="标题", path=("projects", 0)),
    ]
    assert LISTING not in made


NEW = Reply("财政局", "2024-03-04 08:00", "同意")


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        (A, A),
        (A._replace(replies=()), A),  # an answer that is missing in an older file stays
        (A._replace(replies=(*A.replies, NEW)), A._replace(replies=(*A.replies, NEW))),
        (A._replace(replies=(NEW,)), A._replace(replies=(*A.replies, NEW))),
        (A._replace(resolved=True), A._replace(resolved=True)),
        (A._replace(resolved=None), A),
        (A._replace(text="数量 是否过低？ ", date="2024-03-02 15:04:33"), A),  # what a re-save may change
        (A._replace(text="数量过低"), A._replace(text="数量过低")),  # its author edited it
        (
            A._replace(replies=(A.replies[0]._replace(text="已核实。"),)),
            A._replace(replies=(A.replies[0]._replace(text="已核实。"),)),
        ),
        (
            Thread(*A.replies[0])._replace(replies=(NEW,)),
            A._replace(replies=(*A.replies, NEW)),
        ),  # saved as a comment by itself
    ],
)
def test_a_thread_that_comes_back_is_brought_up_to_date_in_its_place(
    court: tuple[dict[str, str], tuple[str, ...], perfdoc.Reading], back: Thread, expected: Thread
) -> None:
    texts, names, _ = court
    sent = [A._replace(path=TARGET)]
    before = with_threads(texts, names, sent)
    made = with_threads(before, names, [back._replace(path=TARGET)], base=sent)
    assert threads_in(made, names) == (expected._replace(path=TARGET),)
    assert with_threads(made, names, [back._replace(path=TARGET)], base=sent) == made


def test_two_of_one_minute_and_author_are_two_where_neither_was_sent(
    court: tuple[dict[str, str], tuple[str, ...], perfdoc.Reading],
) -> None:
    texts, names, _ = court
    sent = A._replace(path=TARGET)
    other = sent._replace(text="另一件事", replies=())
    first = with_threads(texts, names, [sent])
    assert _said(threads_in(with_threads(first, names, [other]), names)) == _said([sent, other])
    assert _said(threads_in(with_threads(first, names, [other], base=[sent]), names)) == _said([sent, other])
    mine, theirs = NEW, NEW._replace(text="不同意")
    answered = with_threads(first, names, [sent._replace(replies=(*A.replies, mine))], base=[sent])
    both = with_threads(answered, names, [sent._replace(replies=(*A.replies, theirs))], base=[sent])
    assert threads_in(both, names) == (sent._replace(replies=(*A.replies, mine, theirs)),)


def test_a_state_is_what_was_changed_since_the_file_was_sent(
    court: tuple[dict[str, str], tuple[str, ...], perfdoc.Reading],
) -> None:
    texts, names, _ = court
    settled = with_threads(texts, names, [A._replace(path=TARGET, resolved=True)])
    sent_open = [A._replace(path=TARGET)]
    assert with_threads(settled, names, sent_open, base=sent_open) == settled
    assert with_threads(settled, names, sent_open) == settled  # without a base it may be older
    sent_settled = [A._replace(path=TARGET, resolved=True)]
    (opened,) = threads_in(with_threads(settled, names, sent_open, base=sent_settled), names)
    assert not opened.resolved


def test_the_same_words_at_several_values_stay_apart(
    court: tuple[dict[str, str], tuple[str, ...], perfdoc.Reading],
) -> None:
    texts, names, _ = court
    paths = [("projects", 0, "indicators", at, "target") for at in range(3)]
    threads = [Thread("财政局", "2024-03-02 15:04", "请核实", path=path) for path in paths]
    made = with_threads(texts, names, threads[1:])
    made = with_threads(made, names, threads)
    assert [one.path for one in threads_in(made, names)] == paths


def test_threads_move_with_their_rows(court: tuple[dict[str, str], tuple[str, ...], perfdoc.Reading]) -> None:
    reading = court[2]
    old = reading.document
    first = old.projects[0]
    rows = (*first.indicators[2:], first.indicators[1])  # the first is gone, the second is the last
    new = old.model_copy(update={"projects": (*old.projects[1:], first.model_copy(update={"indicators": rows}))})
    last = len(old.projects) - 1
    paths = [TARGET, ("projects", 0, "indicators", 0, "target"), ("projects", 0, "goals"), ("projects", 1), ("title",)]
    threads = [A._replace(path=path) for path in paths]
    assert [one.path for one in moved(threads, old, new)] == [
        ("projects", last, "indicators", len(rows) - 1, "target"),
        ("projects", last),
        ("projects", last, "goals"),
        ("projects", 0),
        ("title",),
    ]
    gone = old.model_copy(update={"projects": old.projects[1:]})
    assert moved(threads[:1], old, gone)[0].path == ()
    alone, other = (perfdoc.Document(projects=(perfdoc.Project(name=name),)) for name in ("扫描", "另一个名字"))
    assert moved([A._replace(path=("projects", 0))], alone, other)[0].path == ("projects", 0)


def test_findings_are_no_conversation_until_somebody_answers() -> None:
    finding = Thread("perfdoc", "", "PD304 …")
    answered = finding._replace(replies=A.replies)
    assert threads_of(perfdoc.Reading(perfdoc.Document(), threads=(finding, answered, A))) == (answered, A)
