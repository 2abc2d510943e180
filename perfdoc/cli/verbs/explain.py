"""`perfdoc explain`: what every code means; of the rules of `check` and `score` the regulations behind them, too."""

from __future__ import annotations

import json
import re
import sys
from itertools import chain
from typing import Any, TypeAlias

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.options import format_option, lang_option
from perfdoc.cli.params import CODES
from perfdoc.cli.terminal.language import language
from perfdoc.cli.terminal.printing import Printer, paint

Explained: TypeAlias = "perfdoc.checks.Entry | perfdoc.meanings.Meaning"

_WORDS = {
    "zh": {
        "message": "提示",
        "basis": "依据",
        "do": "处理",
        "safe": "--fix 可自动改正",
        "offered": "给出修改建议，由人决定",
        "families": {
            "spec": "YAML",
            "reading": "读取文件",
            "finding": "识别表格",
            "rendering": "生成文件",
            "form": "表式文件（perfdoc form lint）",
            "completeness": "完整性",
            "classification": "分类",
            "values": "指标值",
            "arithmetic": "金额与计算",
            "projects": "项目之间",
            "wording": "文字",
            "scores": "自评得分（perfdoc score）",
            "suppression": "忽略注释",
        },
    },
    "en": {
        "message": "Message",
        "basis": "Basis",
        "do": "What to do",
        "safe": "--fix mends it",
        "offered": "a fix is offered, for a person to decide",
        "families": {
            "spec": "YAML",
            "reading": "Reading files",
            "finding": "Finding the form in them",
            "rendering": "Rendering",
            "form": "A form's own files (perfdoc form lint)",
            "completeness": "Completeness",
            "classification": "Classification",
            "values": "Values",
            "arithmetic": "Arithmetic",
            "projects": "Across projects",
            "wording": "Wording",
            "scores": "Scores of a self-evaluation (perfdoc score)",
            "suppression": "Suppressions",
        },
    },
}


@click.command(
    epilog="""\b
Examples:
  perfdoc explain                  lists all codes
  perfdoc explain PD404            one rule: why, by which regulation
  perfdoc explain PD048            a diagnostic of reading: what it means, what to do
  perfdoc explain PD3 --lang zh    a family, in Chinese""",
)
@click.argument("codes", metavar="[CODE]...", nargs=-1, type=CODES)
@lang_option
@format_option
@click.pass_obj
def explain(printer: Printer, codes: tuple[tuple[str, ...], ...], lang: str | None) -> int:
    """Explain codes (or their beginnings), or list them: diagnostics, and the rules of `check` and `score`."""
    tongue = language(lang)
    wanted = tuple(chain.from_iterable(codes))
    known: dict[str, Explained] = {**perfdoc.meanings.meanings(), **perfdoc.checks.catalogue()}
    entries = [one for code, one in known.items() if not wanted or code.startswith(wanted)]
    if printer.format == "json":
        printer.data(json.dumps([_as_object(one) for one in entries], ensure_ascii=False, indent=2) + "\n")
    elif wanted:
        printer.data("\n".join(_in_full(one, tongue) for one in entries))
    else:
        printer.data(_listed(entries, tongue))
    return Code.clean


def _listed(entries: list[Explained], lang: str) -> str:
    words: Any = _WORDS[lang]
    at = 0 if lang == "zh" else 1
    out: list[str] = []
    family = ""
    for one in entries:
        if one.family != family:
            family = one.family
            out += ["", words["families"][family]] if out else [words["families"][family]]
        if isinstance(one, tuple):
            out.append(f"  {one.code}  {one.means[at]}")
        else:
            mark = "*" if one.fix == "safe" else " "
            out.append(f"  {one.code}{mark} {one.severity:<8} {one.title[at]}")
    return "\n".join([*out, "", f"* {words['safe']}"]) + "\n"


def _in_full(one: Explained, lang: str) -> str:
    words: Any = _WORDS[lang]
    at = 0 if lang == "zh" else 1
    head = paint(one.code, "1", sys.stdout)
    if isinstance(one, tuple):
        return f"{head} {one.means[at]}\n\n  {words['do']}: {one.do[at]}\n"
    out = [f"{head} {one.title[at]} ({one.severity})", "", f"  {one.why[at]}", ""]
    out += [f"  {words['message']}: {_shape(message[at])}" for message in one.messages.values()]
    out += [f"  {words['basis']}: {basis[at]}" for basis in one.basis]
    if one.fix:
        out.append(f"  {words[one.fix]}")
    if one.family != "scores":
        out.append(f"  # perfdoc: ignore[{one.code}] …")
    return "\n".join(out) + "\n"


def _shape(message: str) -> str:
    """A message's places as dots: what stands there is the form's."""
    return re.sub(r"\{\w+\}", "…", message)


def _as_object(one: Explained) -> dict[str, Any]:
    both = ("zh", "en")
    if isinstance(one, tuple):
        means, do = (dict(zip(both, text, strict=True)) for text in (one.means, one.do))
        return {"code": one.code, "family": one.family, "title": means, "do": do}
    return {
        "code": one.code,
        "family": one.family,
        "severity": str(one.severity),
        "fix": one.fix or None,
        "title": dict(zip(both, one.title, strict=True)),
        "why": dict(zip(both, one.why, strict=True)),
        "messages": [dict(zip(both, message, strict=True)) for message in one.messages.values()],
        "basis": [dict(zip(both, basis, strict=True)) for basis in one.basis],
    }
