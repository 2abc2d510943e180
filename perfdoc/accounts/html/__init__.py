"""Accounts as one HTML page. It holds all that it needs: no script, nothing from the network.

The document stands there as in Word, each text coloured and tagged by what it became; what is in doubt is
outlined, numbered, and linked with the diagnostics beside it. It reads in the dark and on paper too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perfdoc.accounts import words
from perfdoc.accounts.html.table import Table
from perfdoc.accounts.html.texts import Shown, Texts
from perfdoc.accounts.tally import Account, Count, Failure
from perfdoc.layout import Layout, Paragraph
from perfdoc.meanings import meanings
from perfdoc.page import rendered
from perfdoc.report import Role


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
    return Line(name, one.file, _about(one), dict(one.counts), one.doubts)


def page(lines: Sequence[Line], sections: Iterable[str]) -> Iterator[str]:
    """The whole page, in pieces. `lines` are its files in the order of the `sections`; one file has no index."""
    title = lines[0].file if len(lines) == 1 else f"{len(lines)} 个文件 files"
    title = f"{title} · 文字账目 Account of the text"
    return rendered("accounts/html/page.html.j2", title=title, lines=lines, sections=sections)


def section(account: Account | Failure, layout: Layout | None, name: str) -> Iterator[str]:
    """A file as a `<section>`, in pieces. `name` is its id, and begins every other id in it: letters and digits."""
    if isinstance(account, Failure):
        return rendered("accounts/html/failure.html.j2", name=name, failure=account)
    assert layout is not None, "an account is shown with its layout"
    texts = Texts(account, name)
    codes = {one.code for one in account.diagnostics}
    return rendered(
        "accounts/html/section.html.j2",
        name=name,
        account=account,
        about=_about(account),
        blocks=_blocks(layout, texts),
        texts=texts,
        meant=[one for code, one in meanings().items() if code in codes],
        words=words,
    )


def _about(account: Account) -> str:
    """A line on the whole file: kind, form, projects, indicators, doubts."""
    if not account.recognised:
        return f"{account.kind} · 未识别出绩效目标表，全部文字计为表外 no form recognised: all of it is outside"
    form = f"表样 form {account.form}" if account.form else "没有已知的表样 no known form"
    sizes = f"项目 projects {len(account.projects)} · 指标 indicators {account.indicators}"
    return f"{account.kind} · {form} · {sizes} · 疑点 doubts {account.doubts}"


def _blocks(layout: Layout, texts: Texts) -> Iterator[Table | Shown]:
    """Tables, and the paragraphs that say something or that a diagnostic is about."""
    for block in layout.blocks:
        if not isinstance(block, Paragraph):
            yield Table(block, texts)
        elif block.text.strip() or block.place in texts.doubts:
            traits = [name for yes, name in ((block.outline, "outline"), (block.contents, "contents")) if yes]
            story = "" if block.story == "body" else words.STORIES.get(block.story, block.story)
            yield texts.show(block.place, block.text, *traits)._replace(story=story)
