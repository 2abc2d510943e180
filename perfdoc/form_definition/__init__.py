"""A form: a bureau's 绩效目标表 as data, one folder under `templates/` with `form.yaml` and `form.docx`.

Names are imported when they are first used: where forms lie is asked for where none is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdoc.first_use import at_first_use, homes

if TYPE_CHECKING:
    from perfdoc.form_definition.cells import EXTRA, dotted
    from perfdoc.form_definition.described import TARGET_PARTS, Column, Form, FormField, Heading
    from perfdoc.form_definition.folders import DEFAULT_FORM, SEARCH, template_folders
    from perfdoc.form_definition.loading import form, forms, load_form

__all__ = [
    "DEFAULT_FORM",
    "EXTRA",
    "SEARCH",
    "TARGET_PARTS",
    "Column",
    "Form",
    "FormField",
    "Heading",
    "dotted",
    "form",
    "forms",
    "load_form",
    "template_folders",
]

__getattr__ = at_first_use(
    __name__,
    homes(
        {
            "perfdoc.form_definition.cells": "EXTRA dotted",
            "perfdoc.form_definition.described": "TARGET_PARTS Column Form FormField Heading",
            "perfdoc.form_definition.folders": "DEFAULT_FORM SEARCH template_folders",
            "perfdoc.form_definition.loading": "form forms load_form",
        }
    ),
)
