"""A form learnt from a filled-in file: `learn_form` gives the template, its `form.yaml`, and what is to be said."""

from perfdoc.learning.form import Learnt, Note, Question, learn_form
from perfdoc.learning.parts import as_docx

__all__ = ["Learnt", "Note", "Question", "as_docx", "learn_form"]
