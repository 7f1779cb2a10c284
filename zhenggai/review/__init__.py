"""Corrections out of a ledger (`exporting`) and back in (`importing`)."""
