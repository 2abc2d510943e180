"""What was written of a file before, as the ledger keeps it, and what is to stand there now that it reads otherwise."""

import json
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from perfdoc.errors import SpecError
from perfdoc.merging import Labels, merge
from perfdoc.texts import say


class Remade(NamedTuple):
    """Texts by file that may take the place of what stands there, and the files with conflicts: how many."""

    texts: Mapping[str, str]
    conflicts: Mapping[str, int]


NOTHING = Remade({}, {})


def packed(texts: Mapping[str, str]) -> bytes:
    return zlib.compress(json.dumps(dict(texts), ensure_ascii=False).encode("utf-8", "surrogatepass"))


def unpacked(data: bytes) -> dict[str, str]:
    """The inverse of `packed`; nothing for no bytes."""
    found: dict[str, str] = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")) if data else {}
    return found


def remade(before: Mapping[str, str], standing: Mapping[str, str], now: Mapping[str, str]) -> Remade:
    """What a file says `now` in place of what was written `before`, by what is `standing` there.

    What nobody has edited is replaced; what somebody has is merged with it, conflicts marked as `perfdoc merge` marks
    them. Left out is a file that was not written before, or that is no sound spec now.
    """
    texts: dict[str, str] = {}
    conflicts: dict[str, int] = {}
    called = Labels(say("importing.sides.ours"), say("importing.sides.theirs"), say("importing.sides.base"))
    for name in now.keys() & before.keys() & standing.keys():
        if before[name] in (standing[name], now[name]):
            texts[name] = now[name] if standing[name] == before[name] else standing[name]
            continue
        try:
            made = merge(before[name], standing[name], now[name], name, called)
        except SpecError:
            continue
        texts[name] = made.text
        if made.conflicts:
            conflicts[name] = made.conflicts
    return Remade(texts, conflicts)
