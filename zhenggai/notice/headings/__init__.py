"""Which lines of a main part head something: a tree of headings with the text below each."""
