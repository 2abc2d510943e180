"""The files of a run over many as jobs: what is known of each from earlier runs, and what was written of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from perfdoc.cli.verbs.import_.depends import Depends
from perfdoc.errors import UsageError
from perfdoc.importing.order import Job, Order
from perfdoc.importing.settings import boilerplate_near
from perfdoc.jobs.ledger import Ledger
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
