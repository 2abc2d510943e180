"""What a label of a form means, said anew: `relabelled` changes `form.yaml` and the tags of `form.docx`.

`description` edits the one, its comments kept, `printed` the other; both are held against `form lint` first.
"""

from perfdoc.labelling.relabelled import Relabelled, agreed, meaning, relabelled, unlabelled

__all__ = ["Relabelled", "agreed", "meaning", "relabelled", "unlabelled"]
