"""Bytes of social platforms and export files become `Post`s."""
