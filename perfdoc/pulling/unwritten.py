"""Specs that are bytes or texts, not files: as a revision has them, as they came in."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from perfdoc import specs
from perfdoc.report import Reading, Thread
from perfdoc.reviews import threads_in
from perfdoc.specs import LISTING
from perfdoc.yamltree import decode


class Source(NamedTuple):
    """A document, what it is called, and the review comments on it."""

    name: str
    reading: Reading
    threads: tuple[Thread, ...] = ()


def threads_of_specs(reading: Reading, texts: Mapping[str, str]) -> tuple[Thread, ...]:
    """The review comments in the texts of specs, which are named as in the places of what was read."""
    named = {LISTING if posixpath.basename(file) == LISTING else file: text for file, text in texts.items()}
    every = range(len(reading.document.projects))
    return threads_in(named, [reading.places["projects", index].file for index in every])


def project_of_bytes(data: bytes, name: str) -> Source:
    """The document of a project's file, by its bytes."""
    text = decode(data, name)
    reading = specs.load_project(text, name)
    return Source(name, reading, threads_of_specs(reading, {name: text}))


def folder_of_texts(texts: Mapping[str, bytes], shown: str) -> Source:
    """The document of a folder's YAML files, by their path within; only the files that it lists are decoded."""
    if LISTING not in texts:
        specs.load_files({}, shown)  # says so
    listing = f"{shown}/{LISTING}"

    decoded = {listing: decode(texts[LISTING], listing)}

    def text_of(own: str) -> str:
        if own not in texts:
            raise FileNotFoundError(own)
        file = f"{shown}/{own}"
        return decoded.setdefault(file, decode(texts[own], file))

    beside = [own for own in texts if "/" not in own]
    reading = specs.load_document(decoded[listing], listing, text_of, beside)
    return Source(shown, reading, threads_of_specs(reading, decoded))
