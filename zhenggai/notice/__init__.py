"""A file becomes items; knows nothing of models."""
