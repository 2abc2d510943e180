"""Performance goals as code: 绩效目标表 as YAML, as Word, and back.

    >>> import perfdoc
    >>> reading = perfdoc.load("specs/hexi-court-2023")          # YAML → Reading (a Document with places)
    >>> data = perfdoc.render(reading.document, perfdoc.form("tianjin"))           # Document → Word's bytes
    >>> layout = perfdoc.read(data, "out.docx")                                    # bytes → Layout
    >>> perfdoc.extract(layout).document == reading.document                       # Layout → Reading
    True

A name, and a part such as `perfdoc.specs`, is imported when it is first used, so that `import perfdoc` is quick.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfdoc import (  # noqa: F401
        accounts,
        checks,
        comparison,
        errors,
        extraction,
        form_definition,
        form_lint,
        layout,
        meanings,
        merging,
        model,
        new_project,
        office,
        pairing,
        reading,
        rendering,
        report,
        rollover,
        round_trip,
        scoring,
        specs,
        summary,
        target,
        yamltree,
    )
    from perfdoc.accounts import Account, account
    from perfdoc.checks import check
    from perfdoc.comparison import Difference, diff
    from perfdoc.errors import (
        ConflictError,
        ContentLostError,
        FormError,
        InputError,
        NotRecognisedError,
        PerfdocError,
        SpecError,
        ToolError,
        UnreadableError,
        UsageError,
    )
    from perfdoc.extraction import extract
    from perfdoc.form_definition import Form, form, forms
    from perfdoc.form_lint import lint
    from perfdoc.layout import Layout
    from perfdoc.model import Agency, Budget, Document, Indicator, Project, decimal
    from perfdoc.reading import read
    from perfdoc.rendering import render
    from perfdoc.rendering.faults import faults
    from perfdoc.report import Claim, Diagnostic, Place, Reading, Role, Severity
    from perfdoc.scoring import Sheet, score
    from perfdoc.specs import dump_document, dump_project, files, format_text, load, schema
    from perfdoc.summary import Summary

__version__ = "0.1.0"

_HOMES = {
    "perfdoc.accounts": "Account account",
    "perfdoc.checks": "check",
    "perfdoc.comparison": "Difference diff",
    "perfdoc.errors": "ConflictError ContentLostError FormError InputError NotRecognisedError "
    "PerfdocError SpecError ToolError UnreadableError UsageError",
    "perfdoc.extraction": "extract",
    "perfdoc.form_definition": "Form form forms",
    "perfdoc.form_lint": "lint",
    "perfdoc.layout": "Layout",
    "perfdoc.model": "Agency Budget Document Indicator Project decimal",
    "perfdoc.reading": "read",
    "perfdoc.rendering": "faults render",
    "perfdoc.report": "Claim Diagnostic Place Reading Role Severity",
    "perfdoc.scoring": "Sheet score",
    "perfdoc.specs": "dump_document dump_project files format_text load schema",
    "perfdoc.summary": "Summary",
}
"""The public names of each module, parted by spaces."""

__all__ = [
    "Account",
    "Agency",
    "Budget",
    "Claim",
    "ConflictError",
    "ContentLostError",
    "Diagnostic",
    "Difference",
    "Document",
    "Form",
    "FormError",
    "Indicator",
    "InputError",
    "Layout",
    "NotRecognisedError",
    "PerfdocError",
    "Place",
    "Project",
    "Reading",
    "Role",
    "Severity",
    "Sheet",
    "SpecError",
    "Summary",
    "ToolError",
    "UnreadableError",
    "UsageError",
    "__version__",
    "account",
    "check",
    "decimal",
    "diff",
    "dump_document",
    "dump_project",
    "extract",
    "faults",
    "files",
    "form",
    "format_text",
    "forms",
    "lint",
    "load",
    "read",
    "render",
    "schema",
    "score",
]


if not TYPE_CHECKING:  # a type checker shall know the names above and no others

    def __getattr__(name: str) -> Any:
        """A public name, or a part, that was not used before (PEP 562). AttributeError for any other name."""
        for home, names in _HOMES.items():
            if name in names.split():
                value = globals()[name] = getattr(import_module(home), name)
                return value
        part = f"{__name__}.{name}"
        if not name.startswith("_") and find_spec(part) is not None:
            return import_module(part)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
