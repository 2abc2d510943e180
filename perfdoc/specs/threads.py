"""Review comments as comments of a spec: one line each, replies below, further lines of a text behind a bar.

    # 审核 2024-03-02 15:04 财政局：数量是否过低？
    #   | 请附依据。
    #   ↳ 2024-03-03 09:10 水务局：已核实

`✓` behind 审核 marks one that is resolved; date and author may be missing. An author that could be taken for something
else, and a line that a comment can't hold as it is, stand in quotation marks, with JSON's escapes.
"""

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from perfdoc.report import Reply, Thread

MARK = "审核"
"""What every thread begins with."""
_DATE = r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?"
_AUTHOR = r'"(?:[^"\\]|\\.)*"|[^"：:\s][^：:]*?'
_SAID = rf"(?:\s+(?P<date>{_DATE}))?(?:\s*(?P<author>{_AUTHOR}))??\s*[：:](?P<text>.*)"
_FIRST = re.compile(rf"#\s*{MARK}(?=[\s：:])(?P<resolved>\s+✓)?{_SAID}", re.DOTALL)
_REPLY = re.compile(rf"#\s*↳{_SAID}", re.DOTALL)
_MORE = re.compile(r"#\s{2,}\|(.*)", re.DOTALL)
_AMBIGUOUS = re.compile(rf'✓|{_DATE}|\s|"|.*[：:]|.*\s$', re.DOTALL)
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that end a comment's line, or that YAML does not allow."""


class Unit(NamedTuple):
    """Comments that belong together: a thread's lines, or one line of another kind."""

    lines: tuple[str, ...]
    thread: Thread | None = None


def units(lines: Sequence[str]) -> list[Unit]:
    """The comments of one place, each thread in one; what stands between its lines comes behind it."""
    made: list[Unit] = []
    at = -1  # the thread that replies belong to
    goes_on = False  # whether the line before is one of its
    for line in lines:
        first, reply, more = (each.fullmatch(line) for each in (_FIRST, _REPLY, _MORE))
        thread = made[at].thread if at >= 0 else None
        if first:
            at = len(made)
            made.append(Unit((line,), Thread(*_said(first), resolved=bool(first["resolved"]))))
        elif thread and reply:
            answered = thread._replace(replies=(*thread.replies, _said(reply)))
            made[at] = Unit((*made[at].lines, line), answered)
        elif thread and more and goes_on:
            made[at] = Unit((*made[at].lines, line), _longer(thread, _read(more[1])))
        else:
            made.append(Unit((line,)))
            goes_on = False
            continue
        goes_on = True
    return made


def unit_of(thread: Thread) -> Unit:
    """A thread as comments."""
    lines = _written(f"# {MARK} ✓" if thread.resolved else f"# {MARK}", thread.said)
    for reply in thread.replies:
        lines += _written("#   ↳", reply)
    return Unit(tuple(lines), thread)


def _said(found: re.Match[str]) -> Reply:
    return Reply(_read(found["author"] or ""), found["date"] or "", _read(found["text"]))


def _longer(thread: Thread, line: str) -> Thread:
    """A thread with one line more, of what was said last."""
    if not thread.replies:
        return thread._replace(text=f"{thread.text}\n{line}")
    *before, last = thread.replies
    return thread._replace(replies=(*before, last._replace(text=f"{last.text}\n{line}")))


def _read(text: str) -> str:
    text = text.strip()
    if text[:1] == '"' == text[-1:]:
        try:
            return str(json.loads(text))
        except ValueError:
            pass  # quotation marks of somebody's own
    return text


def _written(lead: str, said: Reply) -> list[str]:
    author = said.author
    if author and (_AMBIGUOUS.match(author) or _UNFIT.search(author)):
        author = _quoted(author)
    first, *more = map(_line, said.text.split("\n"))
    head = " ".join(filter(None, (lead, said.date, author)))
    return [f"{head}：{first}", *(f"#   | {line}" if line else "#   |" for line in more)]


def _line(text: str) -> str:
    return _quoted(text) if text != text.strip() or text[:1] == '"' or _UNFIT.search(text) else text


def _quoted(text: str) -> str:
    return _UNFIT.sub(lambda one: f"\\u{ord(one[0]):04x}", json.dumps(text, ensure_ascii=False))
