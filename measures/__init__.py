"""What the numbers mean: pure functions from daily sums to figures, changes and comparisons."""
