"""The texts of `tests/target/target.tsv` with their meanings."""

from __future__ import annotations

from checkout import ROOT


def _cases() -> list[tuple[str, str, str]]:
    """Rows of target.tsv: text, what it means, its pieces."""
    lines = ((ROOT / "tests/target") / "target.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line.strip(" ") and not line.startswith("# "))
    return [(row[0].replace("\\n", "\n"), row[1], row[2] if len(row) > 2 else "") for row in rows]


CASES = _cases()
TEXTS = tuple(dict.fromkeys(text for text, _, _ in CASES))
