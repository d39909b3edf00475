"""The pages. Each offers `layout(shown)`, what it looks like now, and may offer `register(app)`."""
