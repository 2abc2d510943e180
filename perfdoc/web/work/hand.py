"""The process that works for the page: one errand after the other, each under the limits of a file."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from perfdoc.errors import PerfdocError, ToolError
from perfdoc.filling import into
from perfdoc.form_definition import form, forms
from perfdoc.form_definition.loading import refreshed
from perfdoc.importing.file import Imported, Importer
from perfdoc.importing.order import Ending, Job, Order
from perfdoc.jobs.limits import TOOL_SHARE, Limits
from perfdoc.office import Converter, Source
from perfdoc.pulling import Base, Returned, changes_of, choices, found_base, loaded, pulled, taken, version_of
from perfdoc.reading import read_by
from perfdoc.rendering import chosen, kind_of, paged, portable, render
from perfdoc.report import Claim, Severity
from perfdoc.reviews import threads_of
from perfdoc.storage.walk import YAML
from perfdoc.storage.writing import Outcome
from perfdoc.texts import Language, say, speaking
from perfdoc.web.work.looking import looked_at_file, looked_at_specs
from perfdoc.web.work.painting import painted
from perfdoc.web.work.results import Done, Filled, Looked, Painted, Reviewed

PREPARE = f"{__name__}:prepare"
"""The work, by its name."""


class Errand(NamedTuple):
    """A function and what it is called with; `near` is the folder in which forms are looked for."""

    work: Callable[..., Any]
    given: tuple[Any, ...]
    near: Path
    language: Language


def prepare(context: None) -> Callable[[Errand], Any]:
    return _carried_out


def _carried_out(errand: Errand) -> Any:
    """What was asked for; an error that the user can do something about is a result, too."""
    with speaking(errand.language):
        try:
            refreshed(errand.near)
            return errand.work(*errand.given)
        except (PerfdocError, OSError) as error:
            return error


def near(path: Path) -> Path:
    """The folder in which the forms and settings for specs, or a received file, are looked for first."""
    return path if path.is_dir() else path.parent


def looked(path: Path, texts: Mapping[str, str] = {}) -> Looked:
    """What a received file says, or specs do; `texts` stand for files of the specs that are not written yet."""
    if _is_specs(path):
        return looked_at_specs(path, texts)
    return looked_at_file(path.read_bytes(), path.name, path.parent)


def drawn(path: Path) -> Looked:
    """What the Word file says that specs are rendered to."""
    return looked_at_file(made(path, "docx", pages=False), f"{path.name}.docx", near(path))


def pictured(path: Path, claims: Sequence[Claim], data: bytes | None = None) -> Painted:
    """The pages of a received file, or of what specs are rendered to; `data` are a file's bytes that stand nowhere."""
    suffix = "docx" if _is_specs(path) else path.suffix[1:].lower()
    if data is None:
        data = made(path, "docx") if _is_specs(path) else path.read_bytes()
    return painted(data, suffix, claims)


def _is_specs(path: Path) -> bool:
    return path.is_dir() or path.name.endswith(YAML)


def filled(path: Path, file: Path) -> Filled:
    document = loaded(str(path)).reading.document
    found = into(file.read_bytes(), document, file=file.name, known=forms(near=near(path)))
    lost = [str(one) for one in found.diagnostics if one.severity is not Severity.info]
    return Filled(found.data, tuple(map(str, found.changes)), tuple(lost))


def read_in(job: Job, order: Order) -> Done:
    """Import a file: write its specs. Where something was edited that is read otherwise now, nothing is."""
    if job.before:
        tried = _imported(job, order._replace(dry_run=True))
        if tried.written and tried.written.conflicts:  # markers are for who has an editor
            return Done(Ending.differs, say("web.labels.conflict", file=job.key))
    found = _imported(job, order)
    changed = found.written is not None and any(one != Outcome.unchanged for one in found.written.outcomes.values())
    return Done(found.ending, str(found.error or ""), changed)


def _imported(job: Job, order: Order) -> Imported:
    importer = Importer(order)
    try:
        return importer(job)
    finally:
        importer.close()


def made(path: Path, to: str, *, pages: bool = True) -> bytes:
    """The file of specs: docx with its page numbers where LibreOffice knows them, xlsx, or pdf by LibreOffice."""
    document = loaded(str(path)).reading.document
    wanted = None if to == "pdf" else to
    here = near(path)
    named = form(document.form, near=here) if document.form else None
    taken = named or chosen(document, forms(near=here).values(), to=wanted).form
    kind = kind_of(taken, wanted)
    if kind == "xlsx" or taken.is_list or not pages:
        data = render(document, taken, to=kind)
    else:
        data = paged([document], taken).files[0]
    result = portable([Source(data, kind)])[0] if to == "pdf" else data
    if isinstance(result, ToolError):
        raise result
    return result


def reviewed(path: Path, data: bytes, name: str, keys: frozenset[str] | None) -> Reviewed:
    """The changes of a file that came back for specs, and the texts that these have with those that are taken.

    `keys` are the changes and comments (`c0`) that are taken, None for all. Raises PerfdocError.
    """
    given = loaded(str(path))
    with closing(Converter(Limits().seconds * TOOL_SHARE)) as convert:
        one = Returned(data, name, forms(near=given.folder), lambda data, name, how: read_by(data, name, how, convert))
        base = found_base(one, given, Base(say("pulling.standing"), given.reading.document, given.threads(), "given"))
        version = version_of(one, base.document)
        found = changes_of(one, base.threads, version)
        threads = threads_of(one.reading)
    every = tuple(choices(found))
    taken_keys = frozenset(one.key for one in every) if keys is None else keys
    mine = [each for at, each in enumerate(threads) if keys is None or f"c{at}" in keys]
    made = pulled(given, [one], [base], [taken(version, found, taken_keys)], said=[mine])
    texts = {name: merged.text for name, merged in made.files.items()}
    conflicts = {name: merged.text for name, merged in made.files.items() if merged.conflicts}
    return Reviewed(base.name, base.how == "given", every, tuple(found.said), texts, conflicts, tuple(made.left))
