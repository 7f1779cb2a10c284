"""Texts in, scores out: one interface, a backend for the CPU and one for the GPU."""
