"""What the help of each verb says below its options: a text file a verb, `\\b` on a line as click has it."""

from __future__ import annotations

from pathlib import Path


def examples(verb: str) -> str:
    """The text below the options of a verb: examples first. A paragraph after a line `\\b` keeps its lines."""
    text = Path(__file__).with_name(f"{verb}.txt").read_text(encoding="utf-8")
    return text.removesuffix("\n").replace("\\b\n", "\b\n")
