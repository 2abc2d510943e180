"""Two stores for tests, kept in a folder that STORES_ROOT names, so that every process of a run sees the same.

They take the places of fsspec's own `s3` (an object is put whole, names may be anything, nothing is renamed)
and `hdfs` (a rename never replaces a file).
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from uuid import uuid4

import pytest
from checkout import ROOT
from fsspec import AbstractFileSystem
from fsspec.registry import _registry

INSTALLED = "[fsspec.specs]\ns3 = stores:Objects\nhdfs = stores:Files\n"


def environment(where: Path) -> dict[str, str]:
    """The environment of a process that knows the stores, which are kept in a folder."""
    entry = where / "installed" / "stores-1.dist-info"
    entry.mkdir(parents=True, exist_ok=True)
    (entry / "METADATA").write_text("Metadata-Version: 2.1\nName: stores\nVersion: 1\n", encoding="utf-8")
    (entry / "entry_points.txt").write_text(INSTALLED, encoding="utf-8")
    tests = Path(__file__).parent
    path = os.pathsep.join(map(str, (entry.parent, tests, ROOT)))
    return {"PYTHONPATH": path, "STORES_ROOT": str(where / "store")}


def known_here(where: Path, patch: pytest.MonkeyPatch) -> dict[str, str]:
    """That environment; this process, and those that it starts, know the stores, too."""
    env = environment(where)
    for name, value in env.items():
        patch.setenv(name, value)
    patch.syspath_prepend(where / "installed")
    for kind in (Objects, Files):
        patch.setitem(_registry, kind.protocol if isinstance(kind.protocol, str) else kind.protocol[0], kind)
    return env


class Objects(AbstractFileSystem):  # type: ignore[misc]
    """Objects by names of any kind; folders are what their names have in common."""

    protocol: str | tuple[str, ...] = ("s3", "s3a")
    cachable = False  # each test has a folder of its own

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.root = Path(os.environ["STORES_ROOT"])
        self.root.mkdir(parents=True, exist_ok=True)

    def _file(self, key: str) -> Path:
        return self.root / quote(key, safe="")

    def _sizes(self) -> dict[str, int]:
        every = (file for file in self.root.iterdir() if not file.name.endswith(".new"))
        return {unquote(file.name): file.stat().st_size for file in every}

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        path = self._strip_protocol(path).strip("/")
        found: dict[str, dict[str, Any]] = {}
        for key, size in self._sizes().items():
            if key == path:
                found[key] = {"name": key, "size": size, "type": "file"}
            elif key.startswith(f"{path}/"):
                name, slash, _below = key[len(path) + 1 :].partition("/")
                kind = {"size": 0, "type": "directory"} if slash else {"size": size, "type": "file"}
                found[f"{path}/{name}{slash}"] = {"name": f"{path}/{name}", **kind}
        if not found:
            raise FileNotFoundError(path)
        return [*found.values()] if detail else [one["name"] for one in found.values()]

    def pipe_file(self, path: str, value: bytes, **_: Any) -> None:
        new = self.root / f"{uuid4().hex}.new"
        new.write_bytes(value)
        new.replace(self._file(self._strip_protocol(path)))

    def put_file(self, lpath: str, rpath: str, **_: Any) -> None:
        self.pipe_file(rpath, Path(lpath).read_bytes())

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **_: Any) -> bytes:
        data = self._file(self._strip_protocol(path)).read_bytes()
        if start is not None and not data:
            raise RuntimeError("InvalidRange: The requested range is not satisfiable")
        return data[start:end]

    def _open(self, path: str, mode: str = "rb", **_: Any) -> io.BytesIO:
        assert mode == "rb"
        return io.BytesIO(self._file(path).read_bytes())

    def rm_file(self, path: str) -> None:
        self._file(self._strip_protocol(path)).unlink()

    def rm(self, path: str, recursive: bool = False, **_: Any) -> None:
        inside = [key for key in self._sizes() if key.startswith(f"{self._strip_protocol(path)}/")]
        if not inside:
            raise FileNotFoundError(path)
        for key in inside:
            self._file(key).unlink()


class Files(Objects):
    """Files that are written in place: half of one can be seen; a rename does not replace."""

    protocol = "hdfs"

    def pipe_file(self, path: str, value: bytes, **_: Any) -> None:
        self._file(self._strip_protocol(path)).write_bytes(value)

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """Folders come with their files."""

    def mv(self, old: str, new: str, **_: Any) -> None:
        if self._file(new).exists():
            raise FileExistsError(new)
        self._file(old).rename(self._file(new))
