"""What a notice says of all its problems together: totals, and which are open."""
