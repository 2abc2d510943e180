"""Which comment is which, in two versions of a conversation, and what both together say. Nothing is ever taken out."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from perfdoc.report import Reply, Thread

_EDITED = 0.5
"""How alike (0 to 1) a text is to what it was before it was edited."""


def known_by(said: Reply) -> tuple[str, str, str]:
    """What a comment is known again by after other programs saved it: white space and seconds may have changed."""
    return said.author.strip(), said.date[:16], "".join(said.text.split())


def pair_threads(old: Sequence[Thread], new: Sequence[Thread], base: Sequence[Thread] | None = None) -> dict[int, int]:
    """Index in `new` → index in `old` of the thread that it is.

    The same words at the same value come first, then the same words anywhere, then what one of the same minute and
    author at the same value became (its text was edited), then replies that a program saved as comments of their own.
    Only what `base` has, from which new was made (old itself where there is none given), can have been edited, and
    only into something alike: others of one minute and author are two.
    """
    pairs: dict[int, int] = {}
    sent = {known_by(one.said) for one in (old if base is None else base)}

    def match(keys: Sequence[object], wanted: Sequence[object]) -> None:
        waiting: dict[object, list[int]] = {}
        for at in reversed(range(len(old))):
            if at not in pairs.values() and keys[at] is not None:
                waiting.setdefault(keys[at], []).append(at)
        for at, key in enumerate(wanted):
            if at not in pairs and waiting.get(key):
                pairs[at] = waiting[key].pop()

    for key in (lambda one: (one.path, known_by(one.said)), lambda one: known_by(one.said)):
        match([key(one) for one in old], [key(one) for one in new])
    ours, theirs = ([(one.path, known_by(one.said)[:2]) if one.date else None for one in each] for each in (old, new))
    known = set(pairs)
    match([key if known_by(one.said) in sent else None for key, one in zip(ours, old, strict=True)], theirs)
    for at in pairs.keys() - known:
        if SequenceMatcher(None, old[pairs[at]].text, new[at].text, autojunk=False).ratio() < _EDITED:
            del pairs[at]
    for at, one in enumerate(new):
        if at not in pairs:
            answered = [n for n, each in enumerate(old) if known_by(one.said) in map(known_by, each.replies)]
            answered.sort(key=lambda n: old[n].path != one.path)
            pairs.update({at: answered[0]} if answered else {})
    return pairs


def united(base: Thread | None, ours: Thread, theirs: Thread) -> Thread:
    """One thread as both sides have it: ours, with their replies, and with their text and state where they changed it.

    `theirs` may be a reply of ours that a program saved as a comment of its own. Without a base theirs may resolve a
    thread and not open it again: it may be older than ours.
    """
    if known_by(theirs.said) in map(known_by, ours.replies):
        there = {known_by(one) for one in theirs.replies}
        rest = [one for one in ours.replies if known_by(one) not in there]
        return ours._replace(replies=_replies((), ours.replies, (*rest, *theirs.replies)))
    sent = base.replies if base else ()
    was = base is not None and base.resolved
    resolved = ours.resolved if theirs.resolved in (None, was) else theirs.resolved
    said = ours.said if known_by(theirs.said) == known_by((base or ours).said) else theirs.said
    return ours._replace(text=said.text, resolved=resolved, replies=_replies(sent, ours.replies, theirs.replies))


def _replies(base: Sequence[Reply], ours: Sequence[Reply], theirs: Sequence[Reply]) -> tuple[Reply, ...]:
    """Our replies, and those that only they have; one of the base that they have in other words, in its place."""
    sent = set(map(known_by, base))
    mine, there = Counter(map(known_by, ours)), Counter(map(known_by, theirs))
    gone, new = mine - there, there - mine
    kept = list(ours)
    for one in theirs:
        if not new[known_by(one)]:
            continue
        new[known_by(one)] -= 1
        minute = known_by(one)[:2] if one.date else None
        edited = [at for at, each in enumerate(kept) if gone[known_by(each)] and known_by(each) in sent]
        edited = [at for at in edited if known_by(kept[at])[:2] == minute]
        if edited:
            gone[known_by(kept[edited[0]])] -= 1
            kept[edited[0]] = one
        else:
            kept.append(one)
    return tuple(kept)
