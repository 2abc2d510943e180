"""Work on files, one or a million: held to limits, done side by side, and remembered.

`pool` is the door: work is a function by its name and a context, done in this process, in processes of this machine
or on a Dask cluster (`cluster`). `limits` says what a file may take, `bounds` holds a process to it, and `guard` ends
a process (`child`) that hangs or crashes and starts another. `chunks` hands work out and keeps results in order,
`ledger` keeps what was done. Nothing here knows what the work is.
"""
