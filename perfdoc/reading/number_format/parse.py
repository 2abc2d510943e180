"""A number format's code as sections of tokens (ECMA-376 part 1, 18.8.31)."""

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | _(?P<pad>.)
    | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式|通用格式)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<hijri>B[12])
    | (?P<date>y+|m+|d+|h+|s+|e+|g+|aaaa?|b+)
    | (?P<digit>[0#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<slash>/)
    | (?P<text>@)
    | (?P<end>;)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|=|<|>)\s*([+-]?\d*\.?\d+(?:E[+-]?\d+)?)\s*", re.IGNORECASE)
_NUMERALS = re.compile(r"(?:DB|NAT)NUM(\d)", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_LITERAL = {"quoted", "escaped", "other"}
_DATE = {"date", "half", "elapsed"}
_MAX_CODE = 1024
"""Excel's own limit is 255 characters; a longer code is not one that Excel wrote."""


class Token(NamedTuple):
    """A piece of a section: `kind` is a group's name of `_TOKEN`, or literal or elapsed."""

    kind: str
    text: str


class Section(NamedTuple):
    """One of up to four parts of a format.

    `kind` is number, date, general or text. `condition` is (operator, limit) where the section is bound
    to one. `language` is the primary language of its `[$-…]`: `zh`, another tag, or "". `numerals` is
    the number of `[DBNum…]`, 0 without. `system` is `date` or `time` for the machine's own long date or time.
    """

    kind: str
    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    language: str = ""
    numerals: int = 0
    system: str = ""


def sections(code: str) -> tuple[Section, ...]:
    """The sections of a format's code; any text is a code of at least one section."""
    done: list[Section] = []
    tokens: list[Token] = []
    for match in _TOKEN.finditer(code[:_MAX_CODE]):
        kind = str(match.lastgroup)
        if kind == "end":
            done.append(_section(tokens))
            tokens = []
        else:
            tokens.append(Token("literal" if kind in _LITERAL else kind, match[kind]))
    done.append(_section(tokens))
    return tuple(done)


def _section(tokens: list[Token]) -> Section:
    kept: list[Token] = []
    condition: tuple[str, float] | None = None
    language = system = ""
    numerals = 0
    for token in tokens:
        if token.kind == "hijri":
            continue
        if token.kind != "bracket":
            kept.append(token)
            continue
        inside = token.text
        if inside.startswith("$"):
            sign, _, tag = inside[1:].partition("-")
            if sign:
                kept.append(Token("literal", sign))
            language, system = _language(tag, language, system)
        elif match := _CONDITION.fullmatch(inside):
            condition = (match[1], float(match[2]))
        elif match := _NUMERALS.fullmatch(inside):
            numerals = int(match[1])
        elif _ELAPSED.fullmatch(inside):
            kept.append(Token("elapsed", inside.lower()))
        # any other bracket is a colour, which is not text
    return Section(_kind(kept), tuple(kept), condition, language, numerals, system)


def _kind(tokens: list[Token]) -> str:
    kinds = {token.kind for token in tokens}
    if kinds & _DATE:
        return "date"
    if "digit" in kinds:
        return "number"
    if "general" in kinds:
        return "general"
    return "text" if "text" in kinds else "number"


def _language(tag: str, language: str, system: str) -> tuple[str, str]:
    """What `804`, `zh-CN`, `F800` or `x-sysdate` says, over what was said before ([MS-LCID])."""
    tag = tag.lower()
    if tag.startswith("x-sys"):
        return language, "date" if tag == "x-sysdate" else "time"
    try:
        number = int(tag.partition(",")[0], 16)
    except ValueError:
        return (tag.partition("-")[0] or language), system
    if number & 0xFFFF in (0xF800, 0xF400):
        return language, "date" if number & 0xFFFF == 0xF800 else "time"
    # the low ten bits are the primary language, 4 is Chinese
    return ("zh" if number & 0x3FF == 4 else "en" if number & 0x3FF == 9 else language), system
