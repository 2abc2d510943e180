"""Specs that are bytes or texts, not files: as a revision has them, as they came in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perfdoc import specs
from perfdoc.report import Reading, Thread
from perfdoc.reviews import threads_at
from perfdoc.specs import LISTING
from perfdoc.yamltree import decode


class Source(NamedTuple):
    """A document, what it is called, and the review comments on it."""

    name: str
    reading: Reading
    threads: tuple[Thread, ...] = ()


def project_of_bytes(data: bytes, name: str) -> Source:
    text = decode(data, name)
    reading = specs.load_project(text, name)
    return Source(name, reading, threads_at(reading, {name: text}))


def folder_of_texts(texts: Mapping[str, bytes], shown: str) -> Source:
    """The document of a folder's YAML files, by their path within; only the files that it lists are decoded."""
    if LISTING not in texts:
        specs.load_files({}, shown)  # says so
    inside = shown.rstrip("/")
    listing = f"{inside}/{LISTING}"
    decoded = {listing: decode(texts[LISTING], listing)}

    def text_of(own: str) -> str:
        if own not in texts:
            raise FileNotFoundError(own)
        file = f"{inside}/{own}"
        return decoded.setdefault(file, decode(texts[own], file))

    beside = [own for own in texts if "/" not in own]
    reading = specs.load_document(decoded[listing], listing, text_of, beside)
    return Source(shown, reading, threads_at(reading, decoded))
