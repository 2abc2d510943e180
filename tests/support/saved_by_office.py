"""One start of LibreOffice for the files of several tests, since a start takes ten times as long as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager

from perfdoc.errors import ToolError
from perfdoc.office import Convert, Converter, Source, each
from perfdoc.reading.office import convertible

_SECONDS = 120.0


@contextmanager
def shared(files: Iterable[bytes]) -> Iterator[Convert]:
    """What makes .docx and .xlsx of these files, by one start for each as long as they are read in this order."""
    every = [found for found in map(convertible, files) if found is not None]
    with closing(Converter(_SECONDS)) as converter:
        converter.coming = lambda to: [source for source, made in every if made == to]
        yield converter


def all_saved(ways: Sequence[Sequence[str]], files: Sequence[Sequence[bytes]]) -> list[list[bytes]]:
    """The files of each way, saved in its formats one after the other; the first is the one that they are in.

    Ways that end alike share the last start.
    """
    done = [(list(some), way[0]) for way, some in zip(ways, files, strict=True)]
    for to in dict.fromkeys(way[-2] for way in ways if len(way) > 2):
        _step(done, [at for at, way in enumerate(ways) if len(way) > 2 and way[-2] == to], to)
    for to in dict.fromkeys(way[-1] for way in ways):
        _step(done, [at for at, way in enumerate(ways) if way[-1] == to], to)
    return [some for some, _ in done]


def _step(done: list[tuple[list[bytes], str]], which: Sequence[int], to: str) -> None:
    """Save the files of these ways in one more format, by one start."""
    made = each([Source(one, done[at][1]) for at in which for one in done[at][0]], to, timeout=_SECONDS)
    for at in which:
        done[at] = ([_sound(next(made)) for _ in done[at][0]], to)
    next(made, None)


def _sound(made: bytes | ToolError) -> bytes:
    if isinstance(made, ToolError):
        raise made
    return made
