"""Elements of a received Word file as copies beside them, and stretches of its body."""
