"""A Grid as an HTML table: real spans, numbered rows, each cell coloured by what it became."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdoc.accounts.html.boxes import Box, boxes, columns, gaps
from perfdoc.accounts.html.texts import Texts
from perfdoc.accounts.words import place_title, place_words
from perfdoc.layout import Cell, Grid, Row
from perfdoc.page import html
from perfdoc.report import Path, Role

_SPANS = 1000  # the widest cell that HTML knows


class Table:
    """Writes one Grid as `<figure>`, a row a piece."""

    def __init__(self, grid: Grid, texts: Texts) -> None:
        self.grid, self.texts = grid, texts
        self.within, self.outside = self._subject()
        self.placed = boxes(grid)
        self.edges = {edge: n for n, edge in enumerate(columns(self.placed, grid.columns))}
        self.head = self._head()

    def pieces(self) -> Iterator[str]:
        """The table from its caption to its end."""
        name = f"{place_title(self.grid.place)} {place_words(self.grid.place)}"
        kind = ' class="outside"' if self.outside else ""
        yield f"<figure{kind}><figcaption>{html(name)}{self._about()}</figcaption>\n"
        yield f'<div class="scroll" role="region" tabindex="0" aria-label="{html(name)}"><table>\n'
        if self.head:
            yield "<thead>\n"
            yield from self._rows(0, self.head)
            yield "</thead>\n"
        if self.head < len(self.grid.rows):
            yield "<tbody>\n"
            yield from self._rows(self.head, len(self.grid.rows))
            yield "</tbody>\n"
        yield "</table></div></figure>\n"

    def _subject(self) -> tuple[Path, bool]:
        """The one project that the grid is about (its path, or nothing), and whether all of it is outside."""
        projects: set[Path] = set()
        roles: set[Role] = set()
        for row in self.grid.rows:
            for cell in row.cells:
                for claim in self.texts.claims.get(self.grid.place_of(cell), ()) if cell.text else ():
                    roles.add(claim.role)
                    if len(claim.path) > 2 and claim.path[0] == "projects":
                        projects.add(claim.path[:2])
        return projects.pop() if len(projects) == 1 else (), roles == {Role.outside}

    def _about(self) -> str:
        said = ["不属于绩效目标表 outside of any form"] if self.outside else []
        if self.within and isinstance(self.within[1], int):
            names = self.texts.account.projects
            name = names[self.within[1]] if self.within[1] < len(names) else ""
            said.append(f"项目 project {self.within[1] + 1} {name}")
        if not self.grid.merges:
            said.append("纯文本分不清合并与空白 plain text can't tell merged cells from empty ones")
        return "".join(f" · {html(one)}" for one in said)

    def _head(self) -> int:
        """How many rows at the top are a head that repeats on each page; none where a cell reaches below it."""
        rows = self.grid.rows
        head = next((n for n, row in enumerate(rows) if not row.header), len(rows))
        return 0 if any(box.bottom >= head for here in self.placed[:head] for box in here) else head

    def _rows(self, first: int, end: int) -> Iterator[str]:
        """The rows `first` to before `end`; rows that hold no cell at all are counted, not drawn."""
        above: list[Box] = []
        blank = 0
        for index in range(first, end):
            here = self.placed[index]
            above = [box for box in above if box.bottom >= index]
            if not here and not above:
                blank += 1
                continue
            if blank:
                yield self._blank(index - blank + 1, index)
                blank = 0
            yield self._row(index, list(gaps(here, above, max(self.edges))))
            above += [box for box in here if box.bottom > index]
        if blank:
            yield self._blank(end - blank + 1, end)

    def _blank(self, first: int, last: int) -> str:
        rows = f"{first}" if first == last else f"{first}–{last}"
        wide = min(max(len(self.edges) - 1, 1), _SPANS)
        return f'<tr class="gap"><th scope="row">{rows}</th><td colspan="{wide}">空行 empty</td></tr>\n'

    def _row(self, index: int, slots: Sequence[tuple[Box | None, int, int]]) -> str:
        row = self.grid.rows[index]
        hidden = ' class="hidden"' if row.hidden else ""
        parts = [f'<tr{hidden}><th scope="row">{index + 1}{_traits(row)}</th>']
        for box, left, right in slots:
            wide = min(self.edges[right + 1] - self.edges[left], _SPANS)
            spans = f' colspan="{wide}"' if wide > 1 else ""
            if box is None:
                parts.append(f'<td class="none"{spans}></td>')
            else:
                high = box.bottom - index + 1
                parts.append(self._cell(box, f'{spans} rowspan="{high}"' if high > 1 else spans))
        parts.append("</tr>\n")
        return "".join(parts)

    def _cell(self, box: Box, spans: str) -> str:
        cell, texts = box.cell, self.texts
        place = self.grid.place_of(cell)
        found = texts.take(place, cell.text)
        up = '<span class="story">↑ 续上 goes on</span>' if cell.continues else ""
        content = texts.content(place, cell.text, found, self.within, tagged=not self.outside)
        under = "".join(map(self._under, box.under))
        return f"<td{spans}{texts.attributes(place, cell.text, found)}>{up}{content}{under}</td>"

    def _under(self, cell: Cell) -> str:
        """The text of a cell that another one hides; nothing where there is none."""
        place, texts = self.grid.place_of(cell), self.texts
        if (not cell.text or cell.text.isspace()) and place not in texts.doubts:
            return ""
        found = texts.take(place, cell.text)
        label = f'<span class="story">↓ 第 {cell.row} 行被遮住的文字 hidden text</span>'
        content = texts.content(place, cell.text, found, self.within)
        return f"<div{texts.attributes(place, cell.text, found, 'under')}>{label}{content}</div>"


def _traits(row: Row) -> str:
    return ("<small>隐藏 hidden</small>" if row.hidden else "") + ("<small>表头 head</small>" if row.header else "")
