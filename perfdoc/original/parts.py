"""The parts of a package that is written into: the edits gathered of each, and parts that are new.

A new part is named by a relationship of the part that shows it and has a content type (ECMA-376 part 2, 9.1.2, 9.3).
"""

import posixpath
import re
from collections.abc import Iterable
from itertools import count

from perfdoc.original.edits import Edit, spliced
from perfdoc.original.package import with_parts
from perfdoc.original.refusals import refused
from perfdoc.original.spans import MAX_BYTES, Spans
from perfdoc.reading.package import CONTENT_TYPES, RELATIONSHIPS, Package, part_name, rels_of
from perfdoc.report import Place

_TYPES = "[Content_Types].xml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Parts:
    """A package's bytes, and what is to become of its parts. Raises what `Package` raises."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file, self._data = file, data
        self.package = Package(data, file)
        self._spans: dict[str, Spans] = {}
        self._edits: dict[str, list[Edit]] = {}
        self._new: dict[str, bytes] = {}
        self._more: dict[str, str] = {}
        """What comes at the end of each part's root; all that a part of relationships holds that is not there yet."""
        self._ids: set[str] = set()

    def part(self, name: str) -> Spans:
        """The elements of a part and their bytes, as they are in the file. Raises RefusedError, UnreadableError."""
        key = part_name(name)
        if key not in self._spans:
            self._spans[key] = Spans(self.package.read(name, MAX_BYTES), self.file, name)
        return self._spans[key]

    def related(self, part: str, kind: str) -> str:
        """The part that another one names in a relationship of a kind, or `""`."""
        found = (one.target for one in self.package.relationships(part) if one.kind == kind and not one.external)
        return next((target for target in found if target in self.package), "")

    def relations(self, part: str) -> str:
        """The namespace of relationships' ids, with which their types begin: of ISO strict where the part is."""
        return _RELATED_STRICT if b"http://purl.oclc.org/ooxml/" in self.part(part).head(0) else _RELATED

    def change(self, part: str, edits: Iterable[Edit]) -> None:
        """Gather edits of a part."""
        self._edits.setdefault(part_name(part), []).extend(edits)

    def put(self, part: str, data: bytes) -> None:
        """Have a part, new or not, say something else as a whole."""
        self._new[part] = data

    def append(self, part: str, elements: str) -> None:
        """Elements at the end of a part's root."""
        self._more[part] = self._more.get(part, "") + elements

    def add(self, source: str, stem: str, content: str, content_type: str, relation: str) -> str:
        """Add a part, and a relationship of type `relation` from `source` to it; the relationship's id.

        `stem` is the part's name seen from the folder of `source`; it gets a number where it is taken.
        """
        folder, (stem, dot, suffix) = posixpath.dirname(source), stem.rpartition(".")
        known = {*self.package.names(), *map(part_name, self._new)}
        names = (posixpath.normpath(posixpath.join(folder, f"{stem}{n or ''}{dot}{suffix}")) for n in count())
        name = next(each for each in names if part_name(each) not in known)
        self.put(name, _HEAD + content.encode())
        if suffix == "xml":
            self._declare("Override", f'PartName="/{name}"', content_type)
        elif not re.search(rf'Extension=["\']{suffix}["\']', self.part(_TYPES).data.decode(), re.IGNORECASE):
            self._declare("Default", f'Extension="{suffix}"', content_type)
        rels = rels_of(source)
        taken = self._ids | {one.id for one in self.package.relationships(source)}
        own = next(each for n in count(1) if (each := f"rIdPerfdoc{n}") not in taken)
        self._ids.add(own)
        attributes = f'Id="{own}" Type="{relation}" Target="{posixpath.relpath(name, folder)}"'
        self.append(rels, f"<Relationship{self._default(rels, RELATIONSHIPS)} {attributes}/>")
        return own

    def _declare(self, element: str, key: str, content_type: str) -> None:
        made = f'<{element}{self._default(_TYPES, CONTENT_TYPES)} {key} ContentType="{content_type}"/>'
        if made not in self._more.get(_TYPES, ""):
            self.append(_TYPES, made)

    def _default(self, part: str, space: str) -> str:
        """The declaration of a namespace for an element without a prefix, where a part's root has none for it."""
        declared = f' xmlns="{space}"'
        return "" if part not in self.package or declared.encode() in self.part(part).head(0) else declared

    def is_changed(self) -> bool:
        """Whether anything is gathered."""
        return any(self._edits.values()) or bool(self._new) or bool(self._more)

    def data(self) -> bytes:
        """The file with all that was gathered; the very bytes that were given where that is nothing.

        Raises RefusedError where it is signed, or its zip can't be changed.
        """
        if self.is_changed() and any(one.kind == "origin" for one in self.package.relationships()):
            raise refused("signed", Place(self.file))
        edits = {part: [*gathered] for part, gathered in self._edits.items()}
        contents = {**self._new}
        for part, elements in self._more.items():
            if part in self.package:
                edits.setdefault(part_name(part), []).append(self.part(part).appended(0, elements.encode()))
            else:
                contents[part] = _HEAD + f'<Relationships xmlns="{RELATIONSHIPS}">{elements}</Relationships>'.encode()
        changed = {part: spliced(self.part(part).data, those) for part, those in edits.items() if those}
        return with_parts(self._data, self.file, changed | contents)
