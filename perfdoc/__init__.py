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
        filling,
        form_definition,
        form_lint,
        layout,
        meanings,
        merging,
        model,
        new_project,
        office,
        original,
        pairing,
        pulling,
        reading,
        rendering,
        report,
        reviews,
        rollover,
        round_trip,
        scoring,
        specs,
        summary,
        target,
        yamltree,
    )
    from perfdoc.accounts import Account as Account
    from perfdoc.accounts import account as account
    from perfdoc.checks import check as check
    from perfdoc.comparison import Difference as Difference
    from perfdoc.comparison import diff as diff
    from perfdoc.errors import ConflictError as ConflictError
    from perfdoc.errors import ContentLostError as ContentLostError
    from perfdoc.errors import FormError as FormError
    from perfdoc.errors import InputError as InputError
    from perfdoc.errors import NotRecognisedError as NotRecognisedError
    from perfdoc.errors import PerfdocError as PerfdocError
    from perfdoc.errors import RefusedError as RefusedError
    from perfdoc.errors import SpecError as SpecError
    from perfdoc.errors import ToolError as ToolError
    from perfdoc.errors import UnreadableError as UnreadableError
    from perfdoc.errors import UsageError as UsageError
    from perfdoc.extraction import extract as extract
    from perfdoc.filling import Filled as Filled
    from perfdoc.filling import into as into
    from perfdoc.form_definition import Form as Form
    from perfdoc.form_definition import form as form
    from perfdoc.form_definition import forms as forms
    from perfdoc.form_lint import lint as lint
    from perfdoc.layout import Layout as Layout
    from perfdoc.model import Agency as Agency
    from perfdoc.model import Budget as Budget
    from perfdoc.model import Document as Document
    from perfdoc.model import Indicator as Indicator
    from perfdoc.model import Project as Project
    from perfdoc.model import decimal as decimal
    from perfdoc.original import Written as Written
    from perfdoc.original import write_texts as write_texts
    from perfdoc.reading import read as read
    from perfdoc.rendering import render as render
    from perfdoc.rendering.faults import faults as faults
    from perfdoc.report import Claim as Claim
    from perfdoc.report import Diagnostic as Diagnostic
    from perfdoc.report import Place as Place
    from perfdoc.report import Reading as Reading
    from perfdoc.report import Role as Role
    from perfdoc.report import Severity as Severity
    from perfdoc.scoring import Sheet as Sheet
    from perfdoc.scoring import score as score
    from perfdoc.specs import dump_document as dump_document
    from perfdoc.specs import dump_project as dump_project
    from perfdoc.specs import files as files
    from perfdoc.specs import format_text as format_text
    from perfdoc.specs import load as load
    from perfdoc.specs import schema as schema
    from perfdoc.summary import Summary as Summary

__version__ = "0.1.0"

_HOMES = {
    "perfdoc.accounts": "Account account",
    "perfdoc.checks": "check",
    "perfdoc.comparison": "Difference diff",
    "perfdoc.errors": "ConflictError ContentLostError FormError InputError NotRecognisedError "
    "PerfdocError RefusedError SpecError ToolError UnreadableError UsageError",
    "perfdoc.extraction": "extract",
    "perfdoc.filling": "Filled into",
    "perfdoc.form_definition": "Form form forms",
    "perfdoc.form_lint": "lint",
    "perfdoc.layout": "Layout",
    "perfdoc.model": "Agency Budget Document Indicator Project decimal",
    "perfdoc.original": "Written write_texts",
    "perfdoc.reading": "read",
    "perfdoc.rendering": "faults render",
    "perfdoc.report": "Claim Diagnostic Place Reading Role Severity",
    "perfdoc.scoring": "Sheet score",
    "perfdoc.specs": "dump_document dump_project files format_text load schema",
    "perfdoc.summary": "Summary",
}
"""The public names of each module, parted by spaces."""

__all__ = sorted(["__version__", *" ".join(_HOMES.values()).split()])


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
