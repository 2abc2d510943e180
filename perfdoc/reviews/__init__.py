"""The conversation about a document: review comments of received files and of specs, in one shape (`report.Thread`).

>>> received = threads_of(reading)                       # of a Word or Excel file
>>> texts = with_threads(texts, names, received)         # the document's files, each thread above its value
>>> threads_in(texts, names)
"""

from perfdoc.reviews.conversation import FINDER, moved, placed, threads_at, threads_in, threads_of, with_threads
from perfdoc.reviews.opinions import Answer, Opinion, answered, answers, opinions

__all__ = [
    "FINDER",
    "Answer",
    "Opinion",
    "answered",
    "answers",
    "moved",
    "opinions",
    "placed",
    "threads_at",
    "threads_in",
    "threads_of",
    "with_threads",
]
