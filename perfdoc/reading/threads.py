"""Comments as a file has them, one by one, made into threads: replies name the comment that they answer."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfdoc.report import Place, Reply, Thread

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?")


class Remark(NamedTuple):
    """A comment or a reply: where it hangs, what it is called, and what it answers (`""`: nothing)."""

    said: Reply
    place: Place
    id: str = ""
    parent: str = ""
    resolved: bool | None = None


def moment(date: str) -> str:
    """A time of a file (ISO 8601) as a Thread has it: fractions of seconds and the zone are left out.

    Word writes the time on its user's clock and `Z` behind it all the same.
    """
    found = _MOMENT.match(date)
    return f"{found[1]} {found[2]}{found[3] if found[3] not in (None, ':00') else ''}" if found else ""


def assembled(remarks: Sequence[Remark]) -> tuple[Thread, ...]:
    """The threads in the order of their first comments. A reply to a reply is one to the thread.

    What answers a comment that is not there, or itself, is a thread of its own.
    """
    by_id = {one.id: one for one in remarks if one.id}
    answers: dict[int, list[Reply]] = {}
    first: list[Remark] = []
    for one in remarks:
        root = _root(one, by_id)
        if root is one:
            first.append(one)
        else:
            answers.setdefault(id(root), []).append(one.said)
    return tuple(Thread(*one.said, tuple(answers.get(id(one), ())), one.resolved, one.place) for one in first)


def _root(one: Remark, by_id: Mapping[str, Remark]) -> Remark:
    met = {one.id}
    above = one
    while above.parent in by_id:
        if above.parent in met:
            return one
        met.add(above.parent)
        above = by_id[above.parent]
    return above
