"""The texts of a file that are no part of a form's tables: names in them become tags, the others are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from perfdoc.learning.simplified import and_above, is_in_tree
from perfdoc.learning.stands import Stand
from perfdoc.learning.written import Span, Writing, paragraphs_of, tag_of
from perfdoc.model import Document, Project, texts
from perfdoc.reading.docx.namespaces import TC, P, T, w
from perfdoc.rendering.word.one_tag import TAG
from perfdoc.report import Place, Role
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


def renamed(paragraph: etree._Element, names: Mapping[str, str], *, inside: bool) -> bool:
    """Put tags in place of names in a printed text; whether there was one. `inside`: a project is known there."""
    writing = Writing([paragraph])
    spans: list[Span] = []
    tags = [(found.start(), found.end()) for found in TAG.finditer(writing.text)]
    for name in sorted(names, key=len, reverse=True):
        pattern = rf"(?<!\d){name}(?=\s*年(?!\s*\d)|预算|部门)" if name.isdigit() else re.escape(name)
        for match in re.finditer(pattern, writing.text):
            # what touches another value could not be told from it when it is read back
            free = all(match.end() < a or match.start() > b for a, b in [*tags, *((s.start, s.end) for s in spans)])
            if free:
                spans.append(Span(*match.span(), names[name] if inside else ONCE.format(names[name])))
    if spans:
        writing.put(spans)
    return bool(spans)


def printed(paragraph: etree._Element) -> str:
    """The text of a paragraph without its tags."""
    boxes = w("txbxContent")
    own = (one for one in paragraph.iter(T) if next(one.iterancestors(boxes, P)) is paragraph)
    return TAG.sub("", "".join(one.text or "" for one in own)).strip()


def is_dated(text: str) -> bool:
    """Whether a text names a year, and may belong to the old one."""
    return bool(years(text))


def around(
    found: Mapping[Place, Stand],
    elements: Mapping[Place, etree._Element],
    document: Document,
    repeated: etree._Element | None,
    copies: Sequence[etree._Element],
) -> Iterator[tuple[str, Place, str]]:
    """Put tags in place of names in the printed texts; tell what stays and may be of the old year.

    `repeated` is the body in which a loop over the projects stands, None where all of it is one project. `copies` are
    paragraphs of the loop that stand there a second time.
    """
    known = frozenset(stand.text.strip() for stand in found.values() if Role.label in stand.roles)
    read = {f"{{{{ {tag_of(value.path)} }}}}" for stand in found.values() if not stand.part for value in stand.values}
    names = {text: tag for text, tag in names_of(document, known).items() if tag in read}
    loop = None if repeated is None else set(_inside(repeated))
    for paragraph in copies:
        renamed(paragraph, names, inside=True)
    for place, stand in found.items():
        element = elements.get(place)
        if element is None or (stand.values and not stand.part) or not is_in_tree(element):
            continue
        if Role.label in stand.roles:
            if is_dated(stand.text):
                yield "dated", place, stand.text.strip()
            continue
        for paragraph in paragraphs_of(element) if element.tag == TC else [element]:
            inside = not stand.part and (loop is None or any(one in loop for one in and_above(paragraph)))
            renamed(paragraph, names, inside=inside)
            text = printed(paragraph)
            if text and (is_dated(text) or Role.outside in stand.roles or stand.part):
                yield "dated" if is_dated(text) else "stays", place, text


def _inside(body: etree._Element) -> Iterator[etree._Element]:
    """The blocks of the loop over the projects."""
    depth = 0
    for block in body:
        text = Writing([block]).text if block.tag == P else ""
        depth += text.startswith("{%p for ") - (text == "{%p endfor %}")
        if depth:
            yield block
