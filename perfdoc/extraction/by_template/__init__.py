"""Recognising a form by its own Word template: every text is known by its position."""
