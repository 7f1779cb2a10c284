"""A ledger becomes one self-contained page."""
