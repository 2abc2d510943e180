"""Many files in one run: found, named, worked on side by side, and remembered.

`found` walks folders and `naming` gives every source a folder of its own; `in_order` hands the work out to any
`concurrent.futures.Executor`, `Task` does it in processes that may hang or crash, and `Ledger` keeps what was
done. Nothing here knows what the work is.
"""

from perfdoc.batch.found import Found, found
from perfdoc.batch.guard import Lost
from perfdoc.batch.ledger import Entry, Ledger
from perfdoc.batch.limits import MEMORY, SECONDS, Limits
from perfdoc.batch.run import chunk_size, cores, in_order
from perfdoc.batch.task import Task

__all__ = [
    "MEMORY",
    "SECONDS",
    "Entry",
    "Found",
    "Ledger",
    "Limits",
    "Lost",
    "Task",
    "chunk_size",
    "cores",
    "found",
    "in_order",
]
