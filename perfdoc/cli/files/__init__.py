"""What a verb is given and what it writes: paths, folders, `-`, revisions, reports."""
