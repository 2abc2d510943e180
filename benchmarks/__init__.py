"""perfdoc and its peers on the same files in one run: `python -m benchmarks` (see `--help`), or `make bench`."""
