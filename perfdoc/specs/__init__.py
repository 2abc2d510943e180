"""YAML ⇄ Document: `load` with a place for every value, `dump` as the one canonical text, and its schema.

A name is imported when it is first used: most of them need the models, and making those is what takes long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdoc.first_use import at_first_use, homes

if TYPE_CHECKING:
    from perfdoc.specs.emit import dump_document, dump_project
    from perfdoc.specs.folder import inside, load, load_document, load_files, load_project, read_text, sound_names
    from perfdoc.specs.format import format_text
    from perfdoc.specs.json_schema import schema, schema_text
    from perfdoc.specs.keys import LISTING
    from perfdoc.specs.names import file_names, files
    from perfdoc.specs.rewrite import rewritten

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
            "perfdoc.specs.emit": "dump_document dump_project",
            "perfdoc.specs.folder": "inside load load_document load_files load_project read_text sound_names",
            "perfdoc.specs.format": "format_text",
            "perfdoc.specs.json_schema": "schema schema_text",
            "perfdoc.specs.keys": "LISTING",
            "perfdoc.specs.names": "file_names files",
            "perfdoc.specs.rewrite": "rewritten",
        }
    ),
)
