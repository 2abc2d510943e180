"""Files that come back from reviewers: what they were made from, and what was changed in them.

>>> one = Returned(data, "A.docx", known, read)
>>> base = base_of(one, candidates)
>>> perfdoc.merging.combined(standing, [version_of(one, base.document)], labels)
"""

from perfdoc.pulling.base import Base, base_of, kept_of
from perfdoc.pulling.choices import Choice, choices, taken
from perfdoc.pulling.history import at_revision, candidates
from perfdoc.pulling.loaded import Given, listed_in, loaded
from perfdoc.pulling.pulled import found_base, pulled
from perfdoc.pulling.returned import Returned, changes_of, version_of
from perfdoc.pulling.unwritten import Source, folder_of_texts, project_of_bytes

__all__ = [
    "Base",
    "Choice",
    "Given",
    "Returned",
    "Source",
    "at_revision",
    "base_of",
    "candidates",
    "changes_of",
    "choices",
    "folder_of_texts",
    "found_base",
    "kept_of",
    "listed_in",
    "loaded",
    "project_of_bytes",
    "pulled",
    "taken",
    "version_of",
]
