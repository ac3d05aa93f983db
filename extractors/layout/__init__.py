"""A PDF page turned into blocks."""
