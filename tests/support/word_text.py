"""A second, naive view of a .docx for the tests of rendering: tables as lists of texts, straight from the XML."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def body(content: bytes) -> etree._Element:
    return part(content)[0]


def text_of(element: etree._Element) -> str:
    """The text of a paragraph, or of a cell's paragraphs a line each."""
    if element.tag != f"{W}p":
        return "\n".join(text_of(paragraph) for paragraph in element.findall(f"{W}p"))
    signs = {f"{W}t": None, f"{W}br": "\n", f"{W}tab": "\t"}
    found = []
    for one in element.iter(*signs):
        parent = one.getparent()
        if parent is not None and parent.tag == f"{W}r":
            sign = signs[str(one.tag)]
            found.append(one.text or "" if sign is None else sign)
    return "".join(found)


def rows(table: etree._Element) -> list[list[str]]:
    return [[text_of(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]


def merges(table: etree._Element) -> list[str]:
    """`restart`, `continue` or nothing, for the first cell of each row."""
    found = []
    for row in table.findall(f"{W}tr"):
        merge = row.find(f"{W}tc/{W}tcPr/{W}vMerge")
        found.append("" if merge is None else merge.get(f"{W}val", "continue"))
    return found


def spans(table: etree._Element) -> list[list[int]]:
    return [
        [
            int(span.get(f"{W}val", "1")) if (span := cell.find(f"{W}tcPr/{W}gridSpan")) is not None else 1
            for cell in row.findall(f"{W}tc")
        ]
        for row in table.findall(f"{W}tr")
    ]


def styles(content: bytes) -> dict[str, str]:
    """Names of styles by their ids."""
    return {
        style.get(f"{W}styleId", ""): style.find(f"{W}name").get(f"{W}val", "")  # type: ignore[union-attr]
        for style in part(content, "word/styles.xml").iter(f"{W}style")
    }
