"""Linear models over character n-grams, used by numpy alone."""
