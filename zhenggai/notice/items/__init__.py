"""Headings and their text become items; what is in none is said."""
