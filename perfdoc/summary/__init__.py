"""Many documents as one table: a row a project, totals by agency and in all.

Amounts are exact and in 万元, whatever unit each form has; what can't be added is named, never left out in silence.
"""

from perfdoc.summary.row import NotAdded, ProjectRow, Summary, Totals, rows
from perfdoc.summary.tables import Table, tables

__all__ = ["NotAdded", "ProjectRow", "Summary", "Table", "Totals", "rows", "tables"]
