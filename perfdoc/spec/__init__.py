"""YAML ⇄ Document: `load` with a place for every value, `dump` as the one canonical text, and its schema.

A name is imported when it is first used: most of them need the models, and making those is what takes long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdoc.first_use import at_first_use, homes

if TYPE_CHECKING:
    from perfdoc.spec.emit import dump_document, dump_project
    from perfdoc.spec.folder import inside, load, load_document, load_files, load_project, read_text, sound_names
    from perfdoc.spec.format import format_text
    from perfdoc.spec.json_schema import schema, schema_text
    from perfdoc.spec.keys import LISTING
    from perfdoc.spec.names import file_names, files
    from perfdoc.spec.rewrite import rewritten

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

__getattr__ = at_first_use(
    __name__,
    homes(
        {
            "perfdoc.spec.emit": "dump_document dump_project",
            "perfdoc.spec.folder": "inside load load_document load_files load_project read_text sound_names",
            "perfdoc.spec.format": "format_text",
            "perfdoc.spec.json_schema": "schema schema_text",
            "perfdoc.spec.keys": "LISTING",
            "perfdoc.spec.names": "file_names files",
            "perfdoc.spec.rewrite": "rewritten",
        }
    ),
)
