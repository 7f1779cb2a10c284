"""The parts of `scripts/scale_study.py`: measuring, simulating, writing tables."""
