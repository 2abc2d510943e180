"""Many files in one run: found, named, worked on side by side, and remembered.

`found` walks folders and `naming` gives every source a folder of its own; `run.in_order` hands work out to any
`concurrent.futures.Executor`; `task.Task` does it in processes that may hang or crash (`guard`, `child`,
`limits`); `ledger` keeps what was done. Nothing here knows what the work is. A module is imported by name, so
that a start of the command line need not load them all.
"""
