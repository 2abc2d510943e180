"""Files of which nothing may change."""

from __future__ import annotations

from perfdoc.original.refusals import refused
from perfdoc.original.spans import Spans
from perfdoc.reading.docx.namespaces import is_on
from perfdoc.reading.package import Package
from perfdoc.report import Place


def refuse_file(package: Package, main: Spans, file: str, remarks_only: bool = False) -> None:
    """Raise RefusedError for a file of which nothing may change: signed, protected, made of subdocuments.

    One that is protected may have remarks: they change nothing that it says.
    """
    if any(one.kind == "origin" for one in package.relationships()):
        raise refused("signed", Place(file))
    if remarks_only:
        return
    if "w:subDoc" in main.names:
        raise refused("subdocuments", Place(file))
    for one in package.relationships(main.part):
        if one.kind == "settings" and not one.external and one.target in package:
            settings = Spans(package.read(one.target), file, one.target)
            for each in settings.children(0):
                if settings.names[each] == "w:documentProtection" and _is_enforced(settings, each):
                    raise refused("protected", Place(file))


def _is_enforced(settings: Spans, protection: int) -> bool:
    """Is a w:documentProtection (17.15.1.29) in force? It may allow everything."""
    enforced = settings.value(protection, "enforcement")
    return enforced is not None and is_on(enforced) and settings.value(protection, "edit") not in (None, "none")
