"""A form: a bureau's 绩效目标表 as data, one folder under `templates/` with `form.yaml` and `form.docx`."""

from perfdoc.form_definition.cell_tree import EXTRA, dotted
from perfdoc.form_definition.described import TARGET_PARTS, Column, Form, FormField, Heading
from perfdoc.form_definition.invalid import faults
from perfdoc.form_definition.loading import DEFAULT_FORM, SEARCH, form, form_folders, forms, load_form, template_folders

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
    "faults",
    "form",
    "form_folders",
    "forms",
    "load_form",
    "template_folders",
]
