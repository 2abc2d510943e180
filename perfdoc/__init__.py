"""Performance goals as code."""
