"""Tables become items, by what their heads or their cells say."""
