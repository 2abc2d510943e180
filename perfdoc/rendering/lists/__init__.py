"""A Document as a list: one row an indicator, in a workbook that a person has drawn (`form.xlsx`).

The workbook has its head, and one row whose cells hold tags, `{{ project.name }}` or `{{ indicator.target.value }}`:
that row is repeated for every indicator, once for a project without any. All else in the file stays as it was drawn:
widths, styles, drop-downs, filters, frozen panes; ranges that reach the row grow with it.
"""

from perfdoc.rendering.lists.list_file import render_list
from perfdoc.rendering.lists.list_template import list_template

__all__ = ["list_template", "render_list"]
