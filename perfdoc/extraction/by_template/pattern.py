"""A text of a form's template as a pattern: a label, or values between fixed pieces, and how values come out of it.

The template's `{{ expressions }}` name values of the model; a name is dotted as in the model behind `document.`,
`project.` or `indicator.`, and `""` stands for what a template prints besides (a page, a running number).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.form_definition.blocks import alike, block_of
from perfdoc.layout import Cell
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS

TITLE, HEADING = "document.title", "project.heading"
DIVIDED = "target.value"
"""What a cell says of a 指标值 beside columns of its operator and its unit."""
VALUES = frozenset(
    (
        *(TITLE, HEADING, f"indicator.{DIVIDED}"),
        *(f"project.{path}" for path in PROJECT_PATHS),
        *(f"indicator.{path}" for path in INDICATOR_PATHS),
    )
)
AGENCY = ("project.agency.code", "project.agency.name")
_EXTRAS = ("project.extra.", "indicator.extra.")
_TAG = re.compile(r"\{%[-+]?\s*(?:(?:p|tr|tc|r)\s+)?(?P<word>\w+)(?P<rest>.*?)[-+]?%\}", re.DOTALL)
_TOKEN = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)
_WHOLE_PARAGRAPH = re.compile(r"\{%[-+]?p\s")
_DOTTED = re.compile(r"\s*([A-Za-z_]\w*)((?:\.\w+|\[\s*(?:'[^']*'|\"[^\"]*\")\s*\])*)\s*")
_STEP = re.compile(r"\.(\w+)|\[\s*(?:'([^']*)'|\"([^\"]*)\")\s*\]")
_SAME = re.compile(r"(?:\|\s*(?:string|lines)\s*)*")
_QUOTES = str.maketrans("“”‘’", "\"\"''")  # Word's own; docxtpl takes them for the plain ones
NUMBERS = re.compile(r"(?:project\.(?:budget|execution|year|score|agency\.code)|indicator\.(?:weight|score))\b.*")


class Tag(NamedTuple):
    """A Jinja statement: its first word and the rest of it."""

    word: str
    rest: str


class TextPattern(NamedTuple):
    """A cell or a paragraph of the template.

    `label` is its fixed text (as `fixed_text` gives it) where it prints no value. `names` are the values that it
    prints, in order; `exact` and `loose` find their texts where they do not fill it alone, `styles` by the styles of
    its runs. `levels` marks a level that is written only where it starts. `valued` says that it prints a value of the
    model. `block` is the one of several side by side whose indicator has it.
    """

    label: str = ""
    names: tuple[str, ...] = ()
    exact: re.Pattern[str] | None = None
    loose: re.Pattern[str] | None = None
    styles: tuple[tuple[str, str], ...] = ()
    continues: bool = False
    levels: bool = False
    bookmarks: bool = False
    valued: bool = False
    block: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing ever stands there."""
        return not self.label and not self.names

    def takes(self, text: str) -> bool:
        """Whether a text is this pattern's."""
        if self.names:
            return self.exact is None or self._found(text) is not None
        return text == self.label or (self.label == fixed_text(text) if self.label else not text.strip())

    def _found(self, text: str) -> re.Match[str] | None:
        if self.exact is None or self.loose is None:
            return None
        return self.exact.fullmatch(text) or self.loose.fullmatch(text)

    def values(self, cell: Cell, words: Vocabulary) -> list[tuple[str, str | None]]:
        """(name, text) of each value of a cell that fits; None for one that is not written at all."""
        names, text = self.names, cell.text
        if self.exact is None:
            return [(names[0], text)]
        if cell.runs and len(names) > 1 and (texts := self._of_runs(cell.runs)) is not None:
            return [(n, text or (None if n != names[-1] else "")) for n, text in zip(names, texts, strict=True)]
        found = self._found(text)
        if names == AGENCY and (found is None or self.exact.fullmatch("")):
            return list(zip(names, words.split_agency(text), strict=True))
        return list(zip(names, found.groups() if found else (text,), strict=False))

    def _of_runs(self, runs: Sequence[tuple[str, str]]) -> list[str] | None:
        """The text of each value by the runs of a cell; None where they do not tell."""
        if len(runs) == len(self.names) and not runs[0][0] and not any(style for style, _ in runs):  # a worksheet's
            return [run for _, run in runs]
        styles, texts = dict(self.styles), dict.fromkeys(self.names, "")
        for style, run in runs:
            if run and style not in styles:
                return None
            if run:
                texts[styles[style]] += run
        return [texts[name] for name in self.names]

    def is_doubtful(self, text: str, values: Sequence[tuple[str, str | None]]) -> bool:
        """Whether the cell could be cut into its values in another way: what stands between them stands in one."""
        if self.exact is None or self.names == AGENCY or sum(map(bool, self.names)) < 2:
            return False
        greedy = _greedy(self.exact.pattern).fullmatch(text)
        return greedy is not None and list(greedy.groups()) != [text for _, text in values]


@lru_cache(maxsize=64)
def _greedy(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("(.*?)", "(.*)"), re.DOTALL)


def fixed_text(text: str) -> str:
    """A fixed text as it is compared: by its key as a label, or without white space where it is too long for one."""
    return key(text) or "".join(unicodedata.normalize("NFKC", text).split())


def tags(text: str) -> Iterator[Tag]:
    """The statements in a text, in order."""
    for found in _TAG.finditer(text.translate(_QUOTES)):
        yield Tag(found["word"], found["rest"].strip())


def without_tags(text: str) -> str:
    """The text that is left of a template's text when all statements are done."""
    lines = [line for line in text.split("\n") if not _WHOLE_PARAGRAPH.search(line)]
    return re.sub(r"\{%.*?%\}", "", "\n".join(lines), flags=re.DOTALL)


def name_of(expression: str, aliases: Mapping[str, str]) -> str:
    """The model's name of what an expression prints as it is, or `""`. `aliases` are the names of loops."""
    plain = expression.strip().strip("+-").translate(_QUOTES)
    found = _DOTTED.match(plain)
    if found is None or not _SAME.fullmatch(plain[found.end() :].strip()):
        return ""
    name = alike(dotted(plain[: found.end()], aliases))
    return name if name in VALUES or name.startswith(_EXTRAS) else ""


def dotted(path: str, aliases: Mapping[str, str]) -> str:
    """`p.extra["x"]` as `project.extra.x`; `""` where the text does not begin with such a path."""
    found = _DOTTED.match(path.translate(_QUOTES))
    if found is None:
        return ""
    steps = ["".join(step) for step in _STEP.findall(found[2])]
    return ".".join([aliases.get(found[1], found[1]), *steps])


def text_pattern(
    text: str,
    aliases: Mapping[str, str],
    *,
    runs: Sequence[tuple[str, str]] = (),
    continues: bool = False,
    bookmarks: bool = False,
) -> TextPattern:
    """The pattern of a cell's or paragraph's text in the template. `aliases` grows by the names of its loops."""
    known = dict(aliases)
    for tag in tags(text):
        bind(tag, known)
    lines = [line for line in text.split("\n") if not _WHOLE_PARAGRAPH.search(line)]
    tokens = _TOKEN.split("\n".join(lines))
    names = tuple(name_of(one[2:-2], known) for one in tokens if one.startswith("{{"))
    levels = any(tag.word == "if" and "starts_level" in tag.rest for tag in tags(text))
    if not names:
        return TextPattern(fixed_text(without_tags(text)), continues=continues, levels=levels, bookmarks=bookmarks)
    styles = tuple(
        (style, name)
        for style, run in runs
        if style
        for name in (name_of(one[2:-2], known) for one in _TOKEN.findall(run) if one.startswith("{{"))
    )
    valued = any(name in VALUES or name.startswith(_EXTRAS) for name in names)
    block = next(filter(None, map(block_of, tokens)), "")
    alone = len(names) == 1 and not any(one for one in tokens if not one.startswith(("{{", "{%")))
    if alone or (len(names) == 1 and levels):
        return TextPattern("", names, None, None, styles, continues, levels, bookmarks, valued, block)
    exact, loose = (_expression(tokens, names, loosely=one) for one in (False, True))
    return TextPattern("", names, exact, loose, styles, continues, levels, bookmarks, valued, block)


def bind(tag: Tag, aliases: dict[str, str]) -> None:
    """Remember what a loop's (or `set`'s) own name stands for."""
    match tag.word, re.match(r"(\w+)\s*(?:=|\bin\b)\s*(.*)", tag.rest, re.DOTALL):
        case "for" | "set", re.Match() as found:
            of = dotted(found[2], aliases)
            aliases[found[1]] = {"document.projects": "project", "project.indicators": "indicator"}.get(of, of)


def _expression(tokens: Sequence[str], names: Sequence[str], *, loosely: bool) -> re.Pattern[str]:
    """What finds the values: as little as can be for each but the last; what stands under an `if` may be missing."""
    parts: list[str] = []
    number, branches = 0, 0
    for n, token in enumerate(tokens):
        if token.startswith("{{"):
            number += 1
            beside = n + 2 < len(tokens) and not tokens[n + 1] and tokens[n + 2].startswith("{{")
            if beside and NUMBERS.fullmatch(names[number - 1]):
                parts.append(r"([-+\d,.%％]*)")
            else:
                parts.append("(.*)" if number == len(names) else "(.*?)")
        elif token.startswith("{%"):
            word = next(tags(token), Tag("", "")).word
            if word == "if":
                parts.append("(?:")
                branches += 1
            elif branches and word in ("else", "elif"):
                parts.append("|")
            elif branches and word == "endif":
                parts.append("|)")
                branches -= 1
        else:
            parts.append(_loose(token) if loosely else re.escape(token))
    return re.compile("".join(parts) + "|)" * branches, re.DOTALL)


def _loose(text: str) -> str:
    letters = ("[:：]" if c in ":：" else re.escape(c) for c in "".join(text.split()))
    return r"\s*".join(letters)
