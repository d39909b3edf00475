"""The way of a post: collect, store, annotate, find topics."""
