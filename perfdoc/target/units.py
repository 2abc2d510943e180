"""The units that targets are measured in, and what each comes to in its base unit.

A magnitude (万 亿 千 …) in front of a unit multiplies it: 3.5万盒 is 35,000 盒, 55万元 is 550,000 元.
A unit that merely begins like a magnitude (千克, 千瓦时, 百分点) is a unit of its own and is found first.
"""

import re
from decimal import Context
from fractions import Fraction
from functools import lru_cache
from math import prod

from perfdoc.target.number import read_number

EXACT = Context(prec=60)
"""Arithmetic on amounts: wide enough that no product of two amounts of a form is rounded."""

_SIZES = "百 千 万 十万 百万 千万 亿 十亿 百亿 千亿 万亿"
MAGNITUDES = {name: 10**zeros for zeros, name in enumerate(_SIZES.split(), 2)}

# base unit: its units, each with how many of the base it holds
_MEASURES = """
元: 元 1  块钱 1  角 0.1  W元 10000
美元: 美元 1
欧元: 欧元 1
港元: 港元 1  港币 1
%: % 1  百分比 1  ‰ 0.1  %o 0.1  ‱ 0.01  成 10
百分点: 百分点 1  个百分点 1
倍: 倍 1
秒: 毫秒 0.001  ms 0.001  秒 1  秒钟 1  分钟 60  min 60  小时 3600  个小时 3600  h 3600
秒: 天 86400  日 86400  自然日 86400  个自然日 86400  日历天 86400  日历日 86400  个日历日 86400
秒: 周 604800  星期 604800  个星期 604800
工作日: 工作日 1  个工作日 1
个月: 月 1  个月 1  季 3  季度 3  个季度 3  年 12  年度 12  个年度 12
米: 米 1  m 1  公里 1000  千米 1000  km 1000  延米 1  里 500  海里 1852  厘米 0.01  cm 0.01  毫米 0.001  mm 0.001
米: ㎞ 1000  ㎝ 0.01  ㎜ 0.001
平方米: ㎢ 1000000
千克: ㎏ 1  ㎎ 0.000001
立方米: ㎖ 0.000001
千瓦: ㎾ 1
平方米: 平方米 1  平米 1  ㎡ 1  m2 1  m² 1  平方 1
平方米: 公顷 10000  平方公里 1000000  平方千米 1000000  km2 1000000  km² 1000000
平方米: 亩 2000/3  平方海里 3429904
立方米: 立方米 1  立方 1  方 1  m3 1  m³ 1  ㎥ 1  升 0.001  L 0.001  毫升 0.000001  ml 0.000001
千克: 千克 1  公斤 1  kg 1  克 0.001  g 0.001  毫克 0.000001  mg 0.000001  μg 0.000000001
千克: 斤 0.5  吨 1000  t 1000  吨标准煤 1000
千瓦时: 千瓦时 1  度电 1  千瓦·时 1  千瓦小时 1  kWh 1  kW·h 1  兆瓦时 1000  MWh 1000  MW·h 1000
千瓦: 千瓦 1  kW 1  瓦 0.001  W 0.001  兆瓦 1000  MW 1000
千伏: 千伏 1  kV 1  伏 0.001  V 0.001
千伏安: 千伏安 1  kVA 1
MB: MB 1  GB 1024  TB 1048576  兆 1
Mbps: Mbps 1  Gbps 1000
℃: ℃ 1  摄氏度 1
分贝: 分贝 1  dB 1
人: 人 1  名 1  位 1  人口 1
人次: 人次 1
场: 场 1  场次 1
批次: 批次 1  个批次 1
帕: 帕 1  Pa 1  千帕 1000  kPa 1000  兆帕 1000000  MPa 1000000
人·天: 人天 1  人日 1
人·个月: 人月 1  人年 12
"""

# units that only count: each is its own base
_COUNTERS = """
个 件 台 套 辆 只 支 把 张 组 批 项 处 座 部 架 份 本 册 块 条 副 根 页 盒 箱 袋 瓶 桶 株 棵 颗 头 匹 羽 尾 艘
列 节 间 栋 幢 层 户 家 所 村 镇 乡 县 区 市 省 例 起 宗 桩 期 班 届 轮 次 遍 趟 篇 章 字 幅 卷 盘 路 门
种 类 等 度 点 对 双 片 段 面 扇 口 眼 盏 杆 粒 剂 剂次 针 针次 管 样 车 床 折 站 款 案 队 岗 窗 屏 首
岁 周岁 年级 分 人份 台次 台时 车次 班次 件次 户次 篇次 项次 家次 册次 例次 门次
床位 床日 车位 机位 席位 工位 批件 课时 学时 学分 学期 个学期 学年 个学年 标段 个标段 站点 个站点 点位 个点位
工日 机时 架次 航次 亩次 座次 所次 站次 期次 交易日 个交易日 条款 轮次 台班 周期 个周期 年一遇 生 :1 版面 版 标箱 路口
"""

RATIO = ":1"
"""The unit of a ratio: 1:2 is 0.5 of it."""

UNITS: dict[str, tuple[str, Fraction]] = {name: (name, Fraction(1)) for name in _COUNTERS.split()}
for _line in _MEASURES.strip().splitlines():
    _base, _, _units = _line.partition(": ")
    _words = _units.split()
    UNITS.update((n, (_base, Fraction(f))) for n, f in zip(_words[::2], _words[1::2], strict=True))

_LONGEST = max(map(len, UNITS))
_FOLDED = {name.lower(): name for name in UNITS if len(name) > 1}  # m is not M, g is not G

ALTERNATIVE_FIRST = frozenset("台件个套辆只张把部架块条支副项头羽匹")
ALTERNATIVE_SECOND = frozenset("套件台辆只")
"""`/` between one of the first and one of the second gives another word for the same thing (1950台/套)."""

DATE_LIKE = frozenset("月日号季级等度分点期类区章节届轮") | {"年度", "季度", "年级"}
"""Units before which a Chinese numeral more likely names or dates than counts (一月, 二期, 一级, 十分)."""

_MAGNITUDE = re.compile("|".join(sorted(MAGNITUDES, key=len, reverse=True)))
_LATIN = re.compile(r"[A-Za-z0-9²³]")


def known_unit(text: str, at: int) -> int:
    """Where the longest known unit that begins at `at` ends; `at` itself where none does."""
    for end in range(min(len(text), at + _LONGEST), at, -1):
        name = text[at:end]
        if name in UNITS or name.lower() in _FOLDED:
            cut_word = end < len(text) and _LATIN.match(text, end - 1) and _LATIN.match(text, end)
            if not cut_word:
                return end
    return at


def magnitude(text: str, at: int) -> int:
    """Where the magnitude that begins at `at` ends; `at` itself where none does."""
    found = _MAGNITUDE.match(text, at)
    return found.end() if found else at


@lru_cache(maxsize=4096)
def scale(unit: str) -> tuple[str, Fraction]:
    """The base unit of a unit and how many of it one holds: 万元 → (元, 10000); 件（套） → (件, 1).

    A bracket or an alternative (台/套) is another word for the same thing, but 亩（次） is 亩次. A product is what it
    is called as one word (人·次 is 人次), else the product of its base units. A number in front multiplies (两周).
    An unknown unit is its own base; the empty unit (a bare number) too.
    """
    found = UNITS.get(unit) or UNITS.get(_FOLDED.get(unit.lower(), ""))
    if found:
        return found
    joined = f"{unit.removesuffix('（次）')}次"
    if unit.endswith("（次）") and joined[magnitude(joined, 0) :] in UNITS:
        return scale(joined)
    name = unit.partition("（")[0].partition("/")[0]
    if name != unit and name:
        return scale(name)
    end = magnitude(unit, 0)
    if end:
        base, factor = scale(unit[end:])
        return base, factor * MAGNITUDES[unit[:end]]
    if "·" in unit:
        return _product(unit)
    times = read_number(unit, 0)
    if times and times.end < len(unit):
        base, factor = scale(unit[times.end :])
        return base, factor * Fraction(times.value)
    return unit, Fraction(1)


def _product(unit: str) -> tuple[str, Fraction]:
    joined = unit.replace("·", "")
    if joined in UNITS:
        return scale(joined)
    scales = [scale(name) for name in unit.split("·")]
    return "·".join(base for base, _ in scales), prod((size for _, size in scales), start=Fraction(1))


def factors(unit: str) -> list[tuple[str, Fraction]]:
    """A unit as its factors, each a base unit and how many of it one holds: 人天 → 1 人, 86400 秒."""
    base, size = scale(unit)
    first, *others = (scale(name) for name in base.split("·"))
    return [(first[0], first[1] * size), *others]
