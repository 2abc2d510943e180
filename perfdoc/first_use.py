"""A package's names, each imported when it is first used: a start need not load what it has no use for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def homes(names: Mapping[str, str]) -> dict[str, str]:
    """The module of each name, from the names of each module, parted by spaces."""
    return {name: module for module, some in names.items() for name in some.split()}


def at_first_use(package: str, home: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` (PEP 562) of a package whose names have their homes in these modules.

    AttributeError for a name that is not among them. A module that is named like its main function is given itself.
    """

    def found(name: str) -> Any:
        where = home.get(name)
        if where is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(where)
        if where == f"{package}.{name}":
            return module
        value = getattr(module, name)
        setattr(sys.modules[package], name, value)
        return value

    return found
