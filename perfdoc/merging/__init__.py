"""Three-way merge of specs: by indicator and by value, with the comments of both sides.

>>> made = merge(base, ours, theirs, "01-x.yaml")
>>> made.conflicts, made.text
"""

from perfdoc.merging.texts import Labels, Merged, merge

__all__ = ["Labels", "Merged", "merge"]
