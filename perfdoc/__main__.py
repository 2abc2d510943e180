"""`python -m perfdoc`: the same as the command `perfdoc`."""

from perfdoc.cli import main

main()
