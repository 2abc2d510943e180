"""What perfdoc asks of git: files of a revision, what changed between two, and the drivers that `git install` sets."""
