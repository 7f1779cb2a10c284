"""Numbers in clauses: how much is done, and how much remains."""
