"""A received file with the values of a document: planned, written, read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from perfdoc.errors import NotRecognisedError, RefusedError
from perfdoc.extraction import extract
from perfdoc.extraction.by_template.templates import words_of
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.filling.change import Change, called, of_steps, of_values
from perfdoc.filling.indicators import indicator_plan
from perfdoc.filling.plan import Plan, TableRows
from perfdoc.filling.proof import contradictions, others
from perfdoc.filling.values import Retold, Texts, document_values, retold
from perfdoc.filling.wording import Wanted
from perfdoc.filling.writing import opened
from perfdoc.form_definition import Form, forms
from perfdoc.layout import Layout
from perfdoc.model import Document
from perfdoc.original import REFUSED
from perfdoc.pairing import pair_projects
from perfdoc.reading import read
from perfdoc.report import Diagnostic, Path, Place, Severity
from perfdoc.texts import say


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
    return _Filling(file, forms() if known is None else known, document).filled(data)


class _Filling:
    def __init__(self, file: str, known: Mapping[str, Form], document: Document) -> None:
        self.file, self.forms, self.document = file, known, document
        self.words: Vocabulary = words_of(known.values())

    def filled(self, data: bytes) -> Filled:
        """The file with the document's values."""
        writing = opened(data, self.file)
        texts = self._texts(writing.layout)
        before = texts.reading
        if not before.document.projects:
            raise NotRecognisedError(f"{self.file}: {say('filling.why.no_form')}")
        pairs = dict(pair_projects(before.document.projects, self.document.projects))
        plans = {here: self._plan(texts, here, there) for here, there in pairs.items()}
        levels = [one for plan in plans.values() for one in plan.levels.values() if one.old != one.new]
        told = retold(texts, [*document_values(texts, self.document, pairs, self.forms), *levels])
        self._refuse_open(texts, told, plans.values())
        homeless = self._homeless(told, plans, pairs)
        tables = [table for plan in plans.values() for table in plan.tables]
        new = writing.written(told.texts, tables)
        if new != data:
            self._prove(texts, new, pairs, [one.path for one in homeless], [*told.texts], tables)
        values = [*of_values(told.values)]
        steps = [*of_steps(step for plan in plans.values() for step in plan.steps)]
        own = {(*one.path,) for one in values}
        changes = [*values, *(one for one in steps if one.path not in own)]
        changes.sort(key=lambda one: one.place.order)
        return Filled(new, tuple(changes), tuple(self._no_place(one) for one in homeless))

    def _texts(self, layout: Layout) -> Texts:
        return Texts(layout, extract(layout, self.forms))

    def _plan(self, texts: Texts, here: int, there: int) -> Plan:
        return indicator_plan(texts, here, self.document.projects[there].indicators, self.words)

    def _refuse_open(self, texts: Texts, told: Retold, plans: Iterable[Plan]) -> None:
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
        own = [
            one._replace(path=("projects", pairs[int(one.path[1])], *one.path[2:]))
            for one in told.homeless
            if one.path[0] == "projects"
        ]
        own += [one for one in told.homeless if one.path[0] != "projects"]
        return own + [
            one._replace(path=("projects", pairs[here], *one.path[2:]))
            for here, plan in plans.items()
            for one in plan.homeless
        ]

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
        changed: Iterable[Place],
        tables: Iterable[TableRows],
    ) -> None:
        """Raise RefusedError where the file does not read back as it should."""
        after = self._texts(read(data, self.file))
        found = [
            self._refusal(path, place, why)
            for path, place, why in contradictions(before.reading, after, self.document, pairs, homeless)
        ]
        if not any(table.replaced for table in tables):
            found += [
                self._refusal((), Place(self.file), say("filling.why.rest", text=repr(text)))
                for text in others(before.reading, after.reading, changed)
            ]
        if found:
            raise RefusedError(diagnostics=found, reason="proof")
