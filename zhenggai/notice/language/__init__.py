"""Words of the genre: numbers, labels, statements, titles. Knows no lines."""
