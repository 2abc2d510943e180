"""The form that a filled-in Word file is: its template, with tags in place of values, and its `form.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from perfdoc.errors import FormError, RefusedError
from perfdoc.extraction import extract
from perfdoc.learning import proof
from perfdoc.learning.cleaned import cleaned
from perfdoc.learning.description import description
from perfdoc.learning.tagged_page import Page
from perfdoc.learning.template import Template
from perfdoc.reading import read
from perfdoc.report import Place
from perfdoc.texts import say
from perfdoc.visible import fitted

_SHOWN = 80
"""Columns of a terminal that a text of the file takes in what is said of it."""


class Note(NamedTuple):
    """Something to be said of a form that was learnt: what stays of the old file, what was left out of it, and where.

    `key` is that of its text: `stays`, `dated`, `picture`, `seal`, `rows`, `spare`, `joined`,
    `looks`, `apart`, `contents`, `lost`, `changes`, `comments`.
    """

    key: str
    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {say(f'learning.note.{self.key}', text=fitted(self.text, _SHOWN))}"


class Question(NamedTuple):
    """What the file leaves open: a text that no label names. `at` is the name by which it is answered.

    An answer is a label, or a path as in `form.yaml` (`goals`, `extra.LABEL`); without one the text stays as printed.
    """

    at: str
    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {say('learning.open', text=fitted(self.text, _SHOWN))}"


@dataclass(frozen=True)
class Learnt:
    """A form that a file is: the bytes of `form.docx`, the text of `form.yaml`, what is to be said, what is open."""

    name: str
    word: bytes
    description: str
    notes: tuple[Note, ...]
    questions: tuple[Question, ...]


def learn_form(
    data: bytes,
    file: str,
    name: str,
    *,
    layout: str = "",
    keep_seals: bool = False,
    answers: Mapping[str, str] | None = None,
) -> Learnt:
    """The form that a filled-in Word file is, under a name. Nothing is written, nothing printed.

    `layout` is the fingerprint of the file (`Reading.layout`), by which others of the same form are known. `answers`
    are those to a former run's questions, by `Question.at`. Raises FormError with the reason where no form can be made
    of the file that gives back what it says, and what reading raises (NotRecognisedError among it).
    """
    clean = cleaned(data, file, keep_seals=keep_seals)
    reading = extract(clean.layout, {})
    made = Template(Page(clean.data, file, reading), answers or {})
    try:
        word = made.written()
    except RefusedError as error:
        raise FormError(str(error)) from error
    printed = [line for _, text in read(word, file).texts() for line in text.split("\n")]
    text = description(made, name, printed) + (f"layouts: [{layout}]\n" if layout else "")
    wrong = proof.faults(name, word, text, reading.document, frozenset(made.implied))
    if wrong:
        raise FormError(say("learning.not_proved", file=file, first=wrong[0], n=len(wrong)))
    notes = tuple(Note(*one) for one in (*clean.reviewed, *made.notes, *clean.pictures))
    return Learnt(name, word, text, notes, tuple(Question(str(at), at, said) for at, said in made.questions))
