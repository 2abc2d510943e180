"""Many files in one run: found, named, worked on side by side, and remembered.

`found` walks folders and `naming` gives every source a folder of its own; `pool` starts work on any
`concurrent.futures.Executor`, of this machine or a Dask cluster (`cluster`), and `run.in_order` hands it out;
`task.Task` does it in processes that may hang or crash (`guard`, `child`, `limits`); `ledger` keeps what was done.
A file's name is a path or a URL (`paths`); `store` opens what URLs name. Nothing here knows what the work is. A
module is imported by name, so that a start of the command line need not load them all.
"""
