"""What is done with a file in a process of its own, which may hang or crash: `hand` does what is `wanted`."""
