"""Checks of labelled data: one file per check, each from a `Context` to `Finding`s."""
