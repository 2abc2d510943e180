"""What the tags of a list stand for: the texts of a project and of one of its indicators by their dotted names."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from unicodedata import normalize

from perfdoc.form_definition import EXTRA, TARGET_PARTS, Form
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS, Document, Indicator, Project, texts
from perfdoc.target import parse, split

_NAMES = frozenset(
    (
        "document.title",
        *(f"project.{path}" for path in (*PROJECT_PATHS, "heading", "number")),
        *(f"indicator.{path}" for path in (*INDICATOR_PATHS, *TARGET_PARTS, "number")),
    )
)
"""`number` says which one it is, from 1; it tells rows apart that say the same."""
_EXTRAS = (f"project.{EXTRA}.", f"indicator.{EXTRA}.")
Line = Mapping[str, str]
"""A row of a list: its texts by the names that tags ask for. A name that is not there is an empty text."""


def is_listed(name: str) -> bool:
    """Whether a list has a text of that name."""
    return name in _NAMES or (name.startswith(_EXTRAS) and name not in _EXTRAS)


def rows(document: Document, form: Form, whole: bool) -> Iterator[Line]:
    """A line for every indicator, one for a project without any. `whole`: the 指标值 is not taken apart."""
    for number, project in enumerate(document.projects, 1):
        own = {"document.title": document.title or "", **_named("project", project), "project.number": str(number)}
        own["project.heading"] = form.heading_of(project, number)
        for row, indicator in enumerate(project.indicators, 1):
            line = {**own, **_named("indicator", indicator), "indicator.number": str(row)}
            line["indicator.description"] = indicator.described
            target = indicator.target or ""
            for name, part in zip(TARGET_PARTS, ("", target, "") if whole else parted(target), strict=True):
                line[f"indicator.{name}"] = part
            yield line
        if not project.indicators:
            yield own


def _named(record: str, of: Project | Indicator) -> dict[str, str]:
    return {".".join((record, *path)): text for path, text in texts(of)}


@lru_cache(maxsize=4096)
def parted(text: str) -> tuple[str, str, str]:
    """A 指标值 as operator, number and unit where the three joined are the text again, else whole in the middle."""
    operator, number, unit = split(parse(text))
    sign = text.removesuffix(number + unit)  # as it is written: ＝ for =
    return (sign, number, unit) if normalize("NFKC", sign) == operator else ("", text, "")
