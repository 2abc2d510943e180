"""The verbs of the command line, one a file or folder; each is imported when it is asked for."""
