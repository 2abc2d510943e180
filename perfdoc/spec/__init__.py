"""YAML ⇄ Document: `load` with a place for every value, `dump` as the one canonical text, and its schema."""

from perfdoc.spec.emit import dump_document, dump_project
from perfdoc.spec.folder import inside, load, load_document, load_files, load_project, read_text, sound_names
from perfdoc.spec.format import format_text, rewritten
from perfdoc.spec.json_schema import schema, schema_text
from perfdoc.spec.names import LISTING, file_names, files

__all__ = [
    "LISTING",
    "dump_document",
    "dump_project",
    "file_names",
    "files",
    "format_text",
    "inside",
    "load",
    "load_document",
    "load_files",
    "load_project",
    "read_text",
    "rewritten",
    "schema",
    "schema_text",
    "sound_names",
]
