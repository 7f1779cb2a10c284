"""An outcome in clauses, and what their wording hints at."""
