"""What a 绩效目标表 (or 自评表) says: Document, Project, Agency, Budget, Execution, Indicator. Frozen; leaves are text.

A leaf has three states: `None` (the form has no such field), `""` (the cell is there and empty),
and text exactly as the form shows it. Nothing is a number or a date here; `decimal` gives the view.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = str | None
Amount = Annotated[Text, "amount"]
"""A text that is as a rule a plain number: money in the project's unit, or points of a score."""
Extra = Mapping[str, str]
"""Labels that the model has no field for, with their texts, in the form's order."""

_AMOUNT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")


def decimal(text: Text) -> Decimal | None:
    """The number that an amount's text shows (`1,234.50`, full-width digits), or None where it shows none.

    No unit is read here: a Budget's amounts stand in the project's `money_unit`.
    """
    plain = unicodedata.normalize("NFKC", text or "").strip()
    if not plain or not _AMOUNT.fullmatch(plain):
        return None
    try:
        return Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Agency(_Record):
    """预算单位: the budget unit that declares the project."""

    code: Text = Field(
        None, title="预算单位代码", description="预算单位的代码；表上没有代码就不写", examples=["209101"]
    )
    name: Text = Field(None, title="预算单位名称", examples=["天津市河西区人民法院"])


class Sources(_Record):
    """One column of a table of money: its text for each source. `amount()` gives the number."""

    total: Amount = Field(None, title="资金总额")
    fiscal: Amount = Field(None, title="财政拨款")
    carry_over: Amount = Field(None, title="上年结转资金")
    other: Amount = Field(None, title="其他资金")

    def amount(self, name: str) -> Decimal | None:
        """The number that the text of a source (`total`, `fiscal`, `carry_over`, `other`) shows, or None."""
        return decimal(getattr(self, name))


class Budget(Sources):
    """预算: amounts as the form shows them, in the project's money unit; of a 自评表 the 全年预算数."""

    total: Amount = Field(None, title="预算数", description="年度预算总额，原文照录", examples=["349.00"])
    fiscal: Amount = Field(None, title="其中：财政资金", examples=["349.00"])
    carry_over: Amount = Field(None, title="上年结转资金", examples=["0.00"])
    other: Amount = Field(None, title="其他资金", description="空单元格写作空值")


class Execution(_Record):
    """预算执行情况 by source of money (财预〔2020〕10号): the columns beside the budget, in the order of the 自评表.

    `weight` and `score` are points (10 for the whole as a rule), `rate` is executed money as a share of the budget.
    """

    initial: Sources = Field(Sources(), title="年初预算数")
    executed: Sources = Field(Sources(), title="全年执行数")
    weight: Sources = Field(Sources(), title="执行率分值", description="财预〔2021〕101号：执行率占10分")
    rate: Sources = Field(Sources(), title="执行率")
    score: Sources = Field(Sources(), title="执行率得分")


_KINDS = (
    "数量指标 质量指标 时效指标 成本指标 经济效益指标 社会效益指标 生态效益指标 可持续影响指标 服务对象满意度指标 "
    "经济成本指标 社会成本指标 生态环境成本指标"
)


class Indicator(_Record):
    """绩效指标: one row of the form. Levels stand on every indicator, also where the form merges them.

    `description` is None where it says the same as `level3`, which is what most forms do; `described`
    is what the form shows.
    """

    level1: Text = Field(
        None,
        title="一级指标",
        description="财预〔2015〕88号：产出、效益、满意度；财预〔2021〕101号另有成本",
        json_schema_extra={"enum": ["产出指标", "效益指标", "满意度指标", "成本指标"]},
    )
    level2: Text = Field(
        None,
        title="二级指标",
        description="产出：数量、质量、时效（2015年办法另有成本）；效益：经济、社会、生态、可持续影响；成本：经济、社会、生态环境",
        json_schema_extra={"enum": [*_KINDS.split()]},
    )
    level3: Text = Field(None, title="三级指标", examples=["数字档案扫描数量"])
    description: Text = Field(
        None,
        title="绩效指标描述",
        description="只在与三级指标不同时才写；空值表示空单元格",
        examples=["年度抽检合格率"],
    )
    target: Text = Field(None, title="指标值", description="原文照录", examples=["≥183万页", "≥90%", "2023年底前"])
    weight: Amount = Field(None, title="分值权重", description="财预〔2021〕101号：各指标合计90分", examples=["10"])
    actual: Text = Field(None, title="实际完成值", description="自评时填写，原文照录", examples=["185万页"])
    score: Amount = Field(None, title="得分", examples=["9.5"])
    reason: Text = Field(None, title="偏差原因分析及改进措施")
    extra: Extra = Field(default_factory=dict, title="其他列", description="模型没有的列，按表上的顺序")

    @model_validator(mode="before")
    @classmethod
    def _description_said_once(cls, given: Any) -> Any:
        """A description equal to level3 is the default and is kept as None: one content, one value."""
        said = given.get("description") if isinstance(given, dict) else None
        if said is not None and said == given.get("level3"):
            given = given.copy()
            del given["description"]
        return given

    @property
    def described(self) -> str:
        """The text of the description cell: its own, or level3's."""
        return (self.level3 or "") if self.description is None else self.description


class Project(_Record):
    """项目: one 绩效目标表.

    `heading` and `bookmarks` say how its document presents it and are kept in `document.yaml`: None
    means what the form derives. `bookmarks` is the pair (section, table of contents) around the heading.
    """

    name: Text = Field(None, title="项目名称", examples=["法院办案业务费"])
    year: Text = Field(None, title="年度", description="表上写明的预算年度", examples=["2023"])
    department: Text = Field(None, title="主管部门", description="主管部门及代码，原文照录", examples=["[209]法院"])
    agency: Agency = Field(Agency(), title="预算单位")
    money_unit: Text = Field(None, title="金额单位", examples=["万元"])
    budget: Budget = Field(Budget(), title="预算规模")
    execution: Execution = Field(Execution(), title="预算执行情况", description="自评时填写，按资金来源")
    purpose: Text = Field(None, title="资金用途")
    goals: Text = Field(None, title="绩效目标", description="一段一行，序号照原文")
    results: Text = Field(None, title="实际完成情况", description="自评时填写，一段一行")
    indicators: tuple[Indicator, ...] = Field((), title="绩效指标", description="一行一个指标，按表上的顺序")
    score: Amount = Field(None, title="总分", examples=["98.5"])
    extra: Extra = Field(default_factory=dict, title="其他项", description="模型没有的项，按表上的顺序")
    heading: Text = Field(None, title="表前标题")
    bookmarks: tuple[str, str] | None = Field(None, title="书签")


class Document(_Record):
    """A document of one or more projects under one form; `form` is None where no form was recognised."""

    form: Text = Field(None, title="表式")
    title: Text = Field(None, title="文件标题")
    projects: tuple[Project, ...] = ()


@cache
def _fields(kind: type[BaseModel]) -> tuple[tuple[str, ...], ...]:
    """The dotted paths, in steps, of the texts of a model and of the records within it; no lists, no `extra`."""
    found: list[tuple[str, ...]] = []
    for name, field in kind.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += [(name, *below) for below in _fields(inner)]
        elif inner == Text:
            found.append((name,))
    return tuple(found)


PROJECT_PATHS = tuple(".".join(path) for path in _fields(Project) if path != ("heading",))
"""The dotted path of every text of a project but its indicators', in the order of the spec: `budget.carry_over`."""
INDICATOR_PATHS = tuple(".".join(path) for path in _fields(Indicator))
"""The name of every text of an indicator, in the order of the spec."""


def texts(record: Project | Indicator) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text that a project (without its indicators) or an indicator has, `extra` last, with its path.

    Empty texts are among them; what the form has no cell for is not.
    """
    for path in _fields(type(record)):
        value: Any = record
        for name in path:
            value = getattr(value, name)
        if value is not None:
            yield path, value
    for label, text in record.extra.items():
        yield ("extra", label), text


@cache
def title(path: tuple[str, ...], record: type[BaseModel] = Project) -> str:
    """What the field calls the value at a path within a project (or an indicator): `预算数`, `全年执行数·财政拨款`.

    A label of `extra` is its own name; a path that leads nowhere is its last step.
    """
    words = ""
    kind: type[BaseModel] | None = record
    for at, name in enumerate(path):
        field = kind.model_fields.get(name) if kind is not None else None
        if field is None or not field.title:
            return path[-1]
        inner = field.annotation
        within = kind is Execution and at + 1 < len(path)
        words = f"{field.title}·" if within else words + field.title if words.endswith("·") else field.title
        kind = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    return words
