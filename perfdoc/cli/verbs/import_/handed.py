"""The files of a run over many as jobs: what is known of each, what was written of it, on what its result depends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import UsageError
from perfdoc.form_definition import Form, forms, template_folders
from perfdoc.importing.order import Job, Order, boilerplate_near
from perfdoc.jobs.ledger import Entry, Ledger
from perfdoc.storage.walk import NOTHING, Found, Remembered, files_in, is_folder


@dataclass
class Handed:
    """The files that are given. With `resume` one that the ledger knows, unchanged, is done; with `again` one that it
    knows, and that reads otherwise now, takes the place of what was written of it."""

    given: Sequence[str]
    order: Order
    output: str
    ledger: Ledger
    depends: Depends
    resume: bool = False
    again: bool = False

    def jobs(self, left_out: Callable[[int], None] = lambda number: None) -> Iterator[Job]:
        """A job for each file, walked anew at each call; each keeps the folder that the ledger knows."""
        ledger = self.ledger
        remembered = NOTHING if ledger.blank else Remembered(ledger.folder, ledger.owner)
        every = files_in(self.given, without=self.output, remembered=remembered, left_out=left_out)
        alone = len(self.given) == 1 and not is_folder(self.given[0])
        return (self._job(one._replace(folder=".") if alone else one) for one in every)

    def _job(self, one: Found) -> Job:
        try:
            boilerplate = boilerplate_near(self.order.near(one.folder))
        except UsageError as error:
            return Job(*one._replace(fault=str(error)))
        job = Job(*one, boilerplate=boilerplate, options=self.depends.options(one.folder, boilerplate))
        known = self.ledger.get(one.key) if self.resume or self.again else None
        if known is None:
            return job
        same = known.options == job.options and known.taught == self.depends.taught(known, one.folder)
        if self.resume and known.final and same:
            return job._replace(known=known.hash, gave_specs=bool(known.folder))
        return job._replace(of=known.hash, before=self.ledger.written(one.key))


class _Known(NamedTuple):
    """A digest of the forms whose words count in every file, and of each that was learnt, by name and by layout."""

    general: bytes
    names: dict[str, bytes]
    layouts: dict[str, bytes]


class Depends:
    """Digests of what results depend on, for the files of a run; made once for each set of folders with forms."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._known: dict[tuple[Path, ...], _Known] = {}

    def options(self, folder: str, boilerplate: tuple[str, ...]) -> bytes:
        """A digest of all that counts in a file whose document is in `folder`, but for the form learnt for it."""
        order, known = self._order, self._forms(folder)
        given = ("import", 2, order.track_changes, order.strict, *boilerplate, known.general)
        return hashlib.sha256(repr(given).encode("utf-8", "surrogatepass")).digest()

    def taught(self, entry: Entry, folder: str) -> bytes:
        """A digest of the learnt form that a file is read with: the one that drew it, else the one of its layout."""
        known = self._forms(folder)
        return known.names.get(entry.form) or known.layouts.get(entry.layout, b"")

    def edited(self, taught: Container[bytes]) -> list[Path]:
        """The folders of the learnt forms that are not as any file was read with; for the output's own folder."""
        every = forms(self._order.templates, self._order.near(".")).values()
        return [one.folder for one in every if one.layouts and _digest((one,)) not in taught]

    def _forms(self, folder: str) -> _Known:
        near = self._order.near(folder)
        folders = template_folders(self._order.templates, near)
        if folders not in self._known:
            every = forms(self._order.templates, near).values()
            digests = {one.name: _digest((one,)) for one in every if one.layouts}
            by_layout = {layout: digests[one.name] for one in every for layout in one.layouts}
            general = _digest(one for one in every if not one.layouts)
            self._known[folders] = _Known(general, digests, by_layout)
        return self._known[folders]


def _digest(every: Iterable[Form]) -> bytes:
    digest = hashlib.sha256()
    for one in every:
        for file in sorted(one.folder.glob("*")):
            if file.is_file():
                digest.update(repr((one.name, file.name, file.read_bytes())).encode())
    return digest.digest()
