"""Which files, members of archives and records of dumps there are, and their bytes."""
