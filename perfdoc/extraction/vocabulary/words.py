"""The vocabulary of extraction: `meaning(text)` says what a text means."""

import re
from collections.abc import Iterable

from perfdoc.extraction.vocabulary.keys import LONGEST
from perfdoc.extraction.vocabulary.meaning import Meaning
from perfdoc.extraction.vocabulary.tables import Tables
from perfdoc.form_definition import Form
from perfdoc.yamltree import packaged

_REMEMBERED = 20_000


class Vocabulary:
    """What texts mean, by the shared words and those of the forms. `tables` has the words themselves."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._known: dict[str, Meaning] = {}

    def meaning(self, text: str) -> Meaning:
        """What a text means. Short ones are remembered, since every cell is asked for several times."""
        known = self._known.get(text)
        if known is None:
            known = Meaning(text, self.tables, self.meaning)
            if len(text) <= LONGEST:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[text] = known
        return known

    def split_agency(self, text: str) -> tuple[str | None, str]:
        """(code, name) of an agency written in one cell; code is None where the text begins with none."""
        found = self.tables.patterns["agency_code"].fullmatch(text)
        return (found["code"], found["name"]) if found else (None, text)

    def split_marked(self, text: str) -> tuple[str | None, str]:
        """The same where nothing says that a code stands there: only what is plainly one is taken for it."""
        found = self.tables.patterns["marked_code"].fullmatch(text)
        if found is None:
            return None, text
        return found["code"] or found["code2"] or found["code3"], found["name"] or found["name2"] or found["name3"]

    def is_sealed(self, text: str) -> bool:
        """Whether a text only says where to seal, sign and date: （盖章） 年 月 日."""
        plain = "".join(text.split())
        return bool(plain) and not self.tables.patterns["dates"].sub("", self.tables.patterns["seals"].sub("", plain))

    def without_seals(self, text: str) -> str:
        """A name without what says where to seal, at either end of it."""
        seal = self.tables.patterns["seals"].pattern
        return re.sub(rf"^\s*(?:{seal}\s*)+|(?:\s*{seal})+\s*$", "", text)

    def helps(self, text: str) -> bool:
        """Whether a text is what a form prints to say what is to be written."""
        plain = "".join(text.split())
        return len(plain) <= LONGEST and self.tables.patterns["helpers"].fullmatch(plain) is not None

    def beginning(self, name: str, text: str) -> str:
        """What a text begins with as `chapters`, `sections` or numbered `items` do; empty where it does not."""
        found = self.tables.patterns[name].match(text)
        return found[0] if found is not None else ""

    def numbers_page(self, text: str) -> bool:
        """Whether a text, without white space, is the number of a page."""
        return self.tables.patterns["pages"].fullmatch(text) is not None

    def own_label(self, text: str) -> tuple[str, str] | None:
        """A label that nothing is known of and its value, in one text; None where it is no such text."""
        found = self.tables.patterns["own_label"].match(text)
        return None if found is None else (found[1], found[2])

    def is_usual_code(self, code: str) -> bool:
        """Whether figures before an agency's name are its code, and can't be how the name begins."""
        return self.tables.patterns["usual_code"].fullmatch(code) is not None


def vocabulary(forms: Iterable[Form]) -> Vocabulary:
    """The shared vocabulary with what the forms add to it."""
    return Vocabulary(Tables(packaged("perfdoc.extraction.vocabulary", "vocabulary.yaml"), forms))
