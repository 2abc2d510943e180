"""A YAML text as a tree of texts, with line and column for every value and key.

Built from libyaml's event stream. Every scalar is its text: `no`, `null`, `007` and `349.00` stay as they are
written; an empty value, `~` and `""` are all the empty text. What YAML has beyond nested lists, mappings
and texts (anchors, aliases, tags, keys that are not text, several documents) is refused by a diagnostic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yaml import MarkedYAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from perfdoc.report import Diagnostic, Path
from perfdoc.texts import say
from perfdoc.yamltree.faults import MOST_FAULTS, UNFIT, explain, fault, unfit_characters

Value = str | list["Value"] | dict[str, "Value"]
Mark = tuple[int, int]
"""Line and column of a file, both from 1; a column counts characters."""

MOST_DEPTH = 32
MOST_VALUES = 1_500_000
_MOST_LOOKED_AT = 64 * 1024 * 1024  # characters, over all attempts to go on behind a fault


_ENDS = frozenset({MappingEndEvent, SequenceEndEvent})
_BEGINS = frozenset({ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent})


@dataclass(frozen=True, slots=True)
class Tree:
    """A YAML file as nested dicts, lists and texts.

    `marks` says for every path where its value begins, `keys` where its key stands (for an item of a list:
    where the item begins). `()` is the whole. With an error among `diagnostics`, `value` is what could be
    read, and not to be relied on.
    """

    value: Value
    marks: Mapping[Path, Mark]
    keys: Mapping[Path, Mark]
    diagnostics: tuple[Diagnostic, ...] = ()


def parse(text: str, file: str) -> Tree:
    """The tree of a YAML text; never raises for what the text holds.

    After a fault of syntax reading goes on behind the passage at fault, so that `diagnostics` names all of
    them (the first twenty), in the order of the text.
    """
    faults: list[Diagnostic] = []
    text = text.removeprefix("\ufeff")
    if "\x85" in text or "\u2028" in text or "\u2029" in text:
        faults += unfit_characters(text, file)
        text = UNFIT.sub("\ufffd", text)
    looked_at = 0
    while True:
        tree = _Builder(text, file)
        try:
            tree.build(CParser(text))
        except (ReaderError, UnicodeEncodeError):
            faults += unfit_characters(text, file)
            text = UNFIT.sub("\ufffd", text)
            continue
        except MarkedYAMLError as error:
            found, text = explain(error, text, file)
            faults.append(found)
            looked_at += len(text)
            if len(faults) < MOST_FAULTS and looked_at < _MOST_LOOKED_AT:
                continue
        break
    faults += tree.faults
    if not tree.begun and not faults:
        faults.append(fault("PD010", say("yamltree.empty"), file, 1, 1))
    faults.sort(key=lambda each: each.place)
    return Tree(tree.value, tree.marks, tree.keys, tuple(faults))


def _place(event: Any) -> Mark:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; `key` is the mapping's key whose value comes next."""

    value: list[Value] | dict[str, Value]
    path: Path
    key: str | None = None


class _Builder:
    """Events made into a tree; what YAML has and a spec does not is noted and left out."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self.file = file
        self.value: Value = ""
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.faults: list[Diagnostic] = []
        self.begun = False
        self._open: list[_Open] = []

    def build(self, parser: CParser) -> None:
        """Take events to the end of the (first) document, or to where it is too large or too deep."""
        goes_on = True
        while goes_on:
            event: Any = parser.get_event()
            kind = type(event)
            if kind in _BEGINS:
                goes_on = self._take(event, kind, parser)
            elif kind in _ENDS:
                self._open.pop()
            elif kind is StreamEndEvent:
                goes_on = False
            elif kind is DocumentStartEvent:
                goes_on = not self.begun
                if self.begun:
                    self._fault("PD007", say("yamltree.second_document"), _place(event))
                self.begun = True

    def _take(self, event: Any, kind: type, parser: CParser) -> bool:
        """A key or a value; False where there is more than is read."""
        at = _place(event)
        if event.anchor is not None or (kind is not AliasEvent and event.tag is not None):
            self._refuse_marked(event, at)
        within = self._open[-1] if self._open else None
        value: Value
        if within is None:
            path: Path = ()
            self.value = value = self._value(event, kind, at)
        elif isinstance(within.value, list):
            path = (*within.path, len(within.value))
            value = self._value(event, kind, at)
            within.value.append(value)
        elif within.key is None:
            self._key(event, kind, at, parser, within)
            return True
        else:
            path = (*within.path, within.key)
            within.value[within.key] = value = self._value(event, kind, at)
            within.key = None
        self.marks[path] = at
        if not isinstance(value, str):
            self._open.append(_Open(value, path))
            if len(self._open) > MOST_DEPTH:
                self._fault("PD008", say("yamltree.deep", most=MOST_DEPTH), at)
                return False
        elif len(self.marks) > MOST_VALUES:
            self._fault("PD008", say("yamltree.many_values", most=MOST_VALUES), at)
            return False
        return True

    def _key(self, event: Any, kind: type, at: Mark, parser: CParser, within: _Open) -> None:
        key = within.key = event.value if kind is ScalarEvent else self._not_a_key(parser, event, at)
        path = (*within.path, key)
        if not key and (key in within.value or not event.style):
            self._fault("PD006", say("yamltree.no_key"), at)
        elif key in within.value:
            self._fault("PD002", say("yamltree.twice", key=key, line=self.keys[path][0]), at, key)
        self.keys[path] = at

    def _value(self, event: Any, kind: type, at: Mark) -> Value:
        if kind is ScalarEvent:
            text: str = event.value
            if event.style and event.style in "|>" and not text:
                self._refuse_empty_block(event, at)
            return "" if text == "~" and not event.style else text
        return {} if kind is MappingStartEvent else [] if kind is SequenceStartEvent else ""

    def _fault(self, code: str, message: str, at: Mark, quote: str = "") -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault(code, message, self.file, *at, quote))

    def _refuse_marked(self, event: AliasEvent | ScalarEvent | MappingStartEvent, at: Mark) -> None:
        anchor, tag = event.anchor, getattr(event, "tag", None)
        if isinstance(event, AliasEvent):
            self._fault("PD004", say("yamltree.alias", name=anchor), at)
        elif anchor is not None:
            self._fault("PD004", say("yamltree.anchor", name=anchor), at)
        if tag is not None:
            self._fault("PD005", say("yamltree.tag", tag=tag.replace("tag:yaml.org,2002:", "!!")), at)

    def _refuse_empty_block(self, event: Any, at: Mark) -> None:
        """`target: >5` is to YAML a folded block, indented by five, with nothing in it: the text would be lost."""
        header = self._text[event.start_mark.index + 1 : event.start_mark.index + 3]
        if event.style == ">" or any(char.isdigit() for char in header):
            self._fault("PD001", say("yamltree.empty_block", char=event.style), at)

    def _not_a_key(self, parser: CParser, event: Any, at: Mark) -> str:
        """Leave out a list or mapping that stands for a key, or an alias, and give a name for it."""
        if isinstance(event, AliasEvent):
            return f"*{event.anchor}"
        self._fault("PD006", say("yamltree.key_no_text"), at)
        depth = 1
        while depth:
            kind = type(parser.get_event())
            depth += kind in (MappingStartEvent, SequenceStartEvent)
            depth -= kind in _ENDS
        return f"? {at[0]}:{at[1]}"
