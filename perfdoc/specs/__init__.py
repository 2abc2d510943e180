"""YAML ⇄ Document: `load` with a place for every value, `dump` as the one canonical text, and its schema."""

from perfdoc.specs.emit import dump_document, dump_project
from perfdoc.specs.folder import inside, load, load_document, load_files, load_project, read_text, sound_names
from perfdoc.specs.format import format_text, parsed_listing, rewritten, with_entry
from perfdoc.specs.json_schema import schema, schema_text
from perfdoc.specs.listing import LISTING
from perfdoc.specs.project_files import Listed, digest, file_names, files, listed_files, names_of, standing, texts_of

__all__ = [
    "LISTING",
    "Listed",
    "digest",
    "dump_document",
    "dump_project",
    "file_names",
    "files",
    "format_text",
    "inside",
    "listed_files",
    "load",
    "load_document",
    "load_files",
    "load_project",
    "names_of",
    "parsed_listing",
    "read_text",
    "rewritten",
    "schema",
    "schema_text",
    "sound_names",
    "standing",
    "texts_of",
    "with_entry",
]
