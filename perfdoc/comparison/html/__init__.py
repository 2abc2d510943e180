"""Differences as one HTML page: the form's table twice, the old one beside the new one, what differs marked.

It holds all that it needs: no script, nothing from the network. Signs and words stand beside the colours, so that
it can be read on paper and in dark mode.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources

from perfdoc.comparison.change import Difference
from perfdoc.comparison.html.table import entry, table
from perfdoc.comparison.plain import summary
from perfdoc.page import head, html

Compared = tuple[str, str, Difference]
"""The old one's name, the new one's, and the difference."""


def page(compared: Sequence[Compared]) -> Iterator[str]:
    """The whole page, in pieces."""
    title = f"{compared[0][0]} → {compared[0][1]}" if len(compared) == 1 else f"{len(compared)} 份文件 documents"
    style = resources.files("perfdoc.comparison.html").joinpath("page.css").read_text(encoding="utf-8")
    yield head(f"{title} · 绩效目标比较 Goals compared", style)
    yield f"""<body>
<header><h1>绩效目标比较 Goals compared</h1>
<p>{html(summary([one for _, _, one in compared]))}</p>
<p class="legend"><span class="removed">− <del>旧文 old</del></span> <span class="added">+ <ins>新文 new</ins></span>
<span class="changed">~ 有改动 changed</span> <span class="moved">» 移动 moved</span></p>
</header>
<main>
"""
    for index, (old, new, difference) in enumerate(compared, 1):
        yield from _document(old, new, difference, f"d{index}")
    yield "</main>\n</body>\n</html>\n"


def _document(old: str, new: str, difference: Difference, name: str) -> Iterator[str]:
    yield f'<section class="document" id="{name}" aria-labelledby="{name}h">\n'
    yield f'<h2 id="{name}h">{html(old)} → {html(new)}</h2>\n'
    if not difference:
        yield "<p>没有差别 nothing differs</p></section>\n"
        return
    changed = list(difference.changed())
    yield '<nav aria-label="项目 projects"><ol>\n'
    for index, one in enumerate(changed, 1):
        yield entry(one, f"{name}p{index}")
    yield "</ol></nav>\n"
    if difference.values:
        yield "<dl>"
        for value in difference.values:
            yield f"<dt>文件标题</dt><dd><del>{html(value.old)}</del> → <ins>{html(value.new)}</ins></dd>"
        yield "</dl>\n"
    for index, one in enumerate(changed, 1):
        yield from table(one, f"{name}p{index}")
    yield "</section>\n"
