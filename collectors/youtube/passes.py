"""What is known of YouTube's search, and how its scarce calls are shared out. Pure."""

from datetime import datetime, timedelta

from collectors.followed import State
from collectors.stretches import Rules

RULES = Rules(settling=timedelta(hours=6), deepest=450)
"""New videos reach the search some hours late; a search ends near 500 videos."""


def search_is_due(state: State, now: datetime, every: timedelta) -> bool:
    """Whether the query's share of the day's searches allows one now."""
    if state.search.under_way is not None or state.searched_at is None:
        return True
    return not timedelta(0) <= now - state.searched_at < every


def share_of_searches(queries: int, a_day: int) -> timedelta:
    """How often each of `queries` may search, with a fifth of the day's searches in reserve."""
    return timedelta(days=1) * max(queries, 1) / (a_day * 0.8)
