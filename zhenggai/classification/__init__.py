"""Items become labels; knows nothing of files."""
