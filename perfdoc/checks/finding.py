"""What a rule yields and what the checker says: Hit, Edit, Finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from perfdoc.report import Diagnostic, Path, Place, Severity

Span = tuple[int, int]
"""Start and end offset in a value, as a slice takes them."""


class Edit(NamedTuple):
    """A stretch of the value at `path` that is to become `text`."""

    path: Path
    start: int
    end: int
    text: str


class Hit(NamedTuple):
    """What a rule found: the value at `path` (which may be missing), the stretch of it, and what to say.

    `values` fill the message of the rule, of its variant `variant` where it has several. `edits` are the fix.
    `related` are other values that take part. What is not `certain` is a step less severe than the rule.
    """

    path: Path
    span: Span | None = None
    values: Mapping[str, str] = {}
    edits: tuple[Edit, ...] = ()
    related: tuple[Path, ...] = ()
    variant: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit with its place and its words, in the language that is spoken where it is made.

    `safe` says whether `edits` may be applied unasked: they change the spelling, never the meaning. `related` has
    the place and the text of other values that take part.
    """

    code: str
    severity: Severity
    path: Path
    place: Place
    value: str
    span: Span | None
    message: str
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    related: tuple[tuple[Path, Place, str], ...] = field(default=())

    @property
    def quote(self) -> str:
        """The stretch that it is about, or else the value."""
        return self.value[self.span[0] : self.span[1]] if self.span else self.value

    @property
    def order(self) -> tuple[object, ...]:
        """The key by which findings are sorted: as a reader meets their places."""
        return (*self.place.order, self.span or (0, 0), self.code)

    def diagnostic(self) -> Diagnostic:
        """The finding as a Diagnostic."""
        return Diagnostic(self.code, self.severity, self.message, self.place, self.quote, self.path)
