"""Talks to the X API v2 through tweepy; answers are JSON objects, errors `CollectorError`s."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import requests

from collectors.base import Exhausted, RateLimited, Refused, Unreachable
from collectors.guard import Guard
from collectors.http import JudgedSession, header_number, read_object
from collectors.jobs import Occupied
from collectors.retry import Patience
from collectors.text import one_line
from collectors.x.events import is_job_answer, is_jobs_answer
from collectors.x.parse import is_lookup_answer, is_search_answer

SOURCE = "x"
LOOKUP_SIZE = 100
"""Ids in one lookup."""
ARCHIVE_PACE = 1.0
"""Seconds between calls of the archive's endpoints."""
DEFAULT_WAIT = 60.0
SHORTEST_WAIT, LONGEST_WAIT = 5.0, 960.0
"""Seconds to wait after a 429; X's windows are 15 minutes."""

_POSTS: Mapping[str, Sequence[str]] = {
    "tweet_fields": [
        "author_id", "conversation_id", "created_at", "edit_history_tweet_ids", "lang",
        "note_tweet", "public_metrics", "referenced_tweets",
    ],
}  # fmt: skip
"""Referenced posts are not expanded: ids and kind of a reference come free with the post."""
_AUTHORS: Mapping[str, Sequence[str]] = {
    "user_fields": ["public_metrics", "username", "verified"],
    "expansions": ["author_id"],
}
"""For their followers and handles. X bills an author twice what it bills a post, so look-ups of
posts that were read before do without."""


_Accept = Callable[[Mapping[str, Any]], bool]


class Rejected(Refused):
    """HTTP 400: X does not accept a parameter, a page token that it forgot among them."""


class Forbidden(Refused):
    """HTTP 403: the key is good, but not for this."""


class Absent(Refused):
    """HTTP 404 and kin: not there."""


class XClient:
    """The few calls that Sada makes. Every method raises `CollectorError` only."""

    def __init__(
        self,
        bearer_token: str,
        *,
        api_url: str | None,
        guard: Guard | None = None,
        clock: Callable[[], datetime],
        patience: Patience,
    ) -> None:
        import tweepy

        # tweepy writes the bearer token into its DEBUG log.
        logging.getLogger("tweepy.client").setLevel(logging.WARNING)
        self._bearer_token = bearer_token
        self._clock = clock
        self._patience = patience
        self.calls = 0
        self._archive_at: float | None = None
        # wait_on_rate_limit repeats at once, and for ever, when the reset header is missing.
        self._tweepy = tweepy.Client(
            bearer_token, return_type=requests.Response, wait_on_rate_limit=False
        )
        self._tweepy.session = JudgedSession(
            SOURCE, self._judge, base=api_url, timeout=patience.timeout, guard=guard
        )

    def search(self, *, archive: bool, **params: Any) -> dict[str, Any]:
        """One page of recent or full-archive search."""
        call = self._tweepy.search_all_tweets if archive else self._tweepy.search_recent_tweets
        return self._read(call, is_search_answer, {**_POSTS, **_AUTHORS, **params}, paced=archive)

    def posts(self, ids: Sequence[str]) -> dict[str, Any]:
        """Up to `LOOKUP_SIZE` posts by id, without what is known of their authors, and an error
        entry for each that is gone."""
        return self._read(self._tweepy.get_tweets, is_lookup_answer, {**_POSTS, "ids": list(ids)})

    def counts(
        self, query: str, start: datetime, end: datetime, next_token: str | None = None
    ) -> dict[str, Any]:
        """Posts a day that match `query`, from the archive; a page holds about a month."""
        params: dict[str, Any] = {"query": query, "granularity": "day"}
        params |= {"start_time": start, "end_time": end}
        if next_token is not None:
            params["next_token"] = next_token
        call = self._tweepy.get_all_tweets_count
        return self._read(call, is_search_answer, params, paced=True)

    def count(self, query: str) -> dict[str, Any]:
        """Posts a day that match `query` in the last week. X bills one counts request."""
        call = self._tweepy.get_recent_tweets_count
        return self._read(call, is_search_answer, {"query": query, "granularity": "day"})

    def create_job(self, name: str) -> dict[str, Any]:
        """A new compliance job over posts. Raises `Occupied` while another one is active."""
        call = self._tweepy.create_compliance_job
        return self._read(call, is_job_answer, {"type": "tweets", "name": name})

    def job(self, identity: str) -> dict[str, Any]:
        """A compliance job as it stands."""
        return self._read(self._tweepy.get_compliance_job, is_job_answer, {"id": identity})

    def jobs(self) -> dict[str, Any]:
        """The key's recent compliance jobs over posts."""
        return self._read(self._tweepy.get_compliance_jobs, is_jobs_answer, {"type": "tweets"})

    def _read(
        self,
        call: Callable[..., Any],
        accept: _Accept,
        params: Mapping[str, Any],
        *,
        paced: bool = False,
    ) -> dict[str, Any]:
        return self._patience.persist(lambda: self._once(call, accept, params, paced=paced))

    def _once(
        self,
        call: Callable[..., Any],
        accept: _Accept,
        params: Mapping[str, Any],
        *,
        paced: bool,
    ) -> dict[str, Any]:
        if paced:
            self._pace()
        self.calls += 1
        body = read_object(SOURCE, call(**params))
        if not accept(body):
            raise Unreachable(SOURCE, "HTTP 200 without an answer in it. It is tried again.")
        return body

    def _pace(self) -> None:
        """Waits until the archive may be asked again."""
        now = self._patience.elapsed()
        wait = 0.0 if self._archive_at is None else self._archive_at + ARCHIVE_PACE - now
        if wait > 0:
            self._patience.sleep(wait)
        self._archive_at = max(now, now + wait)

    def _judge(self, response: requests.Response) -> None:
        """Raises what an answer other than 2xx means, before tweepy reads it."""
        status = response.status_code
        if 200 <= status < 300:
            return
        kind, said = problem_of(response)
        said = said.replace(self._bearer_token, "…")  # some proxies tell a request back
        if status == 402 or "usage-capped" in kind or "credits" in kind:
            raise Exhausted(
                SOURCE, f"the month's posts or credits are used up ({said}).", said=said
            )
        if status == 429:
            raise RateLimited(SOURCE, "too many calls for now.", self._wait(response))
        if status == 401:
            raise Refused(
                SOURCE, f"the key is not accepted ({said}). Set SADA_X__BEARER_TOKEN.", said=said
            )
        if status == 403:
            raise Forbidden(
                SOURCE, f"the key may not do this ({said}). See docs/how-to/x.md.", said=said
            )
        if status == 400:
            raise Rejected(SOURCE, f"the question is not accepted ({said}).", said=said)
        if status == 409:
            raise Occupied(SOURCE, "works on another compliance job of this key.", said=said)
        if status in (404, 410, 413, 414):
            raise Absent(SOURCE, f"HTTP {status} ({said}). Check SADA_X__API_URL.", said=said)
        raise Unreachable(SOURCE, f"HTTP {status} ({said}).", said=said)

    def _wait(self, response: requests.Response) -> float:
        """Seconds until the window resets; bounded, as clocks differ and headers are missing."""
        reset = header_number(response, "x-rate-limit-reset")
        if reset is None:
            return DEFAULT_WAIT
        wait = reset - self._clock().astimezone(UTC).timestamp() + 1
        return min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)


def problem_of(response: requests.Response) -> tuple[str, str]:
    """The type of an error answer in lower case, and one line of what it says."""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return "", one_line(response.reason or "", 200) or "no reason given"
    listed = body.get("errors")
    first = listed[0] if isinstance(listed, list) and listed else {}
    first = first if isinstance(first, dict) else {}
    title = body.get("title") or first.get("title") or response.reason or ""
    detail = body.get("detail") or first.get("message") or first.get("detail") or ""
    kind = f"{body.get('type', '')} {first.get('type', '')} {title}".lower()
    return kind, one_line(f"{title}: {detail}", 200).strip(": ")
