"""Files in stores that fsspec opens by URL (`s3://`, `hdfs://`, a share); the only door to fsspec.

Whatever a store's driver raises is an OSError here; UsageError says that there is no driver for a URL. Names
that a store lists are not trusted: each is one name in the folder that was asked for, or it is left out.
Nothing is kept in memory of what a store has listed. Credentials are the driver's own matter (its environment,
fsspec's configuration files).
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from uuid import uuid4

from perfdoc.errors import UsageError
from perfdoc.storage.paths import joined
from perfdoc.texts import say

_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss", "oci", "cos", "obs", "memory"})
"""Object stores: an object is there when it was put whole, and a rename would be a copy."""
_PIECE = 2**20


class Listed(NamedTuple):
    """What is in a folder, in order of names; `odd` are entries that can't be named as one in it."""

    folders: list[str]
    files: list[str]
    odd: list[str]


def listed(url: str) -> Listed:
    """The folders and files in a folder. FileNotFoundError where there is none."""
    with _opened(url) as (store, path):
        found = Listed([], [], [])
        for entry in store.ls(path, detail=True):
            there = str(store._strip_protocol(entry["name"])).rstrip("/")
            within, _, name = there.rpartition("/")
            if there.strip("/") == path.strip("/"):
                continue  # the folder itself, as an object that marks it; fsspec shows a folder without a name so, too
            if within.strip("/") != path.strip("/") or not name or name in (".", "..") or "\0" in name:
                found.odd.append(there.removeprefix(f"{path.rstrip('/')}/"))
            else:
                (found.folders if entry["type"] == "directory" else found.files).append(name)
        return Listed(*(sorted(set(names)) for names in found))


def is_folder(url: str) -> bool:
    """Whether a URL is a folder, or the beginning of objects' names."""
    with _opened(url) as (store, path):
        return bool(store.isdir(path))


def exists(url: str) -> bool:
    with _opened(url) as (store, path):
        return bool(store.isfile(path))


def head(url: str, size: int) -> bytes:
    return _bytes(url, size)[:size]


def read(url: str, most: int) -> bytes:
    """The bytes of a file, of one that is larger than `most` that many and a few more."""
    return _bytes(url, most + 1)


def put(url: str, content: bytes, staging: str) -> None:
    """Write a file whole or not at all: one object, or a new file in the folder `staging` that is then renamed."""
    _put(url, staging, lambda store, to: store.pipe_file(to, content))


def _put(url: str, staging: str, write: Callable[[Any, str], None]) -> None:
    with _opened(url) as (store, path):
        if _is_whole(store):
            write(store, path)
            return
        temporary = str(store._strip_protocol(joined(staging, f"{uuid4().hex}.tmp")))
        for parent in (temporary.rpartition("/")[0], path.rpartition("/")[0]):
            store.makedirs(parent, exist_ok=True)
        try:
            write(store, temporary)
            _rename(store, temporary, path)
        except BaseException:
            with contextlib.suppress(Exception):
                store.rm_file(temporary)
            raise


def fetch(url: str, path: str) -> None:
    """Copy a file of any size to this machine; FileNotFoundError where there is none."""
    with _opened(url) as (store, there):
        if not store.isfile(there):
            raise FileNotFoundError(url)
        store.get_file(there, path)


def put_file(url: str, path: str, staging: str) -> None:
    """`put` the content of a file of this machine, of any size."""
    _put(url, staging, lambda store, to: store.put_file(path, to))


def remove(url: str) -> None:
    """Remove a folder and all in it; nothing where it is not there."""
    with _opened(url) as (store, path), contextlib.suppress(FileNotFoundError):
        store.rm(path, recursive=True)


def _rename(store: Any, old: str, new: str) -> None:
    try:
        store.mv(old, new)
    except Exception:
        if not store.isfile(new):
            raise
        store.rm_file(new)  # HDFS and SFTP do not rename over a file that is there
        store.mv(old, new)


def _bytes(url: str, most: int) -> bytes:
    with _opened(url) as (store, path):
        if _is_whole(store):
            try:
                return bytes(store.cat_file(path, start=0, end=most))
            except (FileNotFoundError, PermissionError):
                raise
            except Exception:
                if store.info(path)["size"]:
                    raise
                return b""  # S3 refuses to give a range of nothing
        content = bytearray()
        with store.open(path, "rb") as stream:
            while len(content) < most and (piece := stream.read(min(_PIECE, most - len(content)))):
                content += piece
        return bytes(content)


def _is_whole(store: Any) -> bool:
    names = store.protocol
    return bool(_WHOLE & {names} if isinstance(names, str) else _WHOLE & set(names))


@contextlib.contextmanager
def _opened(url: str) -> Iterator[tuple[Any, str]]:
    """The store of a URL and the path in it; errors of its driver as OSErrors.

    `fsspec.open` would take a `::` in a file's name for a chain of stores, which whoever named it could choose.
    """
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(say("storage.no_fsspec", url=url)) from error
    protocol = url.partition("://")[0].lower()
    try:
        kind = fsspec.get_filesystem_class(protocol)
    except (ImportError, ValueError) as error:
        raise UsageError(say("storage.no_driver", url=url, why=error)) from error
    try:
        store = fsspec.filesystem(protocol, **kind._get_kwargs_from_urls(url), use_listings_cache=False)
        yield store, str(store._strip_protocol(url))
    except (OSError, MemoryError):
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
