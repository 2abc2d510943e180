"""The documents that the paths and URLs given to `check`, `score` and `summary` stand for, one by one."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import perfdoc
from perfdoc.checks.settings import Settings
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.checked import Forms, Job, Received, Specs
from perfdoc.cli.files.inputs import STDIN, bytes_of, folders_below, is_spec_name, name_of, tell_aside, waits, walked
from perfdoc.cli.files.reader import Reader, read_each
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import SpecError, UnreadableError
from perfdoc.pulling import listed_in
from perfdoc.storage.paths import is_url, joined
from perfdoc.storage.walk import YAML, is_folder, is_office
from perfdoc.texts import say
from perfdoc.yamltree import decode

Near = Callable[[Path | None], Settings]
"""The settings for what stands in a folder; None is the current one."""
_NOT_SPECS = ("document.yaml", "perfdoc.yaml", "perfdoc.yml")


def documents(
    printer: Printer, paths: Sequence[str], settings: Near, templates: Forms, codes: list[int]
) -> Iterator[Job]:
    """The documents that paths stand for, one by one as they are needed; folders first, and each once.

    What is wrong with a path is said when its turn comes, and its code is added to `codes`.
    """
    every, seen = dict.fromkeys(paths), set[Path]()
    folders = [path for path in every if is_url(path) or Path(path).is_dir()]
    single = [path for path in every if path not in folders]
    for some, folder in (*(([path], path) for path in folders), (single, "")):
        received = found = False
        try:
            for job in _jobs(some, settings, templates):
                found = True
                received = received or isinstance(job, Received)
                if _is_new(job, seen):
                    yield job
            if folder and not found:
                printer.status(say("cli.none_yet", path=folder))
            tell_aside(printer, folder, received=received)
        except Exception as error:
            codes.append(printer.failure(error, some[0] if len(some) == 1 else ""))


def each_document(
    printer: Printer, paths: Sequence[str], settings: Near, templates: Forms, work: Callable[[Job, Reader], int]
) -> Code:
    """The worst code of work on the documents that paths stand for; none is kept after it."""
    codes: list[int] = []

    def one(job: Job, reader: Reader) -> int:
        try:
            return work(job, reader)
        finally:
            job.forget()

    found = list(documents(printer, paths, settings, templates, codes))
    return worst([*codes, *read_each(printer, found, one)])


def _is_new(job: Job, seen: set[Path]) -> bool:
    """Whether no path before stood for it: a document's folder, its document.yaml and its files may all be given."""
    if isinstance(job, Received) or job.url or job.text is not None:
        return True
    whole = job.path.resolve()
    if whole in seen:
        return False
    if job.only is None:
        seen.add(whole)
    return True


def count_jobs(paths: Sequence[str]) -> int:
    """How many documents paths stand for, or about: nothing is opened for it."""
    number = 0
    for path in dict.fromkeys(paths):
        if not is_url(path) and Path(path).is_dir():
            with contextlib.suppress(UnreadableError):
                number += sum(1 for _ in _in_folder(path, lambda _: Settings(), ()))
        else:
            number += 1
    return number


def _loose(folder: Path, files: list[str], settings: Settings, templates: Forms) -> Iterator[Job]:
    """Projects' files: those that a document.yaml beside them lists are looked at within their document."""
    listed = listed_in(folder)
    names = frozenset(listed.names) if listed else frozenset()
    together = [file for file in files if Path(file).name in names]
    if together:
        asked = frozenset((folder / Path(file).name).as_posix() for file in together)
        within = Specs(together[0], folder, settings, templates, asked)
        try:
            within.load()
        except SpecError:  # a fault in another file of the document must not hide what is in those asked for
            yield from (Specs(file, Path(file), settings, templates) for file in together)
        else:
            yield within
    for file in files:
        if file not in together:
            yield Specs(file, Path(file), settings, templates)


def _jobs(paths: Sequence[str], settings: Near, templates: Forms) -> Iterator[Job]:
    """The documents that paths stand for. Projects' files of one document are looked at together."""
    loose: dict[Path, list[str]] = {}
    for path in dict.fromkeys(paths):
        folder = Path(path)
        if is_url(path):
            yield from _in_store(path, settings, templates)
        elif path == STDIN:
            yield _standard_input(settings(None), templates)
        elif folder.is_dir():
            yield from _in_folder(path, settings, templates)
        elif is_spec_name(path) and folder.name != "document.yaml":
            loose.setdefault(folder.parent, []).append(path)
        elif folder.name == "document.yaml" and folder.exists():
            yield Specs(path, folder.parent, settings(folder.parent), templates)
        else:
            yield Received(path, path, settings(folder.parent), templates)
    for folder, files in loose.items():
        yield from _loose(folder, files, settings(folder), templates)


def _standard_input(settings: Settings, templates: Forms) -> Job:
    data, name = bytes_of(STDIN), name_of(STDIN)
    if perfdoc.reading.kind_of(data) in ("", "txt"):
        return Specs(name, Path(), settings, templates, text=decode(data, name))
    return Received(name, STDIN, settings, templates, data)


def _in_store(url: str, settings: Near, templates: Forms) -> Iterator[Job]:
    if is_folder(url):
        yield from _in_folder(url, settings, templates)
    elif is_spec_name(url):
        yield Specs(url, Path(), settings(None), templates, url=url.removesuffix("/document.yaml"))
    else:
        yield Received(url, url, settings(None), templates)


def _in_folder(path: str, settings: Near, templates: Forms) -> Iterator[Job]:
    """Each document below a folder, a path or a URL; where there is none, projects' files, then the files received."""

    remote, found = is_url(path), False

    def near(folder: str) -> Settings:
        return settings(None if remote else Path(folder))

    def spec(given: str, folder: str) -> Specs:
        return Specs(given, Path() if remote else Path(given), near(folder), templates, url=given if remote else "")

    for folder, _ in folders_below(path):
        found = True
        yield spec(folder, folder)
    if found:
        return
    every = [(folder, name) for folder, _, names in walked(path) for name in names]
    files = [(folder, joined(folder, name) if remote else str(Path(folder, name))) for folder, name in every]
    for folder, file in files:
        if file.lower().endswith(YAML) and Path(file).name not in _NOT_SPECS:
            found = True
            yield spec(file, folder)
    for folder, file in files:
        if is_office(file):
            found = True
            yield Received(file, file, near(folder), templates)
    if not found and not waits(path):
        raise UnreadableError(say("cli.nothing_below", path=path))
