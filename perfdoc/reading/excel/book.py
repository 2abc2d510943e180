"""A workbook's own part: its sheets in order, and what holds for all of them (ECMA-376 part 1, 18.2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from perfdoc.reading import codes
from perfdoc.reading.excel.names import Names, names_of
from perfdoc.reading.excel.remarks import Remarks
from perfdoc.reading.excel.strings import Parted, shared_strings
from perfdoc.reading.excel.styles import Styles, read_styles
from perfdoc.reading.excel.xmlpart import is_true
from perfdoc.reading.package import Package
from perfdoc.report import Severity

MAX_SHEETS = 4096


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its part, `kind` as the relationship says (worksheet, chartsheet, …), and if hidden.

    `names` is what the workbook's defined names say of it.
    """

    name: str
    part: str
    kind: str
    hidden: bool
    names: Names


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's sheets, shared strings and styles; `file` is in every place."""

    package: Package
    sheets: tuple[Sheet, ...]
    styles: Styles
    strings: list[str] = field(default_factory=list)

    @property
    def has_parted(self) -> bool:
        """Whether a string of it is in parts."""
        return any(isinstance(one, Parted) for one in self.strings)


def read_book(package: Package, remarks: Remarks) -> Book:
    """Read what all sheets share. Raises UnreadableError where there is no workbook."""
    main = package.main_part() or "xl/workbook.xml"
    root = package.tree(main)
    related = package.relationships(main)
    by_id = {one.id: one for one in related if not one.external}
    part_of = {one.kind: one.target for one in related if not one.external and one.target in package}
    names = names_of(root)
    sheets: list[Sheet] = []
    for position, element in enumerate(root.iterfind("{*}sheets/{*}sheet")):
        if position >= MAX_SHEETS:
            raise package.unreadable(f"the workbook has more than {MAX_SHEETS} sheets")
        name = element.get("name") or f"Sheet{position + 1}"
        state = element.get("state", "visible")
        one = by_id.get(_relation(element))
        if one is None or one.target not in package:
            message = "the workbook names this sheet, but the file does not hold it"
            remarks.say(codes.DAMAGED, Severity.warning, message, remarks.at(name))
            continue
        hidden = state != "visible"
        sheets.append(Sheet(name, one.target, one.kind, hidden, names.get(position, Names())))
    date1904 = any(is_true(e.get("date1904")) for e in root.iterfind("{*}workbookPr"))
    strings = part_of.get("sharedStrings")
    return Book(
        package,
        tuple(sheets),
        read_styles(package, part_of.get("styles", ""), date1904),
        shared_strings(package, strings) if strings else [],
    )


def _relation(element: etree._Element) -> str:
    """The value of `r:id`, whose namespace is another one in strict files."""
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("relationships}id")), "")
