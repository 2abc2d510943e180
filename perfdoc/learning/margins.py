"""The texts of a file that are no part of a form's tables: names in them become tags, the others are told."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from perfdoc.learning.cleaned import Told
from perfdoc.learning.located import tag_of
from perfdoc.learning.tagged_page import Page
from perfdoc.model import Document, Project, texts
from perfdoc.original.text.differing import Stretch
from perfdoc.rendering.word.one_tag import TAG
from perfdoc.report import Role
from perfdoc.years import years

_LEAST = 3
"""Characters of a text that is looked for elsewhere on the pages: shorter ones are found by chance."""
ONCE = "{{% for project in document.projects %}}{{% if loop.first %}}{0}{{% endif %}}{{% endfor %}}"
_NAMES = ("name", "department", "agency.name", "agency.code")


def names_of(document: Document, labels: frozenset[str]) -> dict[str, str]:
    """The texts that stand for all projects of a document and may stand elsewhere too: each with its tag."""
    found: dict[str, str] = {}
    for path, text in _all(document.projects[0]):
        name = ".".join(path)
        same = all(dict(_all(one)).get(path) == text for one in document.projects)
        wanted = name in _NAMES or (path[0] == "extra" and not re.search(r"\d{1,3}%|[☑√□]", text))
        if same and wanted and len(text.strip()) >= _LEAST and "\n" not in text and text not in labels:
            tag = tag_of(("projects", 0, *path))
            found.setdefault(text.strip(), f"{{{{ {tag} }}}}" if tag else "")
    year = document.projects[0].year
    if year and all(one.year == year for one in document.projects):
        found[year] = "{{ project.year }}"
    return {text: tag for text, tag in found.items() if tag}


def _all(project: Project) -> Iterator[tuple[tuple[str, ...], str]]:
    return ((path, text) for path, text in texts(project) if text)


def renamed(text: str, names: Mapping[str, str], tags: Iterable[Stretch]) -> Iterator[Stretch]:
    """The names in a printed text, and the tags that take their place, where none of its `tags` stands."""
    taken = [(one.begin, one.end) for one in tags]
    for name in sorted(names, key=len, reverse=True):
        pattern = rf"(?<!\d){name}(?=\s*年(?!\s*\d)|预算|部门)" if name.isdigit() else re.escape(name)
        for match in re.finditer(pattern, text):
            # what touches another value could not be told from it when it is read back
            if all(match.end() < a or match.start() > b for a, b in taken):
                taken.append(match.span())
                yield Stretch(*match.span(), names[name])


def is_dated(text: str) -> bool:
    """Whether a text names a year, and may belong to the old one."""
    return bool(years(text))


def around(page: Page, repeated: Collection[int] | None) -> Iterator[Told]:
    """Put tags in place of names in the printed texts; tell what stays and may be of the old year.

    `repeated` are the children of the body in the loop over the projects, None where all of it is one project.
    """
    found = page.found
    known = frozenset(stand.text.strip() for stand in found.values() if Role.label in stand.roles)
    read = {f"{{{{ {tag_of(value.path)} }}}}" for stand in found.values() if not stand.part for value in stand.values}
    names = {text: tag for text, tag in names_of(page.document, known).items() if tag in read}
    for place, stand in found.items():
        if not page.is_here(place) or (stand.values and not stand.part):
            continue
        if Role.label in stand.roles:
            if is_dated(stand.text):
                yield "dated", place, stand.text.strip()
            continue
        inside = not stand.part and (repeated is None or page.blocks.get(place) in repeated)
        own = page.tags.get(place, [])
        said = names if inside else {text: ONCE.format(tag) for text, tag in names.items()}
        page.tags[place] = [*own, *renamed(stand.text, said, own)]
        for line in TAG.sub("", page.text(place)).split("\n"):
            if line.strip() and (is_dated(line) or Role.outside in stand.roles or stand.part):
                yield "dated" if is_dated(line) else "stays", place, line.strip()
