"""Talks to a Bluesky server by XRPC; answers are JSON objects, errors `CollectorError`s."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from collectors.base import CollectorError, Exhausted, RateLimited, Refused, Unreachable
from collectors.bluesky.parse import is_posts
from collectors.guard import Guard
from collectors.http import JudgedSession, header_number, read_object
from collectors.retry import Patience
from collectors.searching import ForgottenToken
from collectors.text import one_line
from collectors.tokens import Token

SOURCE = "bluesky"
PAGE_SIZE = 100
LOOKUP_SIZE = 25
"""Posts in one lookup."""
TOKEN_LASTS = timedelta(minutes=90)
"""Bluesky's access tokens last two hours; log-ins are limited to 300 a day."""
DEFAULT_WAIT = 60.0
SHORTEST_WAIT, LONGEST_WAIT = 5.0, 900.0
"""Seconds to wait after a 429; Bluesky's windows are five minutes, those of log-ins a day."""

Params = Sequence[tuple[str, str]]


class _Expired(CollectorError):
    """The access token is over, or was revoked."""


class BlueskyClient:
    """The few calls that Sada makes. Every method raises `CollectorError` only."""

    def __init__(
        self,
        handle: str,
        app_password: str,
        *,
        api_url: str,
        guard: Guard | None = None,
        clock: Callable[[], datetime],
        patience: Patience,
        token: Token,
    ) -> None:
        self._login = {"identifier": handle, "password": app_password}
        self._api_url, self._clock, self._patience, self._token = api_url, clock, patience, token
        self._session = JudgedSession(
            SOURCE, self._judge, base=api_url, timeout=patience.timeout, guard=guard
        )
        self.calls = 0

    def search(
        self, q: str, *, since: datetime, until: datetime, cursor: str | None
    ) -> dict[str, Any]:
        """One page of `searchPosts`, newest first. `until` is not included."""
        params = [("q", q), ("sort", "latest"), ("limit", str(PAGE_SIZE))]
        params += [("since", _stamp(since)), ("until", _stamp(until))]
        params += [("cursor", cursor)] if cursor else []
        return self._get("app.bsky.feed.searchPosts", params)

    def posts(self, uris: Sequence[str]) -> dict[str, Any]:
        """Up to `LOOKUP_SIZE` posts; those that are gone are left out without a word."""
        return self._get("app.bsky.feed.getPosts", [("uris", uri) for uri in uris])

    def _get(self, method: str, params: Params) -> dict[str, Any]:
        return self._patience.persist(lambda: self._with_token(method, params))

    def _with_token(self, method: str, params: Params) -> dict[str, Any]:
        try:
            return self._once(method, params)
        except _Expired:
            pass
        try:
            return self._once(method, params)
        except _Expired as error:
            raise Refused(
                SOURCE, "a new token is not accepted either. Check SADA_BLUESKY__APP_PASSWORD."
            ) from error

    def _once(self, method: str, params: Params) -> dict[str, Any]:
        token = self._token.get(self._clock(), self._log_in)
        self.calls += 1
        try:
            answer = self._session.get(
                f"{self._api_url}/xrpc/{method}",
                params=list(params),
                headers={"Authorization": f"Bearer {token}"},
            )
        except _Expired:
            self._token.drop(token)
            raise
        body = read_object(SOURCE, answer)
        if not is_posts(body):
            raise Unreachable(SOURCE, "HTTP 200 without an answer in it. It is tried again.")
        return body

    def _log_in(self) -> tuple[str, datetime]:
        self.calls += 1
        url = f"{self._api_url}/xrpc/com.atproto.server.createSession"
        body = read_object(SOURCE, self._session.post(url, json=self._login))
        token = body.get("accessJwt")
        if not isinstance(token, str) or not token:
            raise Unreachable(SOURCE, "the log-in gave no token. It is tried again.")
        return token, self._clock() + TOKEN_LASTS

    def _judge(self, response: requests.Response) -> None:
        """Raises what an answer other than 2xx means."""
        status = response.status_code
        if 200 <= status < 300:
            return
        name, said = _problem(response)
        logging_in = "createSession" in response.url
        if status == 402:
            raise Exhausted(SOURCE, f"the server asks for payment ({said}).", said=said)
        if status == 429:
            raise RateLimited(SOURCE, "too many calls for now.", self._wait(response))
        if logging_in and status in (400, 401, 403):
            raise Refused(
                SOURCE,
                f"the log-in is not accepted ({said})."
                " Check SADA_BLUESKY__HANDLE and SADA_BLUESKY__APP_PASSWORD.",
                said=said,
            )
        if status == 401 or name in ("ExpiredToken", "InvalidToken"):
            raise _Expired(SOURCE, "the token has expired.")
        if status == 400 and "cursor" in said.lower():
            raise ForgottenToken(SOURCE, f"a page token is not known ({said}).")
        if status in (400, 403, 404, 410, 413, 414, 501):
            raise Refused(SOURCE, f"HTTP {status} ({said}). See docs/how-to/bluesky.md.", said=said)
        raise Unreachable(SOURCE, f"HTTP {status} ({said}).", said=said)

    def _wait(self, response: requests.Response) -> float:
        """Seconds until the window resets; bounded, as clocks differ and headers are missing."""
        wait = header_number(response, "retry-after")
        reset = header_number(response, "ratelimit-reset")
        if wait is None and reset is not None:
            wait = reset - self._clock().astimezone(UTC).timestamp() + 1
        return DEFAULT_WAIT if wait is None else min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)


def _problem(response: requests.Response) -> tuple[str, str]:
    """The name of an XRPC error, and one line of what it says."""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, Mapping):
        return "", one_line(response.reason or "", 200) or "no reason given"
    name = str(body.get("error") or "")
    return name, one_line(f"{name}: {body.get('message') or ''}", 200).strip(": ")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
