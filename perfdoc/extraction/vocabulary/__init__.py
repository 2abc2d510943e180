"""The words of the field: what a text means. All of them are data, `vocabulary.yaml` and the forms."""

from __future__ import annotations

from perfdoc.extraction.vocabulary.words import Entry, Inline, Vocabulary, vocabulary

__all__ = ["Entry", "Inline", "Vocabulary", "vocabulary"]
