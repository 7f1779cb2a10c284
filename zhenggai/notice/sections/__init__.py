"""The parts of a notice, and where each ends."""
