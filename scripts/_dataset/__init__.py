"""Steps of `build_data.py`: contact details out, statuses under one name, notices into folds."""
