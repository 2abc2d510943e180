"""`--summary FILE`: what became of each file of a run, as JSON.

An object with `version` (1), `code` (the run's exit code), `counts` (files by ending) and `files`: an array of
`file` (its way from the folder that was given), `ending`, `again` (found done by an earlier run), `code`, `kind`,
`folder` (of its specs, from the output; null for none), `projects`, `indicators`, `doubts`, `sha256` (null for a
file that was not read whole) and `message`. No times: the same folder gives the same summary.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from perfdoc.jobs.ledger import Entry

VERSION = 1


def summary(entries: Iterable[Entry], counts: Mapping[str, int], code: int) -> Iterator[str]:
    """The summary's text in pieces, a line a file."""
    yield f'{{"version": {VERSION},\n"code": {code},\n"counts": {json.dumps(counts)},\n"files": ['
    separator = "\n"
    for entry in entries:
        yield separator + json.dumps(_as_object(entry), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _as_object(entry: Entry) -> dict[str, object]:
    return {
        "file": entry.source,
        "ending": entry.outcome,
        "again": entry.again,
        "code": entry.code,
        "kind": entry.kind,
        "folder": entry.folder or None,
        "projects": entry.projects,
        "indicators": entry.indicators,
        "doubts": entry.doubts,
        "sha256": entry.hash.hex() or None,
        "message": entry.message,
    }
