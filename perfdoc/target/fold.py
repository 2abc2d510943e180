"""A 指标值 as the grammar sees it: one width, one spelling of each sign, no white space, every offset kept.

Characters are folded one for one, so that a position in the folded text is a position in the text.
"""

from typing import NamedTuple

from perfdoc.target.value import Span

# each group ends with the plain sign that the others look like
_SIGNS = """≧⩾≽≥ ≦⩽≼≤ ﹥> ﹤< ﹦= ≒≅≃≈ ﹪٪% 〜∼∽˜~ ‐‑−﹣⁃- –―─━﹘— ∶︰: ∕⁄/ •・‧∙⋅· ﹡∗✱* ✕╳✖×
﹐, ﹑、 ﹒. ﹔; ﹙( ﹚) ﹢+"""
_SPACE = dict.fromkeys((*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD), " ")
_FOLD = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    0x3000: " ",
    **_SPACE,
    **{ord(sign): signs[-1] for signs in _SIGNS.split() for sign in signs[:-1]},
}


class Clause(NamedTuple):
    """The folded text without white space, and for each of its characters its offset in the text."""

    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> Span:
        """The span in the text as written of a span in the clause."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> str:
    """The text with full-width forms and look-alike signs made plain; as long as it was."""
    return text.translate(_FOLD)


def squeeze(text: str) -> Clause:
    """The folded text without white space; one space stays between two digits, that they don't join.

    `1 200` must not become 1200: a space there may stand for a separator, a decimal point or nothing.
    """
    folded = fold(text)
    if not any(map(str.isspace, folded)):
        return Clause(folded, None)
    kept: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(folded):
        if char.isspace():
            continue
        if kept and offsets[-1] != at - 1 and kept[-1] in "0123456789" and char in "0123456789":
            kept.append(" ")
            offsets.append(at - 1)
        kept.append(char)
        offsets.append(at)
    return Clause("".join(kept), tuple(offsets))


def spelled(text: str) -> str:
    """A piece of a clause as it is shown in a Target: brackets full-width, as Chinese text has them."""
    return text.replace("(", "（").replace(")", "）")
