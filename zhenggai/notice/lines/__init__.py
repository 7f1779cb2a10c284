"""Clean text becomes lines with their numbers and labels as they are meant."""
