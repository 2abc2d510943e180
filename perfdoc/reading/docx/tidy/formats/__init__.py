"""What the format of text does to it: hidden, struck through, raised."""
