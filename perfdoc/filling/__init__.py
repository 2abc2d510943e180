"""A received file with the values of a document: what has to change, and the proof that nothing else did.

- `wording`, `values`: the texts that hold values of projects.
- `lines`, `found_rows`: rows of a table, and what each says: one indicator, or several side by side. `bare_rows`: rows
  without one. `wished_rows`, `indicators`, `target_rows`, `cell_texts`: rows as they shall be.
- `writing`: their bytes, by `perfdoc.original`; `proof`: what the file says once it is read back.
- `plan`: what is to be done, and what was; `fill`: all of it.
"""

from perfdoc.filling.fill import Filled, into
from perfdoc.filling.plan import Change

__all__ = ["Change", "Filled", "into"]
