"""The entries of the dictionary of metrics, by subject."""
