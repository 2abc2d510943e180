"""Paths, places and roles in the field's words."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel

from perfdoc.model import Document, Indicator, Project, title
from perfdoc.report import Path, Place, Role, column_letters


class Word(NamedTuple):
    """A thing's name in Chinese and in English, and what is meant by it."""

    chinese: str
    english: str
    meaning: str = ""
    means: str = ""


ROLES = {
    Role.value: Word("取值", "value", "成为规格（YAML）里的一个值", "became a value of the spec"),
    Role.label: Word("标签", "label", "指明字段的文字", "names a field"),
    Role.boilerplate: Word("表样", "boilerplate", "表格自带的文字：标题、目录、序号", "printed text of the form"),
    Role.extra: Word("其他项", "extra", "模型没有的项，按原标签保留", "kept under its own label"),
    Role.unclaimed: Word("未认领", "NOT CLAIMED", "没有归入任何字段，请人工核对", "ended up nowhere: look at it"),
    Role.outside: Word("表外", "outside", "不属于绩效目标表的文字", "not part of a form"),
}
SEVERITIES = {
    "error": Word("错误", "error"),
    "warning": Word("疑点", "warning"),
    "info": Word("说明", "info"),
}
STORIES = {
    "header": "页眉", "footer": "页脚", "footnote": "脚注", "endnote": "尾注", "comment": "批注", "textbox": "文本框",
}  # fmt: skip
_COUNTED = ("projects", "indicators")


def path_title(path: Path) -> str:
    """A value's path in Chinese, by the titles of the model's fields: `项目 1 · 指标 4 · 指标值`.

    A path may also begin inside a project: `指标 4 · 指标值`, `预算数`.
    """
    words: list[str] = []
    record: type[BaseModel] = Project
    steps = list(path)
    while len(steps) > 1 and steps[0] in _COUNTED and isinstance(steps[1], int):
        record = Project if steps[0] == "projects" else Indicator
        words.append(f"{'项目' if record is Project else '指标'} {steps[1] + 1}")
        del steps[:2]
    if steps[:1] == ["extra"] and len(steps) > 1:
        words.append(f"{title(('extra',), record)}：{steps[1]}")
    elif steps:
        named = tuple(str(step) for step in steps if not isinstance(step, int))
        words.append(title(named, Document if not words and named == ("title",) else record))
        words += [str(step + 1) for step in steps if isinstance(step, int)]
    return " · ".join(words)


def path_words(path: Path) -> str:
    """A value's path as a person counts: `project 1 indicator 4 target`; positions from 1."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            if words and words[-1] in _COUNTED:
                words[-1] = words[-1][:-1]
            words.append(str(step + 1))
        else:
            words.append(step)
    return " ".join(words)


def place_words(place: Place) -> str:
    """A place in English without its file, which stands at the top: `table 3 row 2 column 1`, `sheet 表一!B3`."""
    if place.line:
        return f"line {place.line}" + (f" column {place.column}" if place.column > 1 else "")
    text = str(place._replace(file="")).lstrip(": ") or "the file"
    return f"sheet {text}" if place.sheet else text


def place_title(place: Place) -> str:
    """A place in Chinese without its file: `表 3 第 2 行第 1 列`, `工作表 表一!B3`, `第 5 段`."""
    if place.line:
        return f"文本第 {place.line} 行" + (f"第 {place.column} 列" if place.column > 1 else "")
    if place.sheet:
        at = f"!{column_letters(place.column)}{place.row}" if place.row and place.column else ""
        return f"工作表 {place.sheet}{at}"
    within = f"{place.part} " if place.part else ""
    if place.table:
        row = f"第 {place.row} 行" if place.row else ""
        column = f"第 {place.column} 列" if place.column else ""
        return f"{within}表 {place.table} {row}{column}".rstrip()
    if place.paragraph:
        return f"{within}第 {place.paragraph} 段"
    return place.part or "整个文件"
