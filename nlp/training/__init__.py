"""Makes the shipped weights again: `python -m nlp.training [--corpora DIR] [--out DIR]`."""
