"""The words of the field: what a text means. All of them are data, `vocabulary.yaml` and what the forms add."""
