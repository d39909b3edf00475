"""Talks to the YouTube Data API v3; answers are JSON objects, errors `CollectorError`s."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import requests

from collectors.base import CollectorError, Exhausted, RateLimited, Refused, Unreachable
from collectors.guard import Guard
from collectors.http import JudgedSession, header_number, read_object
from collectors.retry import Patience
from collectors.searching import ForgottenToken
from collectors.text import one_line
from collectors.youtube.parse import is_list

SOURCE = "youtube"
SEARCH_SIZE, LIST_SIZE, THREADS_SIZE = 50, 50, 100
PACIFIC = ZoneInfo("America/Los_Angeles")
"""Quotas begin anew at midnight there."""
DEFAULT_WAIT, SHORTEST_WAIT, LONGEST_WAIT = 60.0, 5.0, 900.0
_QUOTA = frozenset({"quotaExceeded", "dailyLimitExceeded", "dailyLimitExceededUnreg"})
_RATE = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})


class CommentsOff(CollectorError):
    """The comments of a video are switched off, or the video is gone."""


class YouTubeClient:
    """The few calls that Sada makes. Every method raises `CollectorError` only."""

    def __init__(
        self,
        api_key: str,
        *,
        api_url: str,
        clock: Callable[[], datetime],
        patience: Patience,
        guard: Guard | None = None,
    ) -> None:
        self._key, self._api_url = api_key, api_url
        self._clock, self._patience = clock, patience
        self._session = JudgedSession(
            SOURCE, self._judge, base=api_url, timeout=patience.timeout, guard=guard
        )
        self.calls = 0

    def search(
        self, q: str, *, after: datetime, before: datetime, token: str | None
    ) -> dict[str, Any]:
        """One page of ids of videos, newest first. Costs one of the day's searches."""
        return self._get(
            "search",
            part="id",
            type="video",
            order="date",
            q=q,
            publishedAfter=_stamp(after),
            publishedBefore=_stamp(before),
            maxResults=str(SEARCH_SIZE),
            pageToken=token,
        )

    def videos(self, ids: Sequence[str]) -> dict[str, Any]:
        """Up to `LIST_SIZE` videos; those that are gone are left out without a word."""
        return self._get(
            "videos", part="snippet,statistics", id=",".join(ids), maxResults=str(LIST_SIZE)
        )

    def threads(self, video: str, token: str | None) -> dict[str, Any]:
        """A page of a video's comments with some replies, newest first. Raises `CommentsOff`."""
        return self._get(
            "commentThreads",
            part="snippet,replies",
            videoId=video,
            order="time",
            textFormat="plainText",
            maxResults=str(THREADS_SIZE),
            pageToken=token,
        )

    def replies(self, thread: str, token: str | None) -> dict[str, Any]:
        """A page of all replies to one comment."""
        return self._get(
            "comments",
            part="snippet",
            parentId=thread,
            textFormat="plainText",
            maxResults=str(THREADS_SIZE),
            pageToken=token,
        )

    def comments(self, ids: Sequence[str]) -> dict[str, Any]:
        """Up to `LIST_SIZE` comments by id; those that are gone are left out."""
        return self._get("comments", part="snippet", id=",".join(ids), textFormat="plainText")

    def _get(self, method: str, **params: str | None) -> dict[str, Any]:
        given = {name: value for name, value in params.items() if value is not None}
        return self._patience.persist(lambda: self._once(method, given))

    def _once(self, method: str, params: dict[str, str]) -> dict[str, Any]:
        self.calls += 1
        answer = self._session.get(
            # The key goes into a header, as addresses end up in logs.
            f"{self._api_url}/{method}", params=params, headers={"X-Goog-Api-Key": self._key}
        )  # fmt: skip
        body = read_object(SOURCE, answer)
        if not is_list(body):
            raise Unreachable(SOURCE, "HTTP 200 without an answer in it. It is tried again.")
        return body

    def _judge(self, response: requests.Response) -> None:
        """Raises what an answer other than 2xx means."""
        status = response.status_code
        if 200 <= status < 300:
            return
        reasons, said = _problem(response)
        said = said.replace(self._key, "…")
        if reasons & _QUOTA or status == 402:
            raise Exhausted(
                SOURCE, f"the day's quota is used up ({said}).", self._till_reset(), said=said
            )
        if status == 429 or reasons & _RATE:
            wait = header_number(response, "retry-after") or DEFAULT_WAIT
            wait = min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)
            raise RateLimited(SOURCE, "too many calls for now.", wait)
        if reasons & {"commentsDisabled", "videoNotFound"}:
            raise CommentsOff(SOURCE, f"no comments to read ({said}).")
        if "invalidPageToken" in reasons:
            raise ForgottenToken(SOURCE, f"a page token is not known ({said}).")
        if status in (400, 401, 403, 404, 410, 413, 414):
            raise Refused(
                SOURCE,
                f"HTTP {status} ({said}). Check SADA_YOUTUBE__API_KEY and that its project has"
                " YouTube Data API v3 (docs/how-to/youtube.md).",
                said=said,
            )
        raise Unreachable(SOURCE, f"HTTP {status} ({said}).", said=said)

    def _till_reset(self) -> float:
        """Seconds until the next midnight in California."""
        now = self._clock().astimezone(PACIFIC)
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), PACIFIC)
        return midnight.timestamp() - now.timestamp()


def _problem(response: requests.Response) -> tuple[frozenset[str], str]:
    """The reasons of an error answer, and one line of what it says."""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        body = None
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return frozenset(), one_line(response.reason or "", 200) or "no reason given"
    reasons = set()
    for name in ("errors", "details"):
        listed = error.get(name)
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict) and one.get("reason"):
                reasons.add(str(one["reason"]))
    return frozenset(reasons), one_line(str(error.get("message") or response.reason or ""), 200)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
