"""What every HTML page that perfdoc writes begins with, and the text of a hostile file as HTML.

A page is one file: its style is in it, no script, and a policy that lets a browser fetch nothing.
"""

from __future__ import annotations

import re
from html import escape

# Controls (but for tab and line feed), lone surrogates, noncharacters, and what turns the direction of writing.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def head(title: str, style: str) -> str:
    """The page up to its body. `title` is text, `style` the CSS that goes into the page."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="perfdoc">
<title>{html(title)}</title>
<style>
{style}</style>
</head>
"""


def html(text: str) -> str:
    """A text as HTML, good in an element and in a quoted attribute; what can't be seen stands as its number."""
    return escape(_UNSEEN.sub(_number, text), quote=True)


def _number(found: re.Match[str]) -> str:
    return f"⟦U+{ord(found[0]):04X}⟧"
