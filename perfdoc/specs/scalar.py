"""One text as YAML writes it: plain where every YAML tool reads the same text back, else quoted.

"Every tool" means YAML 1.1 (PyYAML, libyaml) and YAML 1.2 (ruamel.yaml and the editors): what either would
take for a number, a truth value, null, a date, a merge key or a comment is quoted.
"""

import re

from perfdoc.errors import ContentLostError
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say

_SPECIAL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Tabs, line ends of any kind, control characters, byte order marks, non-characters (YAML 1.2, 5.1)."""

_READ_AS_OTHER = re.compile(
    r"""(?ix)
    (?=[-+.~<=_0-9fnoty])   # what any of them begins with: most texts are decided by their first character
    (?:
      y | n | yes | no | on | off | true | false | null | ~ | << | =   # YAML 1.1 bool, null, merge, value
    | [-+]?0b[01_]+ | [-+]?0o?[0-7_]+ | [-+]?0x[0-9a-f_]+              # ints of 1.1 and 1.2
    | [-+]?(?:[0-9_]+(?:\.[0-9_]*)?|\.[0-9_]+)(?:e[-+]?[0-9_]+)?     # decimal ints and floats
    | [-+]?[0-9_]+(?::[0-5]?[0-9])+(?:\.[0-9_]*)?                    # base 60 of 1.1
    | [-+]?\.inf | [-+]?\.nan
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t\ ].*)?                       # dates and times
    )"""
)
_AMOUNT = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_BLOCK_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
_ESCAPED = re.compile('["\\\\]|' + _SPECIAL.pattern)
_NAMED = dict(zip('"\\\0\a\b\t\n\v\f\r\x1b\x85\u2028\u2029', '"\\0abtnvfreNLP', strict=True))


def scalar(text: str) -> str:
    """The text on one line, plain or quoted; an empty text stays empty."""
    return text if not text or is_plain(text) else quoted(text)


def amount(text: str) -> str:
    """An amount on one line: a decimal number is plain although other tools read a number there."""
    return text if _AMOUNT.fullmatch(text) is not None else scalar(text)


def key(text: str) -> str:
    """The text as a key; the empty text is quoted, and one line always."""
    return scalar(text) if text else '""'


def block(text: str, indent: str) -> tuple[str, str] | None:
    """A text of several lines as a literal block: its header and its lines, or None where it must be quoted.

    `indent` is the white space before the key (or, in a record, before its keys).
    """
    if _BLOCK_UNFIT.search(text) or _TAB_INDENT.search(text) or not text.strip(" \n"):
        return None
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    chomp = "-" if not ends else "" if ends == 1 else "+"
    # A first line that is empty or indented would be taken for the measure of the indentation.
    width = "2" if body[0] in " \n" else ""
    inner = "\n" + indent + "  "
    lines = "".join([inner + line if line else "\n" for line in body.split("\n")])
    return f"|{width}{chomp}", lines[1:] + "\n" * max(ends, 1)


def quoted(text: str) -> str:
    """The text in quotes on one line: single ones where that saves escapes."""
    if ('"' in text or "\\" in text) and _SPECIAL.search(text) is None:
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def is_plain(text: str) -> bool:
    """Whether every YAML tool reads a plain scalar of this text, on one line of a block, as this text."""
    if not text or (not text.isprintable() and _SPECIAL.search(text)) or text != text.strip():
        return False
    if text[0] in ",[]{}#&*!|>'\"%@`" or (text[0] in "-?:" and text[1:2] in ("", " ")):
        return False
    if ": " in text or " #" in text or text[-1] == ":":
        return False
    return _READ_AS_OTHER.fullmatch(text) is None


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _NAMED:
        return "\\" + _NAMED[char]
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        quote = match.string.encode("ascii", "backslashreplace").decode()[:80]
        fault = Diagnostic("PD018", Severity.error, say("specs.surrogate", code=code), Place(""), quote)
        raise ContentLostError(diagnostics=(fault,))
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"
