"""One file on the page: its counts, the document as in Word, and the diagnostics beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from perfdoc.accounts.html.table import Table
from perfdoc.accounts.html.texts import Texts
from perfdoc.accounts.tally import Account, Failure
from perfdoc.accounts.words import ROLES, SEVERITIES, STORIES, path_title, place_title, place_words
from perfdoc.layout import Layout, Paragraph
from perfdoc.meanings import meanings
from perfdoc.page import html
from perfdoc.report import Diagnostic


def section(account: Account, layout: Layout, name: str) -> Iterator[str]:
    """A file as a `<section>`, in pieces. `name` is its id, and begins every other id in it: letters and digits."""
    texts = Texts(account, name)
    yield f'<section class="file" id="{name}" aria-labelledby="{name}h">\n'
    yield f'<h2 id="{name}h">{html(account.file)}</h2>\n<p class="about">{html(about(account))}</p>\n'
    yield from _counted(account)
    yield f'<div class="{"pair" if account.diagnostics else "clear"}">\n<div class="document">\n'
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(block, texts)
        else:
            yield from Table(block, texts).pieces()
    yield "</div>\n"
    yield from _diagnostics(texts)
    yield "</div>\n</section>\n"


def failure_section(failure: Failure, name: str) -> Iterator[str]:
    """A file that could not be read."""
    yield f'<section class="file" id="{name}"><h2>{html(failure.file)}</h2>\n'
    yield f'<p class="failure"><b>未能读取 not read:</b> {html(failure.message)}</p></section>\n'


def about(account: Account) -> str:
    """A line on the whole file: kind, form, projects, indicators, doubts."""
    if not account.recognised:
        return f"{account.kind} · 未识别出绩效目标表，全部文字计为表外 no form recognised: all of it is outside"
    form = f"表样 form {account.form}" if account.form else "没有已知的表样 no known form"
    sizes = f"项目 projects {len(account.projects)} · 指标 indicators {account.indicators}"
    return f"{account.kind} · {form} · {sizes} · 疑点 doubts {account.doubts}"


def _paragraph(one: Paragraph, texts: Texts) -> str:
    if not one.text.strip() and one.place not in texts.doubts:
        return ""
    found = texts.take(one.place, one.text)
    story = "" if one.story == "body" else f'<span class="story">{html(STORIES.get(one.story, one.story))}</span>'
    traits = [name for yes, name in ((one.outline, "outline"), (one.contents, "contents")) if yes]
    attributes = texts.attributes(one.place, one.text, found, *traits)
    return f"<p{attributes}>{story}{texts.content(one.place, one.text, found)}</p>\n"


def _counted(account: Account) -> Iterator[str]:
    """The table of roles, which is the legend too."""
    yield '<table class="counts"><caption>账目与图例 Account and legend</caption>\n<thead><tr>'
    for name in ("角色 Role", "含义 Meaning", "处 Pieces", "字符 Characters"):
        yield f'<th scope="col">{name}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for role, count in account.counts.items():
        word = ROLES[role]
        swatch = f'<span class="swatch {role}">{word.chinese} {word.english}</span>'
        yield f'<tr><th scope="row">{swatch}</th><td>{word.meaning} {word.means}</td>'
        yield f"<td>{count.pieces:,}</td><td>{count.characters:,}</td></tr>\n"
    total = sum(count.characters for count in account.counts.values())
    agrees = "与文件所载相符 as the file holds" if not account.differences else "与文件所载不符 NOT what the file holds"
    yield f'<tr><th scope="row">合计 All</th><td>{agrees} ({account.held.characters:,})</td><td></td>'
    yield f"<td>{total:,}</td></tr>\n</tbody></table>\n"


def _diagnostics(texts: Texts) -> Iterator[str]:
    found = texts.account.diagnostics
    yield f'<aside aria-label="诊断 diagnostics"><h3>诊断 Diagnostics ({len(found)})</h3>\n'
    if not found:
        yield "<p>没有疑点 nothing is in doubt</p></aside>\n"
        return
    yield "<ol>\n"
    for number, one in enumerate(found, 1):
        yield _diagnostic(number, one, texts)
    yield "</ol>\n"
    yield from _meanings({one.code for one in found})
    yield "</aside>\n"


def _meanings(codes: Collection[str]) -> Iterator[str]:
    """What the codes of the diagnostics mean and what to do, for a reader who does not have the program."""
    known = [one for code, one in meanings().items() if code in codes]
    if not known:
        return
    yield "<h3>编号的含义 What the codes mean</h3>\n<dl>\n"
    for one in known:
        yield f"<dt><code>{one.code}</code></dt><dd><p>{'<br>'.join(map(html, one.means))}</p>"
        yield f"<p><b>处理 What to do:</b> {'<br>'.join(map(html, one.do))}</p></dd>\n"
    yield "</dl>\n"


def _diagnostic(number: int, one: Diagnostic, texts: Texts) -> str:
    word = SEVERITIES[one.severity]
    where = f'<span title="{html(place_words(one.place))}">{html(place_title(one.place))}</span>'
    if one.place in texts.anchors:
        where = f'<a href="#{texts.anchors[one.place]}">{where}</a>'
    path = f" · {html(path_title(one.path))}" if one.path else ""
    quote = f"<blockquote>{html(one.quote)}</blockquote>" if one.quote and one.quote not in one.message else ""
    said = f"<b>{word.chinese} {word.english}</b> <code>{html(one.code)}</code> {where}{path}"
    start = f'<li id="{texts.prefix}d{number}" class="{one.severity}"><p>{said}</p>'
    return f"{start}<p>{html(one.message)}</p>{quote}</li>\n"
