"""Reads what a cursor keeps; what cannot be read counts as not there."""

from datetime import UTC, datetime

from collectors.base import Cursor


def moment_in(cursor: Cursor, name: str) -> datetime | None:
    """The aware moment kept under `name`, in UTC."""
    try:
        moment = datetime.fromisoformat(cursor.get(name, ""))
    except (TypeError, ValueError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
