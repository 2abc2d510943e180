"""Tables of indicators as strangers draw them: which columns, what is merged, what stands at the side."""

from __future__ import annotations

from drawn_word import Cell
from hypothesis import strategies as st

COLUMNS = {
    "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "description": "绩效指标描述", "target": "指标值",
    "weight": "分值权重（90）", "actual": "实际完成值", "score": "得分", "reason": "偏差原因分析", "extra.备注": "备注",
    "extra.数据来源": "数据来源",
}  # fmt: skip
LEVELS = [["level1", "level2", "level3"]] * 3 + [["level1", "level3"], ["level3"]]
WAYS = ["plain", "plain", "level1", "level1", "level1 level2", "level1 level2", "own row", "where it starts"]


class Indicators:
    """One table of indicators: its rows, tags among them. `columns` are the values that it shows."""

    def __init__(self, draw: st.DrawFn, project: str, indicator: str) -> None:
        self.draw, self.project, self.name = draw, project, indicator
        self.levels: list[str] = draw(st.sampled_from(LEVELS))
        others = draw(st.lists(st.sampled_from(list(COLUMNS)[3:]), unique=True, min_size=1, max_size=5))
        self.columns = [*self.levels, *others]
        self.way: str = draw(st.sampled_from(WAYS)) if len(self.levels) > 1 else "plain"
        self.side: str = draw(st.sampled_from(["", "", "merged", "typed"]))
        self.counted = self.way == "plain" and not self.side and draw(st.booleans())
        self.joined = "weight" in others and draw(st.booleans())

    def rows(self) -> list[list[Cell]]:
        """The head, the loop, the end of the loop."""
        shown = [one for one in self.columns if not self._is_apart(one)]
        head = [*([Cell(("序号",))] if self.counted else []), *(Cell((COLUMNS[one],)) for one in shown)]
        begin = self._tag(f"{{%tr for {self.name} in {self.project}.indicators %}}")
        return [self._beside(head, "restart"), begin, *self._prototypes(), self._tag("{%tr endfor %}")]

    def _is_apart(self, column: str) -> bool:
        """Whether a value has no column of its own: its level stands on its own row, or it shares a cell."""
        return (self.way == "own row" and column == "level1") or (self.joined and column == "weight")

    def _prototypes(self) -> list[list[Cell]]:
        starts1, starts2 = (f"{self.name}.starts_level{n}" for n in (1, 2))
        if self.way == "own row":
            whole = [Cell((self._value("level1"),))]
            return [self._tag(f"{{%tr if {starts1} %}}"), whole, self._tag("{%tr endif %}"), self._row()]
        if not self.way.startswith("level"):
            return [self._row()]
        merged = [one for one in self.way.split() if one in self.levels]
        rows = [self._tag(f"{{%tr if {starts1} %}}"), self._row(starts=merged)]
        if "level2" in merged:
            rows += [self._tag(f"{{%tr elif {starts2} %}}"), self._row(starts=["level2"], goes_on=["level1"])]
        return [*rows, self._tag("{%tr else %}"), self._row(goes_on=merged), self._tag("{%tr endif %}")]

    def _row(self, starts: list[str] | None = None, goes_on: list[str] | None = None) -> list[Cell]:
        cells = [Cell(("{{ loop.index }}",))] if self.counted else []
        for column in self.columns:
            if self._is_apart(column):
                continue
            if column in (goes_on or ()):
                cells.append(Cell((), "continue"))
            else:
                cells.append(Cell(self._lines(column), "restart" if column in (starts or ()) else ""))
        return self._beside(cells, "continue")

    def _lines(self, column: str) -> tuple[str, ...]:
        value = self._value(column)
        if self.way == "where it starts" and column == "level1":
            return (f"{{% if {self.name}.starts_level1 %}}{value}{{% endif %}}",)
        if self.joined and column == "level3":
            return (f"{value}（{self._value('weight')}分）",)
        if column == "reason":
            return f"{{%p for line in {self.name}.reason|lines %}}", "{{ line }}", "{%p endfor %}"
        return (value,)

    def _value(self, path: str) -> str:
        head, _, label = path.partition(".")
        return f"{{{{ {self.name}.extra[“{label}”] }}}}" if head == "extra" else f"{{{{ {self.name}.{path} }}}}"

    def _beside(self, cells: list[Cell], merge: str) -> list[Cell]:
        """The cells with the label at their side: merged down, or typed on each row."""
        if self.side == "merged":
            return [Cell(("绩效指标",) if merge == "restart" else (), merge), *cells]
        return [Cell(("绩效指标",)), *cells] if self.side == "typed" else cells

    def _tag(self, text: str) -> list[Cell]:
        return [Cell((), "continue"), Cell((text,))] if self.side == "merged" else [Cell((text,))]
