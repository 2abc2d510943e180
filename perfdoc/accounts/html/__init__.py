"""Accounts as one HTML page. It holds all that it needs: no script, nothing from the network.

The document stands there as in Word, each text coloured and tagged by what it became; what is in doubt is
outlined, numbered, and linked with the diagnostics beside it. It reads in the dark and on paper too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from perfdoc.accounts.html.table import Table
from perfdoc.accounts.html.texts import Shown, Texts
from perfdoc.accounts.plain import summary
from perfdoc.accounts.tally import Account, Count, Failure
from perfdoc.accounts.words import path_words, place_words
from perfdoc.layout import Layout, Paragraph
from perfdoc.meanings import meanings
from perfdoc.page import rendered
from perfdoc.report import Place, Role
from perfdoc.texts import in_language, say


class Line(NamedTuple):
    """A file in the page's index: its section's id, its name, what it is, and its counts (None for one not read)."""

    name: str
    file: str
    about: str
    counts: dict[Role, Count] | None
    doubts: int


def line_of(one: Account | Failure, name: str) -> Line:
    if isinstance(one, Failure):
        return Line(name, one.file, say("accounts.failed", why=one.message), None, 0)
    return Line(name, one.file, _about(one), dict(one.counts), one.doubts)


def page(lines: Sequence[Line], sections: Iterable[str]) -> Iterator[str]:
    """The whole page, in pieces. `lines` are its files in the order of the `sections`; one file has no index."""
    title = lines[0].file if len(lines) == 1 else say("counts.files", n=len(lines))
    title = f"{title} · {say('accounts.page.title')}"
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
        place_words=place_words,
        path_words=path_words,
        in_language=in_language,
        links=False,
    )


def drawn(account: Account, layout: Layout, name: str) -> tuple[str, Mapping[Place, str]]:
    """The document alone, as in Word, and the ids of the texts that diagnostics are about, by their places.

    Each text that became a value says which in `data-at` (`way`); a diagnostic's number leads to `NAMEd1`.
    """
    texts = Texts(account, name)
    page = rendered("accounts/html/drawn.html.j2", name=name, blocks=_blocks(layout, texts), links=True)
    return "".join(page), texts.anchors


def _about(account: Account) -> str:
    return f"{account.kind} · {summary(account)}"


def _blocks(layout: Layout, texts: Texts) -> Iterator[Table | Shown]:
    """Tables, and the paragraphs that say something or that a diagnostic is about."""
    for block in layout.blocks:
        if not isinstance(block, Paragraph):
            yield Table(block, texts)
        elif block.text.strip() or block.place in texts.doubts:
            traits = [name for yes, name in ((block.outline, "outline"), (block.contents, "contents")) if yes]
            story = "" if block.story == "body" else say(f"accounts.story.{block.story}")
            yield texts.show(block.place, block.text, *traits)._replace(story=story)
