"""Texts, and what the stretches of markup between them do (`between.py`), sewn together to rows."""

from __future__ import annotations

import re

from perfdoc.reading.docx.between import Between, Line
from perfdoc.reading.docx.plain import Parts, PlainRows
from perfdoc.reading.docx.stretches import Stretches
from perfdoc.reading.docx.symbols import WHITE

_REFERENCES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_REFERENCE = re.compile("|".join(_REFERENCES))
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # by the few: ten times quicker to compile


def texts_of(written: bytes, steps: list[Between]) -> list[str] | None:
    """The texts between stretches, as they show (`symbols.trimmed`); None if one of them is not well formed."""
    try:
        joined = written.decode()
    except UnicodeDecodeError:
        return None
    printable = joined.isprintable()
    if not printable and _NO_XML.search(joined):
        return None
    texts = joined.split("<")
    if "&" in joined:
        if "&" in _REFERENCE.sub("", joined):
            return None
        texts = [_REFERENCE.sub(lambda found: _REFERENCES[found[0]], text) for text in texts]
    if not printable or " <" in joined or "< " in joined or joined[:1] == " " or joined[-1:] == " ":
        for at, text in enumerate(texts):
            kept = text if steps[at].preserve else text.strip(WHITE)
            texts[at] = kept.replace("\n", " ")
    return texts


def rows_of(steps: list[Between], texts: list[str]) -> PlainRows | None:
    """The rows of a table: a stretch, a text, a stretch, …, the last stretch. None where a styled run has breaks."""
    found = PlainRows([], set(), {}, {})
    row: list[Parts] = []
    text, span, vertical, style = "", 1, None, ""
    stretches: Stretches | None = None
    begun = False
    texts.append("")
    for step, more in zip(steps, texts, strict=True):
        if style and step.breaks:
            return None
        within, tail, cells, lines, prefix, next_span, next_vertical, _, style, _, _, _, _ = step
        if within is None:
            if begun:
                if stretches is not None:
                    stretches.put("", tail)
                row.append((text + tail, span, vertical, stretches))
                row += cells
            if lines:
                row = _begin(lines, found)
            begun, stretches, text, span, vertical = True, None, "", next_span, next_vertical
        else:
            prefix = within
        if style and stretches is None:
            stretches = Stretches(text)
        if stretches is not None:
            stretches.put("", prefix)
            stretches.put(style, more)
        text += prefix + more
    return found


def _begin(lines: tuple[Line, ...], found: PlainRows) -> list[Parts]:
    """Rows begin; the last of them is returned, for the cells that are still to come."""
    for line in lines:
        at = len(found.rows)
        found.rows.append(list(line.cells))
        if line.header:
            found.headers.add(at)
        if line.before:
            found.before[at] = line.before
        if line.after:
            found.after[at] = line.after
    return found.rows[-1]
