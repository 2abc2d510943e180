"""What extraction makes of a set of forms, once for all files of a run: one vocabulary, and their skeletons."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from perfdoc.extraction.by_template.lists import ListPattern, list_pattern
from perfdoc.extraction.by_template.matching import Fit, matched
from perfdoc.extraction.by_template.skeleton import Skeleton
from perfdoc.extraction.by_template.template import skeleton
from perfdoc.extraction.vocabulary.words import Vocabulary, vocabulary
from perfdoc.form_definition import Form
from perfdoc.layout import Layout


class Templates(NamedTuple):
    """The words that count in a file, the forms' skeletons, and for each of its tables the form's that it is."""

    words: Vocabulary
    skeletons: tuple[Skeleton, ...]
    fits: list[Fit | None]


class _Template:
    """A form with its Word file as it is now: equal to itself only, since comparing forms field by field is slow."""

    def __init__(self, form: Form) -> None:
        status = form.document.stat()
        self.form = form
        self._key = (id(form), status.st_mtime_ns, status.st_size)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Template) and self._key == other._key


def templates_of(layout: Layout, forms: Iterable[Form], taken: Form | None = None) -> Templates:
    """What is known of the forms for a file. Raises UnreadableError where a form's template is no sound file.

    The words of a form that was learnt count where one of its tables was found, or it is `taken` for the file's form.
    """
    forms = tuple(forms)
    skeletons = tuple(one for form in forms if (one := _skeleton(_Template(form))) is not None)
    fits = matched(layout, skeletons)
    found = [taken, *(fit.skeleton.form for fit in fits if fit is not None)]
    words = words_of(one for one in forms if not one.layouts or any(one is each for each in found))
    return Templates(words, skeletons, fits)


def words_of(forms: Iterable[Form]) -> Vocabulary:
    """The forms' words together with the shared ones."""
    return _words(tuple(map(_Template, forms)))


def lists_of(forms: Iterable[Form]) -> tuple[ListPattern, ...]:
    """What the columns are of those forms that are lists. Raises as `templates_of` does."""
    return _lists_of(tuple(_Template(form) for form in forms if form.is_list))


@lru_cache(maxsize=512)
def _skeleton(template: _Template) -> Skeleton | None:
    return skeleton(template.form)


@lru_cache(maxsize=32)  # a vocabulary for each form that was learnt
def _words(templates: tuple[_Template, ...]) -> Vocabulary:
    return vocabulary([template.form for template in templates])


@lru_cache(maxsize=8)
def _lists_of(templates: tuple[_Template, ...]) -> tuple[ListPattern, ...]:
    return tuple(found for one in templates if (found := list_pattern(one.form)) is not None)
