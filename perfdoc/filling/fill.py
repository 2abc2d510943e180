"""A received file with the values of a document: planned, written, read back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from perfdoc.errors import NotRecognisedError, RefusedError
from perfdoc.extraction import extract
from perfdoc.extraction.by_template.templates import templates_of
from perfdoc.filling.indicators import indicator_plan
from perfdoc.filling.plan import Change, Plan, TableRows, called
from perfdoc.filling.proof import contradictions, others
from perfdoc.filling.values import Retold, Texts, contents_texts, document_values, retold
from perfdoc.filling.wording import Wanted
from perfdoc.filling.writing import Writing, opened
from perfdoc.form_definition import Form, forms
from perfdoc.layout import Layout
from perfdoc.model import Document
from perfdoc.original import REFUSED
from perfdoc.pairing import pair_projects
from perfdoc.reading import read
from perfdoc.report import Diagnostic, Path, Place, Severity
from perfdoc.texts import listed, say
from perfdoc.visible import shown


class Filled(NamedTuple):
    """The file's bytes, what was done to it in the file's order, and what is to be said: values without a place."""

    data: bytes
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]


def into(
    data: bytes,
    document: Document,
    *,
    file: str = "document.docx",
    known: Mapping[str, Form] | None = None,
    prune: bool = False,
) -> Filled:
    """A received Word file or workbook with the values of a document; everything else of it is kept as it is.

    Where nothing differs the very bytes come back. Projects and indicators are matched as `diff` matches them. A
    project that the file has not is a copy of its last one; one that the document has not stays, with `prune` it is cut
    out. `known` are the forms by which the file is read, by default those that there are. PD071 (warning) names a value
    that the file has no place for.

    Raises RefusedError with a diagnostic (PD090) for all that can't be written so that it is right, NotRecognisedError
    where the file holds no form, UnreadableError for no sound file. Nothing is returned that does not read back.
    """
    return _Filling(file, forms() if known is None else known, document).filled(data, prune)


class _Filling:
    def __init__(self, file: str, known: Mapping[str, Form], document: Document) -> None:
        self.file, self.forms, self.document = file, known, document

    def filled(self, data: bytes, prune: bool) -> Filled:
        """The file with the document's values."""
        writing = opened(data, self.file)
        texts = self._texts(writing.layout)
        if not texts.reading.document.projects:
            raise NotRecognisedError(f"{self.file}: {say('filling.why.no_form')}")
        pairs = self._pairs(texts)
        new_ones = sorted({*range(len(self.document.projects))} - {*pairs.values()})
        without = [here for here in range(len(texts.reading.document.projects)) if here not in pairs]
        gone = without if prune else []
        changes = [*self._projects(texts, gone, new_ones)]
        said, order = [] if prune else [*self._stay(texts, without)], [*self._order(texts, pairs)]
        base, whole = data, bool(changes)
        if whole:
            base, pairs = self._with_projects(writing, texts, pairs, gone, new_ones)
            writing = opened(base, self.file)
            texts = self._texts(writing.layout)
            if len(texts.reading.document.projects) != len(pairs) + (0 if prune else len(said)):
                raise RefusedError(diagnostics=[self._refusal((), Place(self.file), say("filling.why.project"))])
        new, done, homeless = self._written(writing, texts, base, pairs, whole)
        said += (*self._settled(writing), *self._seals(writing)) if new != data else ()
        first = len(texts.reading.document.projects) - len(new_ones)  # of the copies, whose values are no news
        changes += [one for one in done if one.path[0] != "projects" or int(one.path[1]) < first]
        changes.sort(key=lambda one: one.place.order)
        return Filled(new, tuple(changes), (*said, *order, *(self._no_place(one) for one in homeless)))

    def _pairs(self, texts: Texts) -> dict[int, int]:
        """Which project of the file is which of the document. Where both have one, it is that one."""
        old, new = texts.reading.document.projects, self.document.projects
        return {0: 0} if len(old) == len(new) == 1 else dict(pair_projects(old, new))

    def _projects(self, texts: Texts, gone: Sequence[int], new: Sequence[int]) -> Iterator[Change]:
        """The projects that come and go."""
        old = texts.reading.document.projects
        for here in gone:
            yield Change("project_removed", texts.place(here), ("projects", here), old[here].name or "", "")
        for there in new:
            name = self.document.projects[there].name or ""
            yield Change("project_added", texts.place(len(old) - 1), ("projects", there), "", name)

    def _stay(self, texts: Texts, without: Sequence[int]) -> Iterator[Diagnostic]:
        """What is said of projects that the document has not and that stay."""
        for here in without:
            name = texts.reading.document.projects[here].name or ""
            message = say("filling.project_stays", name=shown(name))
            yield Diagnostic("PD091", Severity.warning, message, texts.place(here), name, ("projects", here))

    def _order(self, texts: Texts, pairs: Mapping[int, int]) -> Iterator[Diagnostic]:
        """What is said where the document has its projects in another order than they then stand in the file."""
        standing = [pairs[here] for here in sorted(pairs)]
        standing += [there for there in range(len(self.document.projects)) if there not in standing]
        moved = next((at for at, there in enumerate(standing) if there != at), None)
        if moved is not None:
            name = self.document.projects[moved].name or ""
            message = say("filling.project_order", name=shown(name))
            yield Diagnostic("PD094", Severity.warning, message, texts.place(0), name, ("projects", moved))

    def _seals(self, writing: Writing) -> Iterator[Diagnostic]:
        """What is said of seals that stay, and would stamp other contents."""
        for text in dict.fromkeys(writing.seals()):
            message = say("filling.seal", text=shown(text))
            yield Diagnostic("PD092", Severity.warning, message, Place(self.file), text)

    def _settled(self, writing: Writing) -> Iterator[Diagnostic]:
        """What is said of tracked changes in texts that were changed: place by place, whose they were."""
        found: dict[Place, list[str]] = {}
        for change in writing.settled():
            found.setdefault(change.place, []).append(change.author)
        for place, authors in found.items():
            names = listed(dict.fromkeys(filter(None, authors))) or "?"
            message = say("filling.settled", n=len(authors), names=names)
            yield Diagnostic("PD093", Severity.info, message, place)

    def _with_projects(
        self, writing: Writing, texts: Texts, pairs: Mapping[int, int], gone: Sequence[int], new: Sequence[int]
    ) -> tuple[bytes, dict[int, int]]:
        """The file with copies for new projects and without those that are cut out, and the pairs that it has then."""
        kept = [here for here in range(len(texts.reading.document.projects)) if here not in gone]
        found = {at: pairs[here] for at, here in enumerate(kept) if here in pairs}
        return writing.with_projects(texts, len(new), gone), found | dict(enumerate(new, len(kept)))

    def _written(
        self, writing: Writing, texts: Texts, data: bytes, pairs: Mapping[int, int], whole: bool
    ) -> tuple[bytes, list[Change], list[Wanted]]:
        """The file with all values and rows, what was changed, and the values that it has no place for."""
        words = templates_of(writing.layout, self.forms.values()).words
        plans = {
            here: indicator_plan(texts, here, self.document.projects[there].indicators, words)
            for here, there in pairs.items()
        }
        levels = [one for plan in plans.values() for one in plan.levels.values() if one.old != one.new]
        wanted = document_values(texts, self.document, pairs, self.forms, numbered=whole)
        told = retold(texts, [*wanted, *levels])
        self._refuse_open(told, plans.values())
        homeless = self._homeless(told, plans, pairs)
        tables = [table for plan in plans.values() for table in plan.tables]
        changed = contents_texts(texts, wanted) | told.texts
        new = writing.written(changed, tables)
        if new != data or whole:
            self._prove(texts, new, pairs, [one.path for one in homeless], None if whole else [*changed], tables)
        values = {one.path: Change("changed", places[0], one.path, one.old, one.new) for one, places in told.values}
        rows = (one for plan in plans.values() for one in plan.changes if one.path not in values)
        return new, [*values.values(), *rows], homeless

    def _texts(self, layout: Layout) -> Texts:
        return Texts(layout, extract(layout, self.forms))

    def _refuse_open(self, told: Retold, plans: Iterable[Plan]) -> None:
        """Raise RefusedError where a value can't be written."""
        found = [(one.path, place, "part", one.old) for one, place in told.open]
        found += [(one.path, one.place, one.why, "") for plan in plans for one in plan.open]
        if found:
            said = [self._refusal(path, place, say(f"filling.why.{why}"), quote) for path, place, why, quote in found]
            raise RefusedError(diagnostics=said, reason=found[0][2])

    def _refusal(self, path: Path, place: Place, why: str, quote: str = "") -> Diagnostic:
        name = called(path)
        place = place if place.file else Place(self.file)
        return Diagnostic(REFUSED, Severity.error, f"{name}: {why}" if name else why, place, quote, path)

    def _homeless(self, told: Retold, plans: Mapping[int, Plan], pairs: Mapping[int, int]) -> list[Wanted]:
        """Values that the file has no place for, by their paths in the document."""

        def moved(one: Wanted) -> Wanted:
            return one._replace(path=(*one.path[:1], *(pairs[int(n)] for n in one.path[1:2]), *one.path[2:]))

        return [moved(one) for one in (*told.homeless, *(one for plan in plans.values() for one in plan.homeless))]

    def _no_place(self, one: Wanted) -> Diagnostic:
        variable = ".".join(map(str, one.path[2:])) if one.path[0] == "projects" else str(one.path[0])
        message = say("filling.no_place", file=self.file, field=called(one.path), variable=variable)
        return Diagnostic("PD071", Severity.warning, message, Place(self.file), one.new[:80], one.path)

    def _prove(
        self,
        before: Texts,
        data: bytes,
        pairs: Mapping[int, int],
        homeless: Iterable[Path],
        changed: Iterable[Place] | None,
        tables: Sequence[TableRows],
    ) -> None:
        """Raise RefusedError where the file does not read back; `changed` is None where projects come and go."""
        try:
            after = self._texts(read(data, self.file))
        except NotRecognisedError:
            said = self._refusal((), Place(self.file), say("filling.why.form_lost"))
            raise RefusedError(diagnostics=[said], reason="proof") from None
        found = [
            self._refusal(path, place, why)
            for path, place, why in contradictions(before.reading, after, self.document, pairs, homeless)
        ]
        if changed is not None:
            found += [
                self._refusal((), Place(self.file), say("filling.why.rest", text=shown(text)))
                for text in others(before.reading, after.reading, changed, tables)
            ]
        if found:
            raise RefusedError(diagnostics=found, reason="proof")
