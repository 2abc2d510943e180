"""What is done with a file in a process of its own, which may hang or crash: `hand` does it, `results` come back.

`looking`, `painting` and `reviewing` are what takes the time.
"""
