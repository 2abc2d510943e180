"""Word files whose texts may not change."""

from perfdoc.original.parts import Parts
from perfdoc.original.refusals import refused
from perfdoc.original.spans import Spans
from perfdoc.reading.docx.namespaces import is_on
from perfdoc.report import Place


def refuse_protected(parts: Parts, main: str) -> None:
    """Raise RefusedError for a Word file whose texts may not change: protected, or made of subdocuments."""
    if "w:subDoc" in parts.part(main).names:
        raise refused("subdocuments", Place(parts.file))
    if name := parts.related(main, "settings"):
        settings = parts.part(name)
        for each in settings.children(0):
            if settings.names[each] == "w:documentProtection" and _is_enforced(settings, each):
                raise refused("protected", Place(parts.file))


def _is_enforced(settings: Spans, protection: int) -> bool:
    """Is a w:documentProtection (17.15.1.29) in force? It may allow everything."""
    enforced = settings.value(protection, "enforcement")
    return enforced is not None and is_on(enforced) and settings.value(protection, "edit") not in (None, "none")
