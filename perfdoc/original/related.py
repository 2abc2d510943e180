"""Parts beside a Word file's main one that its relationships name: found by their kind, made where there are none."""

from __future__ import annotations

import posixpath
import re

from perfdoc.original.opened import Original
from perfdoc.original.spans import Edit, Spans
from perfdoc.reading.docx.namespaces import STRICT, W_NS
from perfdoc.reading.package import CONTENT_TYPES, RELATIONSHIPS, rels_of

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_STRICT = next(name.decode() for name, new in STRICT.items() if new == W_NS.encode())
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATED_2011 = "http://schemas.microsoft.com/office/2011/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = "[Content_Types].xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Parts:
    """The parts beside the main one of a file that is opened to be written into; `main` is that one's name."""

    def __init__(self, original: Original) -> None:
        self._original, self._package = original, original.package
        main = self._package.main_part()
        self.main = main if main in self._package else "word/document.xml"
        self._folder = posixpath.dirname(self.main)
        self._taken: set[str] = set()
        self._more: dict[str, str] = {}
        self._strict = _STRICT.encode() in self._root(self.main)

    def part(self, kind: str) -> str:
        """The part that the document names in a relationship of a kind, or nothing."""
        for one in self._package.relationships(self.main):
            if one.kind == kind and not one.external and one.target in self._package:
                return one.target
        return ""

    def declared(self, part: str, *prefixes: str) -> str:
        """The declarations of prefixes that the root of a part, if there is one, does not have."""
        root = self._root(part) if part else b""
        spaces = self._spaces()
        return "".join(f' xmlns:{one}="{spaces[one]}"' for one in prefixes if f"xmlns:{one}=".encode() not in root)

    def _spaces(self) -> dict[str, str]:
        return {"w": _STRICT if self._strict else W_NS, "w14": _W14, "w15": _W15, "mc": _MC}

    def _root(self, part: str) -> bytes:
        spans = self._original.part(part)
        return spans.data[spans.at(0).begin : spans.at(0).inner]

    def append(self, kind: str, root: str, elements: str) -> None:
        """Elements at the end of the part of a kind, which is made where there is none; `root` is its root's name."""
        part = self.part(kind)
        if part:
            self._add(part, elements)
            return
        names = (posixpath.join(self._folder, f"{before}{kind}.xml") for before in ("", "perfdoc-", "perfdoc-2-"))
        part = next(name for name in names if name not in self._package)
        spaces = "".join(f' xmlns:{one}="{space}"' for one, space in self._spaces().items())
        content = f'<{root}{spaces} mc:Ignorable="w14 w15">{elements}</{root}>'
        self._original.put(part, HEAD + content.encode())
        space = self._default(TYPES, CONTENT_TYPES)
        self._add(TYPES, f'<Override{space} PartName="/{part}" ContentType="{_TYPES}.{kind}+xml"/>')
        self._relate(kind, posixpath.relpath(part, self._folder))

    def _relate(self, kind: str, target: str) -> None:
        """A relationship of the document to a new part."""
        rels = rels_of(self.main)
        taken = {one.id for one in self._package.relationships(self.main)}
        name = next(f"rIdPerfdoc{n}" for n in range(1, len(taken) + 9) if f"rIdPerfdoc{n}" not in taken | self._taken)
        self._taken.add(name)
        base = _RELATED_2011 if kind != "comments" else RELATED_STRICT if self._strict else RELATED
        attributes = f'Id="{name}" Type="{base}/{kind}" Target="{target}"'
        space = self._default(rels, RELATIONSHIPS) if rels in self._package else ""
        self._add(rels, f"<Relationship{space} {attributes}/>")

    def _add(self, part: str, elements: str) -> None:
        self._more[part] = self._more.get(part, "") + elements

    def _default(self, part: str, space: str) -> str:
        """The declaration of a namespace for an element without a prefix, where the root's own children need one."""
        return "" if f'xmlns="{space}"'.encode() in self._root(part) else f' xmlns="{space}"'

    def close(self) -> None:
        """Everything that was appended is put into its parts, before the ends of their roots."""
        for part, elements in self._more.items():
            if part in self._package:
                self._original.change(part, [at_end(self._original.part(part), 0, elements)])
            else:  # the relationships of a document that had none
                content = f'<Relationships xmlns="{RELATIONSHIPS}">{elements}</Relationships>'
                self._original.put(part, HEAD + content.encode())


def at_end(spans: Spans, index: int, content: str) -> Edit:
    """Content behind all that an element has; the edit of its part."""
    span = spans.at(index)
    if not span.is_empty:
        return Edit(span.close, span.close, content.encode())
    name = re.match(rb"<([^\s/>]+)", spans.data[span.begin : span.inner])
    return Edit(span.inner - 2, span.inner, b">" + content.encode() + b"</" + (name[1] if name else b"") + b">")
