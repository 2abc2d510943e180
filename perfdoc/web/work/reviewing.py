"""A file that came back: what was changed in it, and what the specs become with the changes that are taken."""

from contextlib import closing
from pathlib import Path

from perfdoc.form_definition import forms
from perfdoc.jobs.limits import TOOL_SHARE, Limits
from perfdoc.office import Converter
from perfdoc.pulling import Base, Returned, changes_of, choices, found_base, loaded, pulled, taken, version_of
from perfdoc.reading import read_by
from perfdoc.reviews import threads_of
from perfdoc.texts import say
from perfdoc.web.work.results import Reviewed


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
