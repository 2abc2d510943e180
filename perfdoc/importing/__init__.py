"""The whole work of importing one file, as values: nothing is printed, and no exit code is chosen.

`file.import_file` is the door: read, extract, account, refuse if that was asked for, write. `accounted` is the middle
of it, `folder` the writing. A run over one file and a run over a million call the same function.
"""
