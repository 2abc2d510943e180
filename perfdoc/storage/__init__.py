"""Files of this machine and of stores: how they are called, found, read and written.

A name is a path or a URL (`paths`); `store` opens what a URL names. `walk` finds the files below folders and gives
each a folder for its result, under a name that every system can hold (`naming`). `content` reads a file whole, up to
a limit; `writing` writes files whole or not at all, and never over one that says something else unless told to.
"""
