"""Raised text: digits and signs have characters of their own in Unicode, which a plain text needs for 10⁴ and m²."""

_SUPERSCRIPTS = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")


def superscript(text: str) -> str:
    """A raised text: in Unicode's superscripts where it is digits and signs alone, else as it is (`th`, `注1`)."""
    shown = text.translate(_SUPERSCRIPTS)
    return text if any(one == other for one, other in zip(text, shown, strict=True) if not one.isspace()) else shown


_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", "0123456789+-=()")


def plain(text: str) -> str:
    """A text in Unicode's superscripts as it is typed to be raised."""
    return text.translate(_PLAIN)
