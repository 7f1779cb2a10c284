"""One small module per file format; each has `extract(data, limits) -> Extracted`.

The modules are imported when their format is met, so that plain text costs no library.
"""
