"""What one element of a page says: its text, its rows, what a field of it shows."""

from lxml import etree

_MUTE_INPUTS = frozenset(("hidden", "submit", "button", "image", "reset", "file", "password"))


def text_of(element: etree._Element) -> str:
    """Its text, with single blanks."""
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def tag_of(element: etree._Element | None) -> str:
    """Its name in small letters; `""` for a comment."""
    return element.tag.lower() if element is not None and isinstance(element.tag, str) else ""


def lays_out(table: etree._Element) -> bool:
    """Whether a table only lays the page out: tables stand in it, and at most one text in each of its other rows."""
    if table.find(".//table") is None:
        return False
    rows = (row for part in row_groups(table) for row in part if row.find(".//table") is None)
    return all(sum(bool(text_of(cell)) for cell in row) < 2 for row in rows)


def row_groups(table: etree._Element) -> list[list[etree._Element]]:
    """The rows of a table by group, those that stand in none together."""
    groups: list[list[etree._Element]] = []
    loose: list[etree._Element] = []
    for child in table:
        tag = tag_of(child)
        if tag == "tr":
            if not loose:
                groups.append(loose)
            loose.append(child)
        elif tag in ("thead", "tbody", "tfoot"):
            loose = []
            groups.append([row for row in child if tag_of(row) == "tr"])
    return [group for group in groups if group]


def span_of(cell: etree._Element, name: str, least: int) -> int:
    """The number that an attribute says, at least `least`; 1 where it says none."""
    text = (cell.get(name) or "1").strip()
    number = int(text) if text.isdecimal() and len(text) < 7 else 1
    return max(number, least)


def control(element: etree._Element, tag: str) -> str:
    """What a form's field shows."""
    if tag == "textarea":
        return element.text or ""
    if tag == "select":
        options = [o for o in element.iter() if tag_of(o) == "option"]
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        return " ".join("".join(str(piece) for piece in o.itertext()).strip() for o in chosen)
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if element.get("checked") is not None else "□"
    return "" if kind in _MUTE_INPUTS else element.get("value") or ""
