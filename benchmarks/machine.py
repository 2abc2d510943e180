"""The machine and the versions of what was measured."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LIBRARIES = (
    *("lxml", "pydantic", "click", "Jinja2", "PyYAML", "docxtpl", "python-docx", "openpyxl", "ruamel.yaml"),
    *("docx2python", "mammoth"),
)


def lines() -> Iterator[str]:
    """What RESULTS.md says of where it was made."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield f"{_processor()}, {cores} cores, {_memory()}{platform.system()} {platform.machine()}"
    yield f"{platform.python_implementation()} {platform.python_version()}, perfdoc {version('perfdoc')}"
    yield ", ".join(f"{name} {found}" for name in _LIBRARIES if (found := _version(name)))
    if pandoc := pandoc_version():
        yield f"pandoc {pandoc}"


def pandoc_version() -> str:
    """The version of the program pandoc, or `""` where there is none."""
    try:
        said = subprocess.run(["pandoc", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.split()[1]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.processor() or "processor unknown"


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return ""
    return f"{size / 2**30:.0f} GB, "
