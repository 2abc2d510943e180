"""Three-way merge of specs: by indicator and by value, with the comments of both sides.

>>> made = merge(base, ours, theirs, "01-x.yaml")
>>> made.conflicts, made.text
"""

from perfdoc.merging.carried import Headings, Version, carried
from perfdoc.merging.documents import Combined, Standing, combined
from perfdoc.merging.draft import Labels
from perfdoc.merging.markers import Clash, Merged
from perfdoc.merging.texts import merge

__all__ = ["Clash", "Combined", "Headings", "Labels", "Merged", "Standing", "Version", "carried", "combined", "merge"]
