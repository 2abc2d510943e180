"""Accounts as one HTML page. It holds all that it needs: no script, nothing from the network.

The document stands there as in Word, each text coloured and tagged by what it became; what is in doubt is
outlined, numbered, and linked with the diagnostics beside it. It reads in the dark and on paper too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import NamedTuple

from perfdoc.accounts.html.section import about, failure_section, section
from perfdoc.accounts.tally import Account, Count, Failure
from perfdoc.page import head, html
from perfdoc.report import Role

__all__ = ["Line", "failure_section", "line_of", "page", "section"]

_COLUMNS = (
    "文件 File",
    "结果 Result",
    "取值 Value",
    "其他项 Extra",
    "未认领 Unclaimed",
    "表外 Outside",
    "疑点 Doubts",
)
# No script, no picture, no font, nothing from anywhere: only the style that stands in the page.


class Line(NamedTuple):
    """A file in the page's index: its section's id, its name, what it is, and its counts (None for one not read)."""

    name: str
    file: str
    about: str
    counts: dict[Role, Count] | None
    doubts: int


def line_of(one: Account | Failure, name: str) -> Line:
    """A file's line in the index."""
    if isinstance(one, Failure):
        return Line(name, one.file, f"未能读取 not read: {one.message}", None, 0)
    return Line(name, one.file, about(one), dict(one.counts), one.doubts)


def page(lines: Sequence[Line], sections: Iterable[str]) -> Iterator[str]:
    """The whole page, in pieces. `lines` are its files in the order of the `sections`; one file has no index."""
    title = lines[0].file if len(lines) == 1 else f"{len(lines)} 个文件 files"
    style = resources.files("perfdoc.accounts.html").joinpath("page.css").read_text(encoding="utf-8")
    yield head(f"{title} · 文字账目 Account of the text", style)
    yield """<body>
<header><h1>文字账目 Account of the text</h1>
<p>文件里的每一段文字各归一类，一字不漏；字符数不计空白。
Every piece of text of the file has exactly one role; characters are counted without white space.</p>
<p>带框的编号通向诊断 <span class="doubt sample">疑点 doubt <a class="mark" href="#top">1</a></span>
<span class="note sample">说明 note <a class="mark" href="#top">2</a></span>:
outlined, numbered, and linked with the diagnostics.</p>
</header>
<main id="top">
"""
    if len(lines) != 1:
        yield from _index(lines)
    yield from sections
    yield "</main>\n</body>\n</html>\n"


def _index(lines: Sequence[Line]) -> Iterator[str]:
    yield '<nav aria-label="索引 index"><table class="index"><caption>索引 Index</caption>\n<thead><tr>'
    yield "".join(f'<th scope="col">{column}</th>' for column in _COLUMNS) + "</tr></thead>\n<tbody>\n"
    for one in lines:
        yield f'<tr><th scope="row"><a href="#{one.name}">{html(one.file)}</a></th><td>{html(one.about)}</td>'
        if one.counts is None:
            yield "<td></td>" * 5
        else:
            roles = (Role.value, Role.extra, Role.unclaimed, Role.outside)
            yield "".join(f"<td{_alarm(role, one)}>{one.counts[role].characters:,}</td>" for role in roles)
            yield f"<td>{one.doubts:,}</td>"
        yield "</tr>\n"
    yield "</tbody></table></nav>\n"


def _alarm(role: Role, one: Line) -> str:
    alarming = role is Role.unclaimed and one.counts is not None and one.counts[role].pieces
    return f' class="{role}"' if alarming else ""
