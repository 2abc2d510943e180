"""A project while it is being read: what its labels and its form have said of it so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perfdoc.extraction.result.claims import Findings, Named, Repeated
from perfdoc.extraction.vocabulary.keys import is_number, key, keys
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Paragraph
from perfdoc.report import Diagnostic, Path, Place, Role
from perfdoc.years import years

EXTRA = "extra."
"""How the field begins of a value that the model has no field for."""
_SEALED = ("agency", "agency.name", "department")
_LONGEST_YEAR = 6
"""Characters with which a label begins that names its year."""
LAST = ""
"""The key of the last indicator of all in `Project.above`."""


class Project:
    """What is known of one project so far; reading asks it, and it answers no claim.

    `values` has the text of each field that has one, `above` the texts of the last indicator (of each block, where
    blocks stand side by side), `records` those of each. `trusted` says that a program wrote it that writes real
    merges: an empty level is an empty cell, not "as above". `whole` says that its form knows each of its values.
    """

    def __init__(self, position: int, findings: Findings, words: Vocabulary, *, trusted: bool = False) -> None:
        self.position, self.findings, self.words, self.trusted = position, findings, words, trusted
        self.whole = False
        self.values: dict[str, str | None] = {}
        self.named: list[Named] = []
        self.holders: dict[str, int] = {}
        """The number of the named value that has a field, of those so far."""
        self.free: set[int] = set()
        """The numbers of the named values that found their field empty."""
        self.records: list[Mapping[str, str | None]] = []
        """The texts of each indicator."""
        self.above: dict[str, Mapping[str, str | None]] = {}
        self.bookmarks: tuple[str, str] | None = None
        self.anchor = ""
        """The contents' bookmark, where it stands without the section's."""

    @property
    def indicators(self) -> int:
        """How many indicators it has."""
        return len(self.records)

    def path(self, *steps: str | int) -> Path:
        """The full path of a value of this project."""
        return ("projects", self.position, *steps)

    def is_empty(self, field: str) -> bool:
        """Whether nothing but blank cells has been found for a field."""
        return not (self.values.get(field) or "").strip()

    def is_implied(self, field: str) -> bool:
        """Whether a field has what no text of its own says: what stands above another project, a unit of some label."""
        holder = self.named[self.holders[field]] if field in self.holders else None
        return holder is not None and holder.weak and not holder.text

    def name(
        self,
        field: str,
        label: str,
        value: str,
        place: Place,
        *,
        text: str = "",
        role: Role | None = None,
        weak: bool = False,
        doubt: Diagnostic | None = None,
    ) -> int:
        """A value that a label names; `text` is what is claimed with it. Gives its number.

        What says where to seal and to date a form is no value.
        """
        if not self.trusted and self.words.is_sealed(value):
            role, value = role or (Role.boilerplate if text == value else None), ""
        field = self.field_of(field, label, value)
        if field in _SEALED and not self.trusted:
            value = self.words.without_seals(value)
        given: str | None = (value or None) if field == "agency.code" else value
        coded, field = field == "agency", "agency.name" if field == "agency" else field
        named = self._value(place, text, given, field, label)
        return self._add(named._replace(role=role, weak=weak, doubt=doubt, coded=coded))

    def field_of(self, field: str, label: str, value: str) -> str:
        """The field that a label names where its value is this one: 单位 names a unit of money, or an agency."""
        known = self.values.get("year") or ""
        if field and any(f"{one.number}" not in known for one in years(label[:_LONGEST_YEAR])):
            return ""  # 2022年预算数 in a form of 2023
        if not field and is_number(value) and self.words.meaning(label).is_state_budget:
            return "budget.fiscal"
        if field == "money_unit" and not self.words.meaning(value).is_money and value.strip():
            return "agency.name" if key(self.words.tables.unit_or_agency) in keys(label) else ""
        return "" if field == "agency" and not self.is_empty("agency.name") else field

    def go_on(self, field: str, cell: Cell, place: Place) -> bool:
        """A cell with one more line of a field's text, where that began in the same column; False where it did not."""
        holder = self.holders.get(field)
        if holder is None or self.is_empty(field):
            return False
        above = self.named[holder].place
        if (above.table, above.sheet, above.column) != (place.table, place.sheet, cell.column):
            return False
        if cell.text.strip():
            self._add(self._value(place, cell.text, cell.text, field)._replace(follows=holder))
        return True

    def go_on_below(self, holder: int, lines: Iterable[Paragraph]) -> None:
        """Paragraphs that go on with the text of the value of that number."""
        for line in lines:
            value = self._value(line.place, line.text, line.text.strip(), self.named[holder].field)
            self._add(value._replace(follows=holder))

    def repeat(self, of: int, cell: Cell, place: Place) -> None:
        """A cell that says what the value of that number says already."""
        self.findings.found.append(Repeated(self.position, of, place, cell.text))

    def share(self, first: Project, *fields: str) -> None:
        """Take over what stands above the name of a project before it, with no title of its own between them."""
        for field in fields:
            number = first.holders.get(field, len(first.named))
            if number < first.holders.get("name", 0):
                one = first.named[number]
                self._add(one._replace(project=self.position, number=len(self.named), text="", weak=True))

    def title(self, line: str, place: Place) -> None:
        """A form's own title, or the line below it: it may tell the year, and `（2023年度）` says nothing else."""
        year = self.words.meaning(line).year
        if not year or not self.is_empty("year"):
            self.findings.claim(Role.boilerplate, place, line)
        elif self.words.meaning(line).is_year:
            self.name("year", "", year, place, text=line, role=Role.value)
        else:
            self.name("year", "", year, place)
            self.findings.claim(Role.boilerplate, place, line)

    def add_indicator(self, texts: Mapping[str, str | None], block: str = LAST) -> None:
        """One more indicator has been found, in a block."""
        self.records.append(texts)
        self.above[LAST] = self.above[block] = texts

    def _value(self, place: Place, text: str, value: str | None, field: str, label: str = "") -> Named:
        return Named(self.position, len(self.named), place, text, value, field, label)

    def _add(self, named: Named) -> int:
        if named.follows is None and _is_field(named.field) and self._gives_way(named.field, named.label, named.value):
            self.holders[named.field] = named.number
            if not self.values.get(named.field):
                self.free.add(named.number)
            self.values[named.field] = named.value
        self.named.append(named)
        self.findings.found.append(named)
        return named.number

    def _gives_way(self, field: str, label: str, value: str | None) -> bool:
        """Whether a field is free for a label's value.

        The first label that names a field keeps it, unless its cell is blank and the other's is not, or it stands above
        the table, or the other speaks of the year (年度资金总额 beside 资金总额), or of the unit of a department.
        """
        if field not in self.values:
            return True
        if self.is_empty(field) or not (value or "").strip():
            return self.is_empty(field) and bool((value or "").strip())
        holder = self.named[self.holders[field]] if field in self.holders else None
        if holder is None or holder.weak:
            return holder is not None
        if field == "agency.name":
            lesser = [self.words.meaning(one).is_like("lesser_agencies") for one in (holder.label, label)]
            return lesser == [True, False] and bool(label) and holder.value != value
        if field == "name":
            fund = bool(holder.label) and self.words.meaning(holder.label).names_fund
            return fund and bool(label) and not self.words.meaning(label).names_fund
        if not (field.startswith("budget.") or field == "goals"):
            return False
        return self.words.meaning(label).is_annual and not self.words.meaning(holder.label).is_annual


def _is_field(field: str) -> bool:
    return bool(field) and not field.startswith(EXTRA)
