"""Two versions of a spec made from one: merged by indicator and by value, comments of both sides kept.

>>> made = merge(base, ours, theirs, "01-x.yaml")
>>> made.conflicts, made.text
"""

from perfdoc.merging.texts import Labels, Merged, merge

__all__ = ["Labels", "Merged", "merge"]
