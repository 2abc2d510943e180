"""`form.docx` compiled (its parts read once, its tags turned by docxtpl into a Jinja template), and filled.

docxtpl compiles (`patch_xml`) and is not asked for more: its passes over the rendered XML see values as markup
and cost ten times what the rendering costs. With escaping always on, a value can't break the XML.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from docxtpl import DocxTemplate
from jinja2 import Environment, Template, TemplateError, TemplateSyntaxError, nodes
from lxml import etree

from perfdoc.errors import FormError
from perfdoc.form_definition import Form
from perfdoc.form_definition.blocks import Blocks, alike, blocks_in
from perfdoc.layout import Trace
from perfdoc.model import Document
from perfdoc.rendering.archive import Packed, archive, encoded, packed, stored
from perfdoc.rendering.custom import CUSTOM, Custom, traceable
from perfdoc.rendering.template_file import CORE, Core, drawing, parts_of, root_of, with_app
from perfdoc.rendering.word.jinja import environment
from perfdoc.rendering.word.one_tag import CANONICAL, TAG, asked, dotted, is_record, printed, refuse
from perfdoc.rendering.word.preparation import loop, prepare
from perfdoc.rendering.word.variables import document_view, is_value
from perfdoc.texts import say

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAGGED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
_LOOP_OR_BOOKMARK = re.compile(r'\{%-?\s*(for|endfor)\b|<w:bookmarkStart[^>]*\bw:name="([^"]*)"')
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Compiled(NamedTuple):
    """A template ready to be rendered many times, by many threads.

    `members` are in the file's order: packed already, or a Jinja template, or the properties around the
    title or the trace. `variables` are the names it prints or asks for, `first_id` the first bookmark id it
    leaves free; `blocks` are those over which its loops go that do not take all indicators.
    """

    members: tuple[Packed | tuple[str, Template] | Core | Custom, ...]
    variables: frozenset[str]
    first_id: int
    blocks: tuple[Blocks, ...]


def template_of(form: Form, *, anonymous: bool = False) -> Compiled:
    """The template of a form, compiled once for the same content. FormError where it is not sound."""
    return _compiled(drawing(form), str(form.document), form.name, anonymous)


@lru_cache(maxsize=16)
def _compiled(content: bytes, file: str, form: str, anonymous: bool) -> Compiled:
    parts = traceable(with_app(parts_of(content, file), form), file, anonymous=anonymous)
    language = environment()
    members: list[Packed | tuple[str, Template] | Core | Custom] = []
    variables: set[str] = set()
    blocks: list[Blocks] = []
    free = 0
    for name in sorted(parts, key=lambda n: (_FIRST.index(n) if n in _FIRST else len(_FIRST), n)):
        if name == CORE:
            members.append(Core(CORE, root_of(parts[name], f"{file}: {name}")))
        elif name == CUSTOM:
            members.append(Custom(CUSTOM, parts[name].decode()))
        elif TAGGED.fullmatch(name):
            root = root_of(parts[name], f"{file}: {name}")
            if name == _FIRST[-1]:
                loop(root)
            free = max(free, prepare(root, f"{file}: {name}"))
            template, used = _template(language, root, f"{file}: {name}")
            variables |= used
            blocks += filter(None, map(blocks_in, _tags(root)))
            members.append((name, template))
        else:
            members.append(packed(name, (parts[name],)))
    variables |= {f"indicator.extra.{one.label}" for one in blocks}
    return Compiled(tuple(members), frozenset(variables), free, tuple(blocks))


def jinja_of(root: etree._Element, where: str) -> tuple[Template, set[str]]:
    """A tree with tags as a Jinja template, and the names that it prints or asks for. FormError begins with `where`."""
    return _template(environment(), root, where)


def _template(language: Environment, root: etree._Element, where: str) -> tuple[Template, set[str]]:
    _refuse_tags(language, root, where)
    raw = _DECLARATION + etree.tostring(root, encoding="unicode")
    source = DocxTemplate(io.BytesIO()).patch_xml(raw)
    for mark in ("<w:fldChar ", "<w:bookmarkStart ", "<w:bookmarkEnd "):
        if raw.count(mark) != source.count(mark):
            raise FormError(say("rendering.cut_mark", where=where))
    try:
        tree = language.parse(source)
        refuse(tree, where)
        name_alike(tree)
        used = set(_variables(tree))
        strange = sorted(name for name in used if not is_value(name))
        if strange:
            raise FormError(say("rendering.strange", where=where, name=strange[0]))
        whole = next(filter(is_record, printed(tree)), "")
        if whole:
            raise FormError(f"{where}: {say('rendering.whole_record', tag=f'{{{{ {whole} }}}}')}")
        template = language.from_string(tree)
    except TemplateSyntaxError as error:
        said = say("rendering.syntax", said=error.message)
        raise FormError(f"{where}: {said}{_near(language, source)}") from error
    _refuse_repeated_bookmarks(source, where)
    return template, used


def _refuse_tags(language: Environment, root: etree._Element, where: str) -> None:
    """FormError for a tag that no template may have, each looked at by itself as `form lint` does."""
    for tag in _tags(root):
        if fault := asked(language, tag).fault:
            raise FormError(f"{where}: {tag}: {fault}")


def _tags(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        yield from TAG.findall("".join(one.text or "" for one in paragraph.iter(f"{_W}t")))


def _refuse_repeated_bookmarks(source: str, where: str) -> None:
    depth = 0
    for step, name in _LOOP_OR_BOOKMARK.findall(source):
        depth += {"for": 1, "endfor": -1}.get(step, 0)
        if name and depth and not name.startswith("{{"):
            raise FormError(say("rendering.bookmark.loop", where=where, name=repr(name)))


def _near(language: Environment, source: str) -> str:
    """The tags of the paragraph in which a template's syntax goes wrong; a part is one line of XML as it stands."""
    spread = re.sub(r"<w:p\b", r"\n\g<0>", source)
    try:
        language.compile(spread)
    except TemplateSyntaxError as error:
        tags = re.findall(r"\{[{%].*?[}%]\}", spread.splitlines()[error.lineno - 1])
        return say("rendering.near", tags=" ".join(tags)[:200]) if tags else ""
    return ""


def _variables(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        name = alike(dotted(node))
        if name:
            yield name


def render_word(
    document: Document,
    form: Form,
    bookmarks: Sequence[tuple[str, str]],
    pages: Sequence[int] | None,
    moment: int | None,
    trace: Trace | None = None,
) -> bytes:
    """The .docx of a document, which carries the trace.

    Raises UnholdableError for a character that XML can't hold, FormError for the template.
    `bookmarks` are the names of every project's two; they have to be sound.
    """
    template = template_of(form, anonymous=trace is None)
    view = document_view(document, form, bookmarks, pages, template.first_id)
    members: list[Packed] = []
    try:
        for member in template.members:
            if isinstance(member, Packed):
                members.append(member)
            elif isinstance(member, Core):
                members.append(stored(member.name, member.content(view.title, moment)))
            elif isinstance(member, Custom):
                members.append(stored(member.name, member.content(trace)))
            else:
                members.append(packed(member[0], encoded(member[1].generate(document=view))))
    except TemplateError as error:
        raise FormError(f"{form.document}: {error.message}") from error
    return archive(members, moment)


def name_alike(node: nodes.Node, names: Mapping[str, str] | None = None) -> None:
    """Rename the variables of a template's loops: each over the projects is `project`, over indicators `indicator`.

    So a template may call them as it likes, and what stands for a bookmark's name is always `project.section`.
    """
    names = names or {}
    if isinstance(node, nodes.Name):
        node.name = names.get(node.name, node.name)
        return
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        name_alike(node.iter, names)
        over = node.iter
        while isinstance(over, nodes.Filter) and over.node is not None:
            over = over.node
        own = node.target.name
        node.target.name = CANONICAL.get(dotted(over), own)
        inner = {**names, own: node.target.name}
        for child in (*([node.test] if node.test is not None else []), *node.body):
            name_alike(child, inner)
        for child in node.else_:
            name_alike(child, names)
        return
    for child in node.iter_child_nodes():
        name_alike(child, names)
