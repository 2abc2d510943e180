"""Files that come back from reviewers: what they were made from, and what was changed in them.

>>> one = Returned(data, "A.docx", known, read)
>>> base = base_of(one, candidates)
>>> perfdoc.merging.combined(standing, [version_of(one, base.document)], labels)
"""

from perfdoc.pulling.base import Base, at_revision, base_of, candidates, found_base, kept_of, pulled
from perfdoc.pulling.choices import Choice, choices, taken
from perfdoc.pulling.loaded import Given, Source, folder_of_texts, listed_in, loaded, project_of_bytes
from perfdoc.pulling.returned import Returned, changes_of, version_of

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
