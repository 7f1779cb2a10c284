"""Corrections out of a ledger and back in."""
