"""A received file that says what its values are from, as one that was rendered does."""

from __future__ import annotations

from perfdoc.layout import Trace
from perfdoc.original.package import with_parts
from perfdoc.reading.package import Package
from perfdoc.rendering.custom import CUSTOM, traced

_CHANGED = ("[Content_Types].xml", "_rels/.rels", CUSTOM)


def with_trace(data: bytes, file: str, trace: Trace) -> bytes:
    """The file with the trace as a custom property; its other properties and all other parts stay as they are.

    Raises UnreadableError for no sound package, FormError where its properties are not sound XML, RefusedError for a
    zip that can't be changed.
    """
    package = Package(data, file)
    parts = {name: package.read(name) for name in _CHANGED if name in package}
    made = traced(parts, trace, file)
    return with_parts(data, file, {name: new for name, new in made.items() if parts.get(name) != new})
