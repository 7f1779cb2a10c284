"""Outcomes become statuses with their evidence."""
