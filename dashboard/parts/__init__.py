"""Pieces that pages are made of: plain values in, Dash components out."""
