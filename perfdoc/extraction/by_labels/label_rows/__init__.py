"""Rows of labels and values: beside each other, or under heads inside the form."""
