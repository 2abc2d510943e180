"""A text for one cell or paragraph, as edits of the bytes that say the old one.

- `writer`: the text, line by line; above `glyphs` (characters and their bytes), `differing` (what differs), `leaves`
  (changes of characters by element), `runs` (bytes of runs) and `blanks` (paragraphs that get a text, or go).
- `filled_controls`, `settled`, `alternates`, `numbers`: content controls, tracked changes, versions and numbers that
  a change meets.
"""
