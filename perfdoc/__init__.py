"""Performance goals as code: 绩效目标表 as YAML, as Word, and back.

    >>> import perfdoc
    >>> reading = perfdoc.load("specs/hexi-court-2023")          # YAML → Reading (a Document with places)
    >>> data = perfdoc.render(reading.document, perfdoc.form("tianjin"))           # Document → Word's bytes
    >>> layout = perfdoc.read(data, "out.docx")                                    # bytes → Layout
    >>> perfdoc.extract(layout).document == reading.document                       # Layout → Reading
    True

Every name is imported when it is first used, so that `import perfdoc` costs next to nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from perfdoc.first_use import at_first_use, homes

if TYPE_CHECKING:
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

_WHERE = homes(
    {
        "perfdoc.accounts": "Account account",
        "perfdoc.checks": "check",
        "perfdoc.comparison": "Difference diff",
        "perfdoc.errors": "ConflictError ContentLostError FormError InputError NotRecognisedError PerfdocError "
        "SpecError ToolError UnreadableError UsageError",
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
)

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


class _Verb(ModuleType):
    """A module named like its main function: calling the module calls that function.

    `perfdoc.read` is a module as soon as anything has imported it, and the function that the API promises;
    it has to be both, whichever was asked for first.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return getattr(self, self.__name__.rpartition(".")[2])(*args, **kwargs)


class _Package(ModuleType):
    """This module: the import system sets a submodule on it when it has loaded it, and is met here."""

    def __setattr__(self, name: str, value: Any) -> None:
        if type(value) is ModuleType and _WHERE.get(name) == value.__name__:
            value.__class__ = _Verb
        super().__setattr__(name, value)


__getattr__ = at_first_use(__name__, _WHERE)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


sys.modules[__name__].__class__ = _Package
