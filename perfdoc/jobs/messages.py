"""What a guard and its process send each other: pickled objects, each after its length in four bytes."""

from __future__ import annotations

import pickle
import struct
from typing import IO, Any

_LENGTH = struct.Struct("<I")


def send(stream: IO[bytes], value: Any) -> None:
    """Write one object and let it go. Raises OSError where the other side is gone."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next object. Raises EOFError where the other side is gone, also in the middle of one."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    length = _LENGTH.unpack(head)[0]
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return pickle.loads(content)
