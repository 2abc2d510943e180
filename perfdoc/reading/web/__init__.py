"""Web pages: what `read.html` is made of."""
