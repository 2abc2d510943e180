"""`perfdoc explain`: what every code means; of the rules of `check` and `score` the regulations behind them, too."""

import re
import sys
from itertools import chain
from typing import Any, TypeAlias

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.params import CODES, format_option
from perfdoc.cli.terminal.printing import Printer, json_text, paint
from perfdoc.cli.verb import Verb
from perfdoc.texts import in_language, say

Explained: TypeAlias = "perfdoc.checks.Entry | perfdoc.meanings.Meaning"


@click.command(cls=Verb)
@click.argument("codes", metavar="[CODE]...", nargs=-1, type=CODES)
@format_option
@click.pass_obj
def explain(printer: Printer, codes: tuple[tuple[str, ...], ...]) -> int:
    wanted = tuple(chain.from_iterable(codes))
    known: dict[str, Explained] = {**perfdoc.meanings.meanings(), **perfdoc.checks.catalogue()}
    entries = [one for code, one in known.items() if not wanted or code.startswith(wanted)]
    if printer.format == "json":
        printer.data(json_text([_as_object(one) for one in entries]))
    elif wanted:
        printer.data("\n".join(_in_full(one) for one in entries))
    else:
        printer.data(_listed(entries))
    return Code.clean


def _listed(entries: list[Explained]) -> str:
    out: list[str] = []
    family = ""
    for one in entries:
        if one.family != family:
            family = one.family
            out += ["", say(f"explain.families.{family}")][not out :]
        if isinstance(one, tuple):
            out.append(f"  {one.code}  {in_language(one.means)}")
        else:
            mark = "*" if one.fix == "safe" else " "
            out.append(f"  {one.code}{mark} {one.severity:<8} {in_language(one.title)}")
    return "\n".join([*out, "", f"* {say('explain.safe')}"]) + "\n"


def _in_full(one: Explained) -> str:
    head = paint(one.code, "1", sys.stdout)
    if isinstance(one, tuple):
        return f"{head} {in_language(one.means)}\n\n  {say('explain.do', said=in_language(one.do))}\n"
    out = [f"{head} {in_language(one.title)} ({one.severity})", "", f"  {in_language(one.why)}", ""]
    shapes = [re.sub(r"\{\w+\}", "…", in_language(message)) for message in one.messages.values()]
    out += [f"  {say('explain.message', said=shape)}" for shape in shapes]
    out += [f"  {say('explain.basis', said=in_language(basis))}" for basis in one.basis]
    if one.fix:
        out.append("  " + say(f"explain.{one.fix}"))
    if one.family != "scores":
        out.append(f"  # perfdoc: ignore[{one.code}] …")
    return "\n".join(out) + "\n"


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
