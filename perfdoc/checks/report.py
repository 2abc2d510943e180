"""Findings in the texts of specs: their exact places, suppressions by comments, safe fixes."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from perfdoc.checks.catalogue import catalogue
from perfdoc.checks.finding import Edit, Finding
from perfdoc.checks.settings import Settings
from perfdoc.checks.source import Source, Stretch, changed
from perfdoc.checks.suppression import Suppression, marks, suppressions
from perfdoc.report import Path, Place

_IN_LISTING = frozenset(("heading", "bookmarks"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as it is shown: where its stretch ends, and the line of the text (or of the cell) that it is in.

    `mark` is the stretch's start and end in `line`. `at` is where the value stands in its file. `by_hand` says that
    its safe fix could not be applied: the value stands in a folded text (`>`).
    """

    finding: Finding
    line: str
    mark: tuple[int, int]
    at: Stretch | None = None
    by_hand: bool = False


def inner(path: Path) -> Path:
    """A path of the document as one inside of the file that the value stands in."""
    if path[:1] == ("projects",) and len(path) >= 2 and (len(path) == 2 or path[2] not in _IN_LISTING):
        return path[2:]
    return path


def in_texts(found: Iterable[Finding], sources: Mapping[str, Source]) -> list[Shown]:
    """Findings in specs with line and column of what they are about."""
    shown = []
    for one in found:
        source = sources.get(one.place.file)
        if source is None:
            shown.append(in_cell(one))
            continue
        at = source.stretch(inner(one.path), one.value, one.span, one.place[1:3])
        related = tuple((path, _exact(sources, path, place, text), text) for path, place, text in one.related)
        line = source.line(at.line)
        end = at.end_column - 1 if at.end_line == at.line else len(line)
        placed = replace(one, place=one.place._replace(line=at.line, column=at.column), related=related)
        shown.append(Shown(placed, line, (at.column - 1, max(end, at.column - 1)), at))
    shown.sort(key=lambda each: each.finding.order)
    return shown


def _exact(sources: Mapping[str, Source], path: Path, place: Place, text: str) -> Place:
    source = sources.get(place.file)
    if source is None:
        return place
    at = source.stretch(inner(path), text, None, place[1:3])
    return place._replace(line=at.line, column=at.column)


def in_cell(one: Finding) -> Shown:
    """A finding in a file that is not a text: the line of the cell that it is in."""
    start, end = one.span or (0, len(one.value))
    begin = one.value.rfind("\n", 0, start) + 1
    stop = one.value.find("\n", start)
    line = one.value[begin : stop if stop >= 0 else len(one.value)]
    return Shown(one, line, (start - begin, min(end - begin, len(line))))


def unsuppressed(shown: Iterable[Shown], sources: Mapping[str, Source], settings: Settings) -> list[Shown]:
    """Without what comments suppress, and with what is to be said of those comments."""
    comments = {file: suppressions(source) for file, source in sources.items()}
    left = [each for each in shown if not _covered(each.finding, comments)]
    for file, those in comments.items():
        about = [(rule, {"code": code}, one.at) for one in those for rule, code in one.complaints(settings)]
        about += [("PD904", {"text": text}, at) for text, at in marks(sources[file])]
        for rule, values, at in about:
            if settings.wants(rule):
                line = sources[file].line(at.line)
                message = catalogue()[rule].say(values)
                place, text = Place(file, at.line, at.column), line[at.column - 1 :]
                finding = Finding(rule, settings.level(rule), (), place, text, None, message)
                left.append(Shown(finding, line, (at.column - 1, len(line)), at))
    left.sort(key=lambda each: each.finding.order)
    return left


def _covered(one: Finding, comments: Mapping[str, Sequence[Suppression]]) -> bool:
    return any(each.covers(one.code, inner(one.path)) for each in comments.get(one.place.file, ()))


def fixed_value(one: Finding) -> str | None:
    """The value with the finding's fix, None where it has none at its own value."""
    edits = [edit for edit in one.edits if edit.path == one.path]
    return changed(one.value, edits) if edits else None


def apply(shown: Iterable[Shown], sources: Mapping[str, Source]) -> tuple[dict[str, Source], list[Shown]]:
    """The texts with the safe fixes applied that do not overlap, and which they were."""
    by_file: defaultdict[str, list[Shown]] = defaultdict(list)
    for each in shown:
        if each.finding.safe and each.finding.edits and each.finding.place.file in sources:
            by_file[each.finding.place.file].append(each)
    new: dict[str, Source] = {}
    done: list[Shown] = []
    for file, those in by_file.items():
        taken: dict[Path, list[Edit]] = {}
        values: dict[Path, str] = {}
        kept = []
        for each in those:
            if all(_free(edit, taken.get(inner(edit.path), ())) for edit in each.finding.edits):
                kept.append(each)
                for edit in each.finding.edits:
                    taken.setdefault(inner(edit.path), []).append(edit)
                    values[inner(edit.path)] = each.finding.value
        text, able = sources[file].edited(taken, values)
        made = [each for each in kept if all(inner(edit.path) in able for edit in each.finding.edits)]
        if made:
            new[file] = Source(text)
            done += made
    return new, done


def _free(edit: Edit, taken: Iterable[Edit]) -> bool:
    return all(edit.end <= other.start or edit.start >= other.end for other in taken if other != edit)


def rechecked(
    sources: Mapping[str, Source],
    look: Callable[[Mapping[str, Source]], list[Shown]],
    rounds: int = 4,
) -> tuple[dict[str, Source], list[Shown], list[Shown]]:
    """Apply safe fixes until there are none left: the texts, the findings that remain, the fixes made.

    `look` gives the findings of texts. Some fixes make room for others, so it is asked again after each round.
    """
    texts = dict(sources)
    made: list[Shown] = []
    left = look(texts)
    for _ in range(rounds):
        new, done = apply(left, texts)
        if not done:
            left = [replace(each, by_hand=each.finding.safe and bool(each.finding.edits)) for each in left]
            break
        texts |= new
        made += done
        left = look(texts)
    return texts, left, made


def name_hint(file: str) -> str:
    """The last name of a path: what a folder or file is called often holds the year."""
    return posixpath.basename(file.rstrip("/"))
