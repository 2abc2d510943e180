"""Recognising a form that no template describes by the labels in its cells."""
