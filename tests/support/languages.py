"""What of a text is a sentence in English: three or more of its words in a row that are no command, path or value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from perfdoc.texts import speaking

_NOT_PROSE = (
    r"“[^”]*”",  # quoted
    r"‘[^’]*’",
    r"\{%.*?%\}",  # a tag of a template
    r"`[^`]*`",
    r"'[^'\n]*'",
    r"(?m)^ *perfdoc .*?(?=   |$)",  # a command
    r"(?m)^用法：.*$",
    r"(?m)^perfdoc: ",
    r"perfdoc [a-z]+(?: [a-z]+)?(?= *(?:[^a-z ]|$))",  # a command within a line
    r"(?m)^ *\d* \| .*$",  # a line of the file
    r"\S*[/\\=]\S*",  # a path, an assignment
    r"\[[^\]\n]*\]",
)
SENTENCE = re.compile(r"\b[A-Za-z][a-z']+(?:[,;:]? [a-z']+){2,}")


def sentences(text: str) -> list[str]:
    """The English sentences in a text that is to be Chinese."""
    for pattern in _NOT_PROSE:
        text = re.sub(pattern, "·", text)
    return SENTENCE.findall(text)


def in_chinese(run: Callable[[], Iterable[object]]) -> list[str]:
    """What a run says in Chinese: as much as in English, each text another one, and no sentence in English."""
    english = list(map(str, run()))
    with speaking("zh"):
        chinese = list(map(str, run()))
    assert len(english) == len(chinese)
    for one, other in zip(english, chinese, strict=True):
        assert one != other, one
        assert sentences(other) == [], other
    return chinese
