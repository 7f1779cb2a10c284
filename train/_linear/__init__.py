"""Training of the linear n-gram models: matrices, fits, folds."""
