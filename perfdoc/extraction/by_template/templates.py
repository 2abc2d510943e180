"""What extraction makes of a set of forms, once for all files of a run: one vocabulary, and their skeletons."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from perfdoc.extraction.by_template.lists import ListPattern, list_pattern
from perfdoc.extraction.by_template.skeleton import Skeleton
from perfdoc.extraction.by_template.template import skeleton
from perfdoc.extraction.vocabulary.words import Vocabulary, vocabulary
from perfdoc.form_definition import Form


class Templates(NamedTuple):
    """The forms' words together, and the skeletons of those that have one."""

    words: Vocabulary
    skeletons: tuple[Skeleton, ...]


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


def templates_of(forms: Iterable[Form]) -> Templates:
    """What is known of the forms. Raises UnreadableError where a form's template is no sound file."""
    return _templates_of(tuple(map(_Template, forms)))


def lists_of(forms: Iterable[Form]) -> tuple[ListPattern, ...]:
    """What the columns are of those forms that are lists. Raises as `templates_of` does."""
    return _lists_of(tuple(_Template(form) for form in forms if form.is_list))


@lru_cache(maxsize=8)
def _templates_of(templates: tuple[_Template, ...]) -> Templates:
    forms = [template.form for template in templates]
    return Templates(vocabulary(forms), tuple(one for form in forms if (one := skeleton(form)) is not None))


@lru_cache(maxsize=8)
def _lists_of(templates: tuple[_Template, ...]) -> tuple[ListPattern, ...]:
    return tuple(found for one in templates if (found := list_pattern(one.form)) is not None)
