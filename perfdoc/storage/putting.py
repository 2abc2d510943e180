"""Files put into a store as `writing` writes those of this machine: never over one that says something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perfdoc.storage import store
from perfdoc.storage.writing import Outcome, compared, writable


def put(
    files: Mapping[str, bytes],
    standing: Callable[[str], bytes | None],
    staging: str,
    *,
    force: bool = False,
    dry_run: bool = False,
    same: Callable[[str, bytes], bool] = lambda url, content: False,
) -> dict[str, Outcome]:
    """Put files by their URLs, the last one first; those that were put stay where a later one can't be.

    `standing` gives what is at a URL (None: nothing), `staging` is a folder for what is being made, `same` is as for
    `compared`. Raises ConflictError without `force`, UsageError where the store can't be read or written.
    """
    with writable(next(iter(files))):
        outcomes = compared(files, {url: standing(url) for url in files}, force=force, same=same)
        for url in reversed([*files]):
            if outcomes[url] is not Outcome.unchanged and not dry_run:
                store.put(url, files[url], staging)
    return outcomes
