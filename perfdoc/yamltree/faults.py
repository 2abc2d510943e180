"""The error messages of the YAML parser in plain words, and which lines to skip so that parsing can go on.

Knows libyaml's wording (`scanner.c` and `parser.c`, 0.1.7 to 0.2.5).
"""

import re
from itertools import islice

from yaml import MarkedYAMLError

from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
"""Characters that a YAML file can't hold as they are, or that YAML tools take for different things.

U+0085, U+2028 and U+2029 end a line in YAML 1.1 (5.4) and do not in YAML 1.2 (5.4): no two readers
agree on a text that holds one. In double quotes they have escapes: `\\N`, `\\L`, `\\P`.
"""

_ENTRY = re.compile(r"( *)(-(?= |$)|[^\s#].*?:(?=\s|$))?")
_CONFLICT = re.compile(r"<{7,} ")
_CONFLICT_END = re.compile(r">{7,} ")
_BREAK = re.compile(r"\r\n|\r|\n")
MOST_FAULTS = 20
"""Faults of one file that are said."""


def fault(code: str, message: str, file: str, line: int, column: int, quote: str = "") -> Diagnostic:
    """An error at a line and column, both from 1."""
    return Diagnostic(code, Severity.error, message, Place(file, line, column), quote)


def unfit_characters(text: str, file: str) -> list[Diagnostic]:
    """One error for each character that YAML can't hold, with its place; at most the first twenty."""
    found: list[Diagnostic] = []
    for match in islice(UNFIT.finditer(text), MOST_FAULTS):
        char = match[0]
        escape = {"\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P"}.get(char)
        key = "yamltree.separator" if escape else "yamltree.control"
        message = say(key, code=ord(char), escape=escape)
        found.append(fault("PD009", message, file, *place_of(text, match.start())))
    return found


def place_of(text: str, index: int) -> tuple[int, int]:
    """Line and column, both from 1, of the character at `index` (from 0)."""
    breaks = [match.end() for match in _BREAK.finditer(text, 0, index)]
    return len(breaks) + 1, index - (breaks[-1] if breaks else 0) + 1


def explain(error: MarkedYAMLError, text: str, file: str) -> tuple[Diagnostic, str]:
    """The parser's complaint in plain words at the line that is to blame, and the text with that passage blanked.

    Blanked lines stay as empty lines, so places in the rest of the text are the same.
    """
    lines = _BREAK.split(text)
    lines.append("")
    code, message, line, column = _meaning(error, lines)
    while line and not lines[line].strip():  # at the end of the file what stands above is to blame
        line, column = line - 1, max(0, len(lines[line - 1].rstrip()) - 1)
    end = _conflict_end(lines, line) if _CONFLICT.match(lines[line]) else _passage_end(lines, line)
    column = min(column, len(lines[line]))
    diagnostic = fault(code, message, file, line + 1, column + 1, lines[line].strip()[:80])
    lines[line:end] = [""] * (end - line)
    return diagnostic, "\n".join(lines[:-1])


def _meaning(error: MarkedYAMLError, lines: list[str]) -> tuple[str, str, int, int]:
    """Code, message, and line and column from 0 of what is to blame."""
    conflict = next((at for at, one in enumerate(lines) if _CONFLICT.match(one)), None)
    if conflict is not None:
        return "PD001", say("yamltree.conflict"), conflict, 0
    said, context, last = error.problem or "", error.context or "", len(lines) - 1
    mark = error.problem_mark
    line, column = (min(mark.line, last), mark.column) if mark else (0, 0)
    mark = error.context_mark or mark
    start, start_column = (min(mark.line, last), mark.column) if mark else (0, 0)
    char = lines[line][column : column + 1]
    first = lines[start][start_column : start_column + 1]
    if "tab character" in said or (char == "\t" and "cannot start" in said):
        return "PD003", say("yamltree.tab"), line, column
    if "cannot start any token" in said:
        return "PD001", say("yamltree.needs_quotes", char=char), line, column
    if any(word in context for word in ("block scalar", "alias", "anchor", "a tag", "directive")):
        return "PD001", say("yamltree.needs_quotes", char=first), start, start_column
    if "hexdecimal" in said or "escape" in said:
        return "PD001", say("yamltree.backslash"), line, column
    if "quoted scalar" in context:
        return "PD001", say("yamltree.not_closed"), start, start_column
    if "flow" in context:
        message = say("yamltree.bracket", char=first or say("yamltree.bracket_name"))
        return "PD001", message, start, start_column
    if "mapping values are not allowed" in said:
        return _colon_trouble(lines, line, column)
    if "could not find expected ':'" in said:
        return _lone_line(lines, start, start_column)
    if "did not find expected key" in said or "'-' indicator" in said:
        return _stray(lines, line, column)
    if first in ("]", "}", ",") and "expected node content" in said:
        return "PD001", say("yamltree.needs_quotes", char=first), start, start_column
    words = f"{context}: {said}" if context else said
    return "PD001", say("yamltree.invalid", said=words), line, column


def _colon_trouble(lines: list[str], line: int, column: int) -> tuple[str, str, int, int]:
    """`a: b: c`, a wrongly indented key, or a key before it that lacks its colon."""
    indent, _ = _entry(lines[line])
    before = line - 1
    while before >= 0 and not lines[before].strip():
        before -= 1
    if before >= 0:
        indent_before, entry_before = _entry(lines[before])
        if not entry_before and indent_before == indent and not lines[before].lstrip().startswith("#"):
            return _lone_line(lines, before, indent_before)
    if lines[line].find(": ", indent) not in (-1, column):
        return "PD001", say("yamltree.colon_inside"), line, column
    return "PD001", say("yamltree.indented"), line, indent


def _lone_line(lines: list[str], line: int, column: int) -> tuple[str, str, int, int]:
    """A line that should be `key: text` and has no colon that YAML sees."""
    text = lines[line].strip()
    if "：" in text:
        at = lines[line].index("：")
        return "PD001", say("yamltree.full_width"), line, at
    if re.match(r"[A-Za-z_0-9]+:\S", text):
        return "PD001", say("yamltree.space_after_colon"), line, lines[line].index(":")
    return "PD001", say("yamltree.lone_line"), line, column


def _stray(lines: list[str], line: int, column: int) -> tuple[str, str, int, int]:
    indent, _ = _entry(lines[line])
    if lines[line][column : column + 1] == ":":
        return "PD006", say("yamltree.no_key"), line, column
    if column > indent:
        return "PD001", say("yamltree.behind"), line, column
    return "PD001", say("yamltree.not_in_line"), line, column


def _entry(line: str) -> tuple[int, str]:
    """How far a line is indented, and whether it opens an entry: its key or dash, else ``."""
    match = _ENTRY.match(line)
    assert match  # the pattern matches the empty text
    return len(match[1]), match[2] or ""


def _conflict_end(lines: list[str], line: int) -> int:
    """The line after a merge conflict that begins at `line`: neither side is read, whatever else is wrong in it."""
    ends = (at + 1 for at in range(line, len(lines)) if _CONFLICT_END.match(lines[at]))
    return next(ends, len(lines))


def _passage_end(lines: list[str], line: int) -> int:
    """The next line that opens an entry no deeper than the one at `line`: where reading can go on.

    A dash at a key's own indentation belongs to the key.
    """
    indent, opened = _entry(lines[line])
    for later in range(line + 1, len(lines)):
        deeper, entry = _entry(lines[later])
        of_the_key = entry == "-" and opened not in ("", "-") and deeper == indent
        if entry and deeper <= indent and not of_the_key:
            return later
    return len(lines)
