"""The dashboard: `app.create_app` builds it, `serve.serve` runs it. Importing this does nothing."""
