"""SQLAlchemy models, migrations, writes and named queries: the only room that speaks SQL."""
