"""Generated rounds: specs with a conversation, to Word, through LibreOffice, to two reviewers, and back again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from saved_by_office import all_saved

import perfdoc
from perfdoc.original.remarks.comments import commented
from perfdoc.pairing.conversation import known_by
from perfdoc.report import Reply, Thread
from perfdoc.reviews import moved, placed, threads_in, threads_of, with_threads
from perfdoc.specs import load, load_files, names_of, read_text

_WORDS = ("过低？", "请附依据\n第二行", "单位：万元：是否", "↳ 2024 x：y", '"引"号', " 前后空格 ", "a|b", "<&>")
_WHO = ("财政局", "审计局：一科", "水务局", "2024-03-02 15:04")


class _Round(NamedTuple):
    """The files with their conversation, their names, and the Word file that was sent."""

    texts: dict[str, str]
    names: tuple[str, ...]
    sent: bytes


class _Chance(random.Random):
    def reply(self) -> Reply:
        date = f"2024-0{self.randrange(1, 9)}-1{self.randrange(9)} 1{self.randrange(9)}:0{self.randrange(9)}"
        seconds = self.choice(["", ":07"])
        return Reply(self.choice(_WHO), date + seconds, f"{self.choice(_WORDS)}{self.randrange(10**6)}")

    def thread(self) -> Thread:
        replies = tuple(self.reply() for _ in range(self.randrange(3)))
        return Thread(*self.reply())._replace(replies=replies, resolved=self.random() < 0.3)


def _said(threads: Iterable[Thread]) -> Counter[tuple[str, str, str]]:
    return Counter(known_by(one) for thread in threads for one in (thread.said, *thread.replies))


def _rounds(root: Path, number: int, chance: _Chance) -> list[_Round]:
    made = []
    for at in range(number):
        form = perfdoc.form(["central", "tianjin", "self-evaluation"][at % 3])
        folder = chance.choice(sorted(root.glob(f"golden/{form.name}/*/specs")))
        reading = load(folder)
        names = names_of(reading, folder)
        texts = {file.name: read_text(file) for file in folder.glob("*.yaml")}
        paths = [path for path in reading.places if path[-1:] != ("bookmarks",) and len(path) != 1]
        threads = [chance.thread()._replace(path=chance.choice(paths)) for _ in range(chance.randrange(1, 5))]
        texts = with_threads(texts, names, threads)
        assert _said(threads_in(texts, names)) == _said(threads)
        data = perfdoc.render(reading.document, form)
        reread = perfdoc.extract(perfdoc.read(data, "x"))
        made.append(_Round(texts, names, commented(data, placed(threads_in(texts, names), reread), "x")))
    return made


def _back(one: _Round, chance: _Chance) -> None:
    """The file comes back unchanged; then two reviewers write into it, and each file is pulled twice."""
    document, base = load_files(one.texts, "x").document, threads_in(one.texts, one.names)
    reading = perfdoc.extract(perfdoc.read(one.sent, "x"))
    came = threads_of(reading)
    assert _said(came) == _said(base)

    def pulled(texts: dict[str, str], file: bytes) -> dict[str, str]:
        returned = perfdoc.extract(perfdoc.read(file, "x"))
        threads = moved(threads_of(returned), returned.document, document)
        return with_threads(texts, one.names, threads, base)

    assert pulled(one.texts, one.sent) == one.texts
    texts, expected = one.texts, _said(base)
    for _ in range(2):
        answered = [each._replace(replies=(*each.replies, chance.reply())) for each in came if chance.random() < 0.4]
        new = [chance.thread()._replace(place=chance.choice([*reading.places.values()])) for _ in range(2)]
        expected += _said(new) + Counter(known_by(each.replies[-1]) for each in answered)
        file = commented(one.sent, [*answered, *new], "x")
        texts = pulled(texts, file)
        assert pulled(texts, file) == texts
    assert _said(threads_in(texts, one.names)) == expected
    assert load_files(texts, "x").document == document


def test_no_comment_is_lost_or_doubled(root: Path) -> None:
    chance = _Chance(15)
    for one in _rounds(root, 6, chance):
        _back(one, chance)


@pytest.mark.office
def test_nor_by_libreoffice(root: Path) -> None:
    chance = _Chance(16)
    rounds = _rounds(root, 3, chance)
    ways = [("docx", "docx"), ("docx", "doc", "docx")]
    for files in all_saved(ways, [[one.sent for one in rounds]] * 2):
        for one, data in zip(rounds, files, strict=True):
            _back(one._replace(sent=data), chance)
