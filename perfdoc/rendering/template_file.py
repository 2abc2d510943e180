"""The file that a form is drawn in, taken apart: its parts and their trees. Tags are not looked at here."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from perfdoc.errors import FormError
from perfdoc.form_definition import Form

_MOST_BYTES = 64 * 1024 * 1024


def drawing(form: Form) -> bytes:
    """The file that a form is drawn in, `form.docx` or `form.xlsx`. FormError where it can't be read."""
    try:
        return form.document.read_bytes()
    except OSError as error:
        raise FormError(f"{form.document}: {error.strerror}") from error


def parts_of(content: bytes, file: str, main: str = "word/document.xml") -> dict[str, bytes]:
    """The parts of a template by name, `main` among them. FormError where it is no sound file of that kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise FormError(f"{file}: the template is larger than {_MOST_BYTES >> 20} MB unpacked")
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise FormError(f"{file}: not a sound {file[-5:]} file: {error}") from error
    if main not in parts:
        kind = "a Word file" if main.startswith("word") else "a workbook"
        raise FormError(f"{file}: not {kind}: it has no {main}")
    return parts


def root_of(content: bytes, where: str) -> etree._Element:
    """A part's tree, without entities. FormError, which begins with `where`, for what is not well-formed."""
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, reader)
    except etree.XMLSyntaxError as error:
        raise FormError(f"{where}: {error}") from error
    if b"<!DOCTYPE" in content:
        raise FormError(f"{where}: a document type declaration has no place in a Word file")
    return root
