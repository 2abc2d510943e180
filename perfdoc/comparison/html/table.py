"""One project, twice side by side: the head of the form, then its indicators, a row a pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perfdoc.comparison.change import Change, IndicatorChange, ProjectChange, Value
from perfdoc.comparison.pieces import Piece, lines, pieces
from perfdoc.comparison.plain import SIGNS, told
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS, Indicator, Project, title
from perfdoc.page import html

Path = tuple[str, ...]
_HEAD: tuple[Path, ...] = tuple(tuple(path.split(".")) for path in PROJECT_PATHS)
Columns = tuple[str, ...]
_ALWAYS = frozenset({"level1", "level2", "level3", "target"})
_KINDS = {
    Change.added: "新增 added", Change.removed: "删除 removed", Change.changed: "有改动 changed",
    Change.moved: "移动 moved", Change.same: "未变 the same",
}  # fmt: skip
_GONE = '<td class="{}" colspan="{}"></td>'


def entry(one: ProjectChange, name: str) -> str:
    """A project's line in the list at the top."""
    kind = f'<span class="{one.kind}">{SIGNS[one.kind]} {_KINDS[one.kind]}</span>'
    return f'<li><a href="#{name}">{_names(one)}</a> {kind}</li>\n'


def table(one: ProjectChange, name: str) -> Iterator[str]:
    """A project as a figure, a row a piece. `name` is its id."""
    moved = f" · 项目 {(one.old_index or 0) + 1} → {(one.new_index or 0) + 1}" if one.moved else ""
    yield f'<figure class="{one.kind}" id="{name}"><figcaption><h3>{_names(one)}</h3> '
    yield f"<p>{SIGNS[one.kind]} {_KINDS[one.kind]}{moved}</p></figcaption>\n"
    yield '<div class="scroll" role="region" tabindex="0" aria-label="比较 comparison"><table>\n'
    columns = _columns_of(one)
    width = len(columns)
    yield f'<thead><tr><th scope="col"></th><th scope="colgroup" colspan="{width}">旧 old</th>'
    yield f'<th class="edge" scope="colgroup" colspan="{width}">新 new</th></tr></thead>\n<tbody>\n'
    values = {value.path: value for value in one.values}
    known = [path for path in (*_HEAD, *_extras(one)) if path in values or _said(one, path)]
    for path in [*known, *(path for path in values if path not in known)]:
        yield _head(one, path, values.get(path), width)
    yield "</tbody>\n<tbody>\n"
    yield _titles(columns)
    for row in one.indicators:
        yield _indicator(row, columns)
    yield "</tbody>\n</table></div></figure>\n"


def _columns_of(one: ProjectChange) -> Columns:
    """The columns that either side has something in; a description that repeats the name is not shown again."""
    rows = [each for row in one.indicators for each in (row.old, row.new) if each]
    return tuple(name for name in INDICATOR_PATHS if name in _ALWAYS or any(getattr(row, name) for row in rows))


def _names(one: ProjectChange) -> str:
    new = one.either.name or "(没有名称 no name)"
    old = (one.old.name if one.old else None) or new
    return html(new) if old == new else f"{html(old)} → {html(new)}"


def _extras(one: ProjectChange) -> list[Path]:
    labels = dict.fromkeys((*(one.old.extra if one.old else ()), *(one.new.extra if one.new else ())))
    return [("extra", label) for label in labels]


def _of(project: Project | None, path: Path) -> str:
    if project is None:
        return ""
    if path[0] == "extra":
        return project.extra.get(path[1]) or ""
    value: Any = project
    for name in path:
        value = getattr(value, name)
    return value or ""


def _said(one: ProjectChange, path: Path) -> bool:
    return bool(_of(one.old, path) or _of(one.new, path))


def _head(one: ProjectChange, path: Path, value: Value | None, width: int) -> str:
    label = f'<th scope="row">{html(title(path))}</th>'
    if value is not None:
        old, new = _marked(value)
        kind = ' class="differs"'
    else:
        old, new, kind = html(_of(one.old, path)), html(_of(one.new, path)), ""
    left = f'<td colspan="{width}">{old}</td>' if one.old else _GONE.format("gone", width)
    right = f'<td class="edge" colspan="{width}">{new}</td>' if one.new else _GONE.format("gone edge", width)
    return f"<tr{kind}>{label}{left}{right}</tr>\n"


def _titles(columns: Columns) -> str:
    cells = [f'<th scope="col">{html(title((name,), Indicator))}</th>' for name in columns]
    edge = cells[0].replace("<th ", '<th class="edge" ')
    return f'<tr class="columns"><th></th>{"".join(cells)}{edge}{"".join(cells[1:])}</tr>\n'


def _indicator(row: IndicatorChange, columns: Columns) -> str:
    kind = row.kind
    sign = {Change.same: "", Change.removed: "−"}.get(kind, SIGNS[kind])
    moved = f" » {(row.old_index or 0) + 1}→{(row.new_index or 0) + 1}" if row.moved else ""
    values = {value.path: value for value in row.values}
    spoken = _KINDS[kind] if kind is not Change.same else ""
    label = f'<th scope="row" title="{html(spoken)}">{sign if not row.moved or values else ""}{moved}</th>'
    sides = [_side(row.old, values, 0, columns), _side(row.new, values, 1, columns)]
    return f'<tr class="{kind}">{label}{"".join(sides)}</tr>\n'


def _side(one: Indicator | None, values: dict[Path, Value], side: int, columns: Columns) -> str:
    if one is None:
        return _GONE.format("gone edge" if side else "gone", len(columns))
    cells: list[str] = []
    for name in columns:
        value = values.get((name,))
        text = _marked(value)[side] if value else html(getattr(one, name) or "")
        if name == "target":
            text += _others(values, side)
        traits = [trait for trait in ("edge" if side and not cells else "", "differs" if value else "") if trait]
        kind = f' class="{" ".join(traits)}"' if traits else ""
        cells.append(f"<td{kind}>{text}</td>")
    return "".join(cells)


def _others(values: dict[Path, Value], side: int) -> str:
    """What differs in columns that the model has no field for."""
    found = [value for value in values.values() if value.path[0] == "extra"]
    return "".join(f"<small>{html(value.title)}: {_marked(value)[side]}</small>" for value in found)


def _marked(value: Value) -> tuple[str, str]:
    """Both texts, what the other one does not have marked; the difference stands by the new one."""
    left: list[str] = []
    right: list[str] = []
    for old, new in lines(value.old, value.new):
        ours, theirs = pieces(old or "", new or "")
        if old is not None:
            left.append(_pieces(ours, "del"))
        if new is not None:
            right.append(_pieces(theirs, "ins"))
    amount = told(value)
    return "\n".join(left), "\n".join(right) + (f" <small>{html(amount.strip())}</small>" if amount else "")


def _pieces(found: list[Piece], mark: str) -> str:
    return "".join(f"<{mark}>{html(piece.text)}</{mark}>" if piece.changed else html(piece.text) for piece in found)
