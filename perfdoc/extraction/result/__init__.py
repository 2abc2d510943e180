"""What was read of a file: claims first, then the Document and its places, built from them."""
