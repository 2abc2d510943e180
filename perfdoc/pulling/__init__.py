"""Files that come back from reviewers: what they were made from, and what was changed in them.

>>> one = returned(data, "A.docx", known, read)
>>> base = base_of(one, candidates)
>>> perfdoc.merging.combined(standing, [version_of(one, base)], labels)
"""

from perfdoc.pulling.base import Base, Candidate, base_of, kept_of
from perfdoc.pulling.returned import Returned, returned, version_of

__all__ = ["Base", "Candidate", "Returned", "base_of", "kept_of", "returned", "version_of"]
