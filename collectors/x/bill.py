"""What X charges for a page: posts and authors read, each once in a UTC day."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime


class Bill:
    """Remembers what was paid for today. After a restart it starts empty and so overstates."""

    def __init__(
        self, dollars_per_post: float, dollars_per_user: float, clock: Callable[[], datetime]
    ) -> None:
        self._per_post, self._per_user = dollars_per_post, dollars_per_user
        self._clock = clock
        self._day: date | None = None
        self._posts: set[str] = set()
        self._users: set[str] = set()

    def add(self, posts: Iterable[str], users: Iterable[str]) -> tuple[int, float]:
        """Posts charged for, and dollars for them and their authors."""
        self._turn_day()
        new_posts = set(posts) - self._posts
        new_users = set(users) - self._users
        self._posts |= new_posts
        self._users |= new_users
        return len(new_posts), len(new_posts) * self._per_post + len(new_users) * self._per_user

    def _turn_day(self) -> None:
        today = self._clock().astimezone(UTC).date()
        if today != self._day:
            self._day = today
            self._posts.clear()
            self._users.clear()
