"""The ledger of a folder of this machine, or of one in a store, where it is worked on as a copy."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from perfdoc.errors import UsageError
from perfdoc.jobs.ledger import NAME, Ledger
from perfdoc.storage import store
from perfdoc.storage.paths import is_url, joined
from perfdoc.storage.writing import writable
from perfdoc.texts import reason, say

_COPY_EVERY = 30.0  # seconds between two copies to a store, at least
_COPY_SHARE = 20.0  # … and so many times as long as the last one took: a ledger of a million files is large


@contextmanager
def ledger_at(output: str, staging: str, *, scratch: bool = False) -> Iterator[Ledger]:
    """The ledger of a folder or a URL; `scratch` as for Ledger. Raises UsageError where it can't be used.

    For a URL it is worked on in a temporary folder and copied to the store now and then and at the end: a run
    that is killed has done more than the store's ledger says, never less. Nothing keeps two runs apart there.
    """
    if not is_url(output):
        with Ledger(Path(output), scratch=scratch) as ledger:
            yield ledger
        return
    url = joined(output, NAME)
    with TemporaryDirectory(prefix="perfdoc-") as folder:
        path = str(Path(folder, NAME))
        try:
            store.fetch(url, path)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise UsageError(say("storage.cant_read", path=url, why=reason(error))) from error
        due = time.monotonic() + _COPY_EVERY

        def copy() -> None:
            with writable(url):
                store.put_file(url, path, staging)

        def now_and_then() -> None:
            nonlocal due
            began = time.monotonic()
            if began > due and not scratch:
                copy()
                ended = time.monotonic()
                due = ended + max(_COPY_EVERY, _COPY_SHARE * (ended - began))

        ledger = Ledger(Path(folder), committed=now_and_then)
        try:
            with ledger:
                yield ledger
        finally:
            if not scratch:
                copy()
