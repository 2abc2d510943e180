"""A form: a bureau's 绩效目标表 as data, one folder under `templates/` with `form.yaml` and `form.docx`."""

from perfdoc.form.cells import EXTRA, dotted
from perfdoc.form.described import TARGET_PARTS, Column, Form, FormField, Heading
from perfdoc.form.folders import DEFAULT_FORM, SEARCH, form, forms, load_form, template_folders

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
