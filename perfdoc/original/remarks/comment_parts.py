"""The parts that hold a Word file's comments: their texts, what answers what, who wrote.

They are found by the document's relationships, and made where there are none.
"""

from collections.abc import Iterable

from perfdoc.original.opened import Original
from perfdoc.original.spans import Spans
from perfdoc.reading.docx.namespaces import STRICT, W_NS

_STRICT = next(name.decode() for name, new in STRICT.items() if new == W_NS.encode())
_SPACES = {
    "w": W_NS,
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_ROOTS = {"comments": "w:comments", "commentsExtended": "w15:commentsEx", "people": "w15:people"}
_RELATED_2011 = "http://schemas.microsoft.com/office/2011/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class CommentParts:
    """The parts of kinds `comments`, `commentsExtended` and `people` beside a file's main one."""

    def __init__(self, original: Original) -> None:
        self._original = original
        self.document = original.part(original.main)
        self._spaces = {**_SPACES, "w": _STRICT} if _STRICT.encode() in self.document.head(0) else _SPACES

        named = {kind: original.related(original.main, kind) for kind in _ROOTS}
        self._parts = {kind: original.part(part) if part else None for kind, part in named.items()}

    def __getitem__(self, kind: str) -> Spans | None:
        """The part of a kind, or None."""
        return self._parts[kind]

    def declared(self, spans: Spans, *prefixes: str) -> str:
        """The declarations of prefixes that the root of a part does not have."""
        new = (one for one in prefixes if f"xmlns:{one}=".encode() not in spans.head(0))
        return "".join(f' xmlns:{one}="{self._spaces[one]}"' for one in new)

    def append(self, kind: str, elements: Iterable[str]) -> None:
        """Elements, of which each has an attribute, at the end of the part of a kind."""
        made = [*elements]
        if not made:
            return
        spans = self[kind]
        if spans is not None:
            space = self.declared(spans, "w15" if _ROOTS[kind].startswith("w15") else "w", "w14")
            self._original.append(spans.part, "".join(one.replace(" ", f"{space} ", 1) for one in made))
            return
        main, root = self._original.main, _ROOTS[kind]
        spaces = "".join(f' xmlns:{one}="{space}"' for one, space in self._spaces.items())
        content = f'<{root}{spaces} mc:Ignorable="w14 w15">{"".join(made)}</{root}>'
        relation = self._original.relations(main) if kind == "comments" else _RELATED_2011
        self._original.add(main, f"{kind}.xml", content, f"{_TYPES}.{kind}+xml", f"{relation}/{kind}")
