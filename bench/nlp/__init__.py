"""What the embedded model reads right, per language and script, and how fast."""
