"""Talks to Mastodon servers through Mastodon.py; errors are `CollectorError`s of one server.

Mastodon.py hides what its session raises, waits five minutes for an answer and sleeps on its own
when a limit is hit: it gets a session that judges, short time-outs, and is told to throw.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import requests

from collectors.base import CollectorError, RateLimited, Refused, Unreachable
from collectors.guard import Guard
from collectors.http import JudgedSession
from collectors.mastodon.parse import moment_of
from collectors.retry import Patience

SOURCE = "mastodon"
PAGE_SIZE = 40
DEFAULT_WAIT = 120.0
SHORTEST_WAIT, LONGEST_WAIT = 5.0, 900.0
"""Seconds to wait after a 429; Mastodon's windows are five minutes."""
_RATE_HEADERS = ("x-ratelimit-remaining", "x-ratelimit-reset", "x-ratelimit-limit")


@dataclass(frozen=True, slots=True)
class Instance:
    """A server: its base address, and the token of an account where it wants one."""

    url: str
    token: str | None = None

    @property
    def host(self) -> str:
        """As it stands in the addresses of its statuses."""
        return urlsplit(self.url).netloc.lower()


class Gone(CollectorError):
    """The server does not show the status (any more)."""


class _Session(JudgedSession):
    """Counts its requests, those that Mastodon.py adds included."""

    calls = 0

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        self.calls += 1
        # Mastodon.py gives its own time-out and a stand-in for authentication; ours hold.
        return super().request(*args, **kwargs)


class MastodonClient:
    """One server. Every method raises `CollectorError` only."""

    def __init__(
        self,
        instance: Instance,
        *,
        user_agent: str,
        clock: Callable[[], datetime],
        guard: Guard,
        patience: Patience,
    ) -> None:
        from mastodon import Mastodon

        self._instance, self._clock, self._patience = instance, clock, patience
        self._session = _Session(SOURCE, self._judge, timeout=patience.timeout, guard=guard)
        self._mastodon = Mastodon(
            api_base_url=instance.url,
            access_token=instance.token,
            ratelimit_method="throw",
            request_timeout=patience.read,
            version_check_mode="none",
            session=self._session,
            user_agent=user_agent,
        )

    @property
    def calls(self) -> int:
        return self._session.calls

    def tagged(self, tag: str, max_id: str | datetime | None) -> list[Any]:
        """Public statuses with a hashtag, newest first, older than `max_id`."""
        found: list[Any] = self._read(
            lambda: self._mastodon.timeline_hashtag(tag, max_id=max_id, limit=PAGE_SIZE), list
        )
        return found

    def status(self, number: str) -> Mapping[str, Any]:
        """One status. Raises `Gone`."""
        found: Mapping[str, Any] = self._read(lambda: self._mastodon.status(number), dict)
        return found

    def domain(self) -> str:
        """What the server calls itself in the addresses of its statuses; its host by default."""
        try:
            found = self._read(self._mastodon.instance_v2, dict).get("domain")
        except CollectorError:
            return self._instance.host
        return str(found or self._instance.host).lower()

    def _read(self, call: Callable[[], Any], kind: type) -> Any:
        try:
            return self._patience.persist(lambda: self._once(call, kind))
        except CollectorError as error:
            error.one_query = True
            raise

    def _once(self, call: Callable[[], Any], kind: type) -> Any:
        from mastodon.errors import MastodonError

        try:
            found = call()
        except MastodonError as error:
            raise self._meaning(error) from error
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise self._unreachable(f"an odd answer ({type(error).__name__}).") from error
        if not isinstance(found, kind):
            raise self._unreachable("the answer is not what was asked.")
        return found

    def _meaning(self, error: Exception) -> CollectorError:
        """What the session raised, which Mastodon.py keeps only as the cause of its own."""
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, CollectorError) and self._instance.host in str(cause):
                return cause
            cause = cause.__cause__ or cause.__context__
        return self._unreachable(f"no usable answer ({type(error).__name__}).")

    def _judge(self, response: requests.Response) -> None:
        status, host = response.status_code, self._instance.host
        wait = self._wait(response)
        for name in _RATE_HEADERS:  # an odd one makes Mastodon.py raise
            response.headers.pop(name, None)
        if 200 <= status < 300:
            # Mastodon.py makes a list of whatever comes, an error that says 200 among it.
            wanted = b"[" if "/timelines/" in response.url else b"{"
            if response.content.lstrip()[:1] != wanted:
                raise self._unreachable("a success that holds none.")
            return
        if status == 429:
            raise RateLimited(SOURCE, f"{host}: too many calls for now.", wait)
        if status in (404, 410):
            raise Gone(SOURCE, f"{host}: HTTP {status}: nothing there.")
        if status in (401, 403, 422):
            raise Refused(
                SOURCE,
                f"{host}: HTTP {status}: shows nothing without an account, or not to this one."
                " Set SADA_MASTODON__ACCESS_TOKENS (docs/how-to/mastodon.md).",
            )
        if 300 <= status < 500 and status != 408:
            raise Refused(SOURCE, f"{host}: HTTP {status}. Check SADA_MASTODON__INSTANCES.")
        raise Unreachable(SOURCE, f"{host}: HTTP {status}.")

    def _wait(self, response: requests.Response) -> float:
        """Seconds until the window resets, which Mastodon says as a time of day."""
        reset = moment_of(response.headers.get("x-ratelimit-reset"))
        if reset is None:
            return DEFAULT_WAIT
        wait = (reset - self._clock().astimezone(UTC)).total_seconds() + 1
        return min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)

    def _unreachable(self, what: str) -> Unreachable:
        return Unreachable(SOURCE, f"{self._instance.host}: {what} It is tried again.")
