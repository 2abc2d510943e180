"""Which form a document takes that names none: the one that shows most of its values."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from perfdoc.errors import UsageError
from perfdoc.form_definition import Form
from perfdoc.model import Document
from perfdoc.rendering.faults import values, variables
from perfdoc.rendering.file import kinds
from perfdoc.texts import say


class Choice(NamedTuple):
    """The form, how many of the document's values it shows, and who decided between it and those `tied` with it.

    `near` says that it is the form of most of the document's neighbours; else it is the first by name, pages before
    lists, those that were learnt for other layouts last.
    """

    form: Form
    shown: int
    values: int
    tied: tuple[str, ...] = ()
    near: bool = False


def chosen(
    document: Document,
    forms: Iterable[Form],
    *,
    to: str | None = None,
    neighbours: Callable[[], Mapping[str, int]] = dict,
) -> Choice:
    """The form that shows most values of a document, of those that can be rendered to the kind `to`.

    `neighbours` says how many documents beside it are of each form; it is asked where several forms show as many.
    UsageError where there is no form of that kind.
    """
    asked = Counter(variable for _, variable, _ in values(document))
    shown = {
        form.name: (form, sum(number for variable, number in asked.items() if variable in variables(form)))
        for form in forms
        if to is None or to in kinds(form)
    }
    if not shown:
        raise UsageError(say("rendering.no_forms") if to is None else say("choice.none_of_kind", kind=to))
    most = max(number for _, number in shown.values())
    best = [form for form, number in shown.values() if number == most]
    best.sort(key=lambda form: (bool(form.layouts), form.is_list, form.name))
    beside = neighbours() if len(best) > 1 else {}
    counts = [beside.get(form.name, 0) for form in best]
    near = max(counts) > 0 and counts.count(max(counts)) == 1
    if near:
        best.insert(0, best.pop(counts.index(max(counts))))
    return Choice(best[0], most, asked.total(), tuple(form.name for form in best[1:]), near)
