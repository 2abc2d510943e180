"""The comments of a YAML text by the entries at which they stand, and the comments by which perfdoc speaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from perfdoc.report import Path

_EDITOR_LINE = re.compile(r"#\s*yaml-language-server:")
MARK = "# perfdoc: "
"""How a comment begins by which perfdoc tells whoever edits a spec what to look at."""
_ORDER = re.compile(r"#\s*perfdoc:\s*ignore")


def is_mark(comment: str) -> bool:
    """Whether a comment is such a mark, and not one that suppresses findings (`# perfdoc: ignore[PD304]`)."""
    return comment.startswith(MARK) and not _ORDER.match(comment)


@dataclass
class Comments:
    """Comments by the path of their entry; `""` in a list is an empty line between groups of them.

    `header` stands at the top of the file; `above`, `behind` and `below` above an entry, behind it on its line, and
    below it, where it is the last key of its group; `foot` at the end of a list, of brackets and of the file. `order`
    has the paths of all entries as they stand.
    """

    header: list[str] = field(default_factory=list)
    above: dict[Path, list[str]] = field(default_factory=dict)
    behind: dict[Path, list[str]] = field(default_factory=dict)
    below: dict[Path, list[str]] = field(default_factory=dict)
    foot: dict[Path, list[str]] = field(default_factory=dict)
    order: list[Path] = field(default_factory=list)

    def lists(self) -> Iterator[tuple[Path, list[str]]]:
        """The lists of comments, each with the path of its entry, in the order of the text; they may be changed."""
        yield (), self.header
        for path in ((), *self.order):
            for slot in (self.above, self.behind, self.below, self.foot):
                if path in slot:
                    yield path, slot[path]

    def every(self) -> list[str]:
        """All comments, sorted."""
        return sorted(text for _, texts in self.lists() for text in texts if text)


def move(found: Comments, items: Sequence[int | None], name: str = "indicators") -> None:
    """Let the comments follow a project's indicators, or the items of another list of that `name`.

    `items` has, for each one now, the number that it had.
    Those of an indicator that is gone stand above the next one that was behind it, or at the foot of the list.
    """
    now = {old: new for new, old in enumerate(items) if old is not None}

    def there(path: Path) -> Path | None:
        if len(path) < 2 or path[0] != name:
            return path
        new = now.get(int(path[1]))
        return None if new is None else (name, new, *path[2:])

    old = [(found.above, dict(found.above)), (found.behind, dict(found.behind)), (found.foot, dict(found.foot))]
    for slot, _ in old:
        slot.clear()
    for slot, texts in old:
        for path, said in texts.items():
            where = there(path)
            if where is not None:
                slot.setdefault(where, []).extend(said)
            elif later := [new for was, new in now.items() if was > int(path[1])]:
                found.above.setdefault((name, min(later)), []).extend(said)
            else:
                found.foot.setdefault((name,), []).extend(said)
    found.order[:] = [where for path in found.order if (where := there(path)) is not None]


def split_top(top: list[str]) -> tuple[list[str], list[str]]:
    """Comments before the first entry: those of the file, and those of the entry.

    The file's are all groups but the last, and every line up to one that is meant for the editor.
    """
    at = 0
    for index, text in enumerate(top):
        if not text or _EDITOR_LINE.match(text):
            at = index + 1
    own = top[at:]
    header = top[:at]
    while header and not header[-1]:
        header.pop()
    return header, own
