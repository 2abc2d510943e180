"""Word 2003's XML renamed into the parts of a .docx (the schemas of "WordprocessingML 2003").

What differs: annotations (`aml:annotation`) for tracked changes, bookmarks and comments; notes, headers and
footers stand where they are used; lists are named otherwise; any foreign element may wrap text.
"""

from lxml import etree

from perfdoc.reading.docx.namespaces import R_NS, W_NS, w

OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
_AML = "http://schemas.microsoft.com/aml/2001/core"
_HINTS = "http://schemas.microsoft.com/office/word/2003/auxHint"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_KEPT = (f"{{{W_NS}}}", "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:")
_RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge", "hlink": "hyperlink", "ilfo": "numId", "listPr": "numPr"}
_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
_CHANGES = {"Word.Insertion": "ins", "Word.Deletion": "del"}
_NUMBER_FORMATS = (
    *("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText"),
    *("ordinalText", "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha"),
    *("decimalFullWidth", "decimalHalfWidth", "japaneseLegal", "japaneseDigitalTenThousand"),
    *("decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth", "irohaFullWidth", "decimalZero"),
    *("bullet", "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen"),
    *("decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional"),
    *("ideographZodiac", "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional"),
    *("taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified"),
    "chineseCountingThousand",
)
"""Names of `w:nfc` 0 to 39, in the order of ECMA-376 part 1, 17.18.59, which is that of [MS-OSHARED] 2.2.1.3."""

_Element = etree._Element


class _Parts:
    """The parts while they are taken out of the body.

    They are made as children of `root`: to move a large element to another document takes libxml2 minutes.
    """

    def __init__(self, root: _Element) -> None:
        self._root = root
        self.notes: dict[str, _Element] = {}
        self.margins: list[tuple[str, _Element]] = []
        self.count = 0

    def note(self, kind: str, plural: str) -> _Element:
        """A new note in the part of its kind."""
        part = self.notes.get(plural)
        if part is None:
            part = self.notes[plural] = etree.SubElement(self._root, w(plural), nsmap={"w": W_NS})
        self.count += 1
        return etree.SubElement(part, w(kind), {w("id"): str(self.count)})


def in_new_namespace(text: bytes) -> bytes:
    """The XML with the namespace's newer name where the root declares it.

    To rename each element's namespace one by one makes libxml2 declare it at each of them, and then take
    minutes to move a large tree.
    """
    end = text.find(b">", text.find(b"wordDocument")) + 1
    return text[:end].replace(OLD.encode(), W_NS.encode()) + text[end:]


def parts_of(root: _Element) -> dict[str, bytes] | None:
    """The parts of a .docx that says the same, or None where there is no body. The tree is used up."""
    _rename(root)
    body = root.find(w("body"))
    if body is None:
        return None
    parts = _Parts(root)
    for annotation in list(body.iter(f"{{{_AML}}}annotation")):
        _annotation(annotation, parts)
    for kind, plural in _NOTES.items():
        for note in [note for run in body.iter(w("r")) for note in run.iterchildren(w(kind))]:
            made = parts.note(kind, plural)
            made.extend(list(note))
            note.tag = w(f"{kind}Reference")
            note.attrib.clear()
            note.set(w("id"), made.get(w("id"), ""))
    for section in list(body.iter(w("sectPr"))):
        _margins(section, parts)
    _unwrap_foreign(body)
    return _assemble(body, root, parts)


def _rename(root: _Element) -> None:
    """Elements and attributes into the newer namespace; a list's number, where Word wrote it, becomes text."""
    old, new = f"{{{OLD}}}", f"{{{W_NS}}}"
    for element in root.iter("*"):
        namespace, brace, name = element.tag.rpartition("}")
        if namespace + brace == old or (name in _RENAMED and namespace + brace == new):
            element.tag = w(_RENAMED.get(name, name))
        for old_name in [str(key) for key in element.attrib if str(key).startswith(old)]:
            element.set(w(old_name[len(old) :]), str(element.attrib.pop(old_name)))
    for numbered in list(root.iter(w("numPr"))):
        _written_number(numbered)


def _written_number(numbered: _Element) -> None:
    """`wx:t` holds a number as Word displays it: it becomes a run, and the list is forgotten."""
    written = numbered.find(f"{{{_HINTS}}}t")
    properties = numbered.getparent()
    paragraph = properties.getparent() if properties is not None else None
    text = written.get(f"{{{_HINTS}}}val", "") if written is not None else ""
    if properties is None or paragraph is None or paragraph.tag != w("p") or not text:
        return
    properties.remove(numbered)
    run = etree.Element(w("r"))
    etree.SubElement(run, w("t")).text = text
    properties.addnext(run)


def _annotation(annotation: _Element, parts: _Parts) -> None:
    kind = annotation.get(w("type"), "")
    author = annotation.get(f"{{{_AML}}}author", "")
    content = annotation.find(f"{{{_AML}}}content")
    if kind in _CHANGES:
        annotation.tag = w(_CHANGES[kind])
        annotation.set(w("author"), author)
        if content is not None:
            _unwrap(content)
    elif kind == "Word.Bookmark.Start":
        annotation.tag = w("bookmarkStart")
        annotation.set(w("id"), annotation.get(f"{{{_AML}}}id", ""))
    elif kind == "Word.Comment" and content is not None:
        note = parts.note("comment", "comments")
        note.set(w("author"), author)
        note.extend(list(content))
        annotation.tag = w("commentReference")
        annotation.set(w("id"), note.get(w("id"), ""))
        annotation.remove(content)
    elif content is not None:
        _unwrap(content)


def _margins(section: _Element, parts: _Parts) -> None:
    """Headers and footers of a section become parts, and references to them."""
    for tag, kind in (("hdr", "header"), ("ftr", "footer")):
        for margin in list(section.findall(w(tag))):
            number = len(parts.margins) + 1
            reference = etree.Element(w(f"{kind}Reference"))
            which = margin.get(w("type"), "odd")
            reference.set(w("type"), "default" if which == "odd" else which)
            reference.set(f"{{{R_NS}}}id", f"rId{number}")
            section.replace(margin, reference)
            _unwrap_foreign(margin)
            parts.margins.append((kind, margin))


def _unwrap_foreign(root: _Element) -> None:
    for foreign in [element for element in root.iter("*") if not str(element.tag).startswith(_KEPT)]:
        _unwrap(foreign)


def _unwrap(element: _Element) -> None:
    """Put an element's children in its place. Foreign elements have no text of their own."""
    parent = element.getparent()
    if parent is None:
        return
    for child in list(element):
        element.addprevious(child)
    parent.remove(element)


def _assemble(body: _Element, root: _Element, parts: _Parts) -> dict[str, bytes]:
    around = f'<w:document xmlns:w="{W_NS}" xmlns:r="{R_NS}">'.encode(), b"</w:document>"
    made: dict[str, bytes] = {"word/document.xml": etree.tostring(body, with_tail=False).join(around)}
    related: list[tuple[str, str, str]] = []
    for number, (kind, margin) in enumerate(parts.margins, 1):
        name = f"{kind}{number}.xml"
        made[f"word/{name}"] = etree.tostring(margin, with_tail=False)
        related.append((f"rId{number}", kind, name))
    for plural, part in parts.notes.items():
        made[f"word/{plural}.xml"] = etree.tostring(part)
        related.append((f"rId_{plural}", plural, f"{plural}.xml"))
    for name, element in (("styles", root.find(w("styles"))), ("numbering", _numbering(root))):
        if element is not None:
            made[f"word/{name}.xml"] = etree.tostring(element, with_tail=False)
            related.append((f"rId_{name}", name, f"{name}.xml"))
    made["word/_rels/document.xml.rels"] = _relationships(related)
    made["_rels/.rels"] = _relationships([("rId1", "officeDocument", "word/document.xml")])
    return made


def _relationships(related: list[tuple[str, str, str]]) -> bytes:
    root = etree.Element(f"{{{_PACKAGE}}}Relationships", nsmap={"p": _PACKAGE})
    for id_, kind, target in related:
        etree.SubElement(root, f"{{{_PACKAGE}}}Relationship", {"Id": id_, "Type": f"{R_NS}/{kind}", "Target": target})
    return etree.tostring(root)


def _numbering(root: _Element) -> _Element | None:
    """`w:lists` as numbering.xml: `listDef` is what later is called `abstractNum`, `list` is `num`."""
    lists = root.find(w("lists"))
    if lists is None:
        return None
    made = etree.SubElement(root, w("numbering"), nsmap={"w": W_NS})
    for definition in lists.iterfind(w("listDef")):
        abstract = etree.SubElement(made, w("abstractNum"), {w("abstractNumId"): definition.get(w("listDefId"), "")})
        for level in definition.iterfind(w("lvl")):
            code = level.find(w("nfc"))
            value = code.get(w("val"), "0") if code is not None else "0"
            known = value.isdecimal() and int(value) < len(_NUMBER_FORMATS)
            level.insert(0, etree.Element(w("numFmt"), {w("val"): _NUMBER_FORMATS[int(value)] if known else "decimal"}))
            abstract.append(level)
    for one in lists.iterfind(w("list")):
        number = etree.SubElement(made, w("num"), {w("numId"): one.get(w("ilfo"), one.get(w("numId"), ""))})
        which = one.find(w("ilst"))
        if which is not None:
            etree.SubElement(number, w("abstractNumId"), {w("val"): which.get(w("val"), "")})
    return made
