"""YAML ⇄ Document: `load` with a place for every value, `dump` as the one canonical text, and its schema.

A name is imported when it is first used: most of them need the models, and making those is what takes long.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

_WHERE = {
    name: module
    for module, names in {
        "emit": "dump_document dump_project",
        "folder": "inside load load_document load_files load_project read_text sound_names",
        "format": "format_text",
        "json_schema": "schema schema_text",
        "keys": "LISTING",
        "names": "file_names files",
        "rewrite": "rewritten",
    }.items()
    for name in names.split()
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    return found
