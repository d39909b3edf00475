"""Talks to TikTok's Research API; answers are JSON objects, errors `CollectorError`s."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

import requests

from collectors.base import CollectorError, Exhausted, RateLimited, Refused, Unreachable
from collectors.guard import Guard
from collectors.http import JudgedSession, header_number, read_object
from collectors.retry import Patience
from collectors.searching import ForgottenToken
from collectors.text import one_line
from collectors.tiktok.parse import code_of, is_answer
from collectors.tokens import Token

SOURCE = "tiktok"
PAGE_SIZE = 100
DEFAULT_WAIT, SHORTEST_WAIT, LONGEST_WAIT = 60.0, 5.0, 900.0
_EARLY = timedelta(minutes=5)
"""A token, which lasts two hours, is renewed so long before."""
_VIDEO_FIELDS = (
    "id,create_time,username,region_code,video_description,hashtag_names,view_count,like_count,"
    "comment_count,share_count,favorites_count"
)
_COMMENT_FIELDS = "id,video_id,text,like_count,reply_count,parent_comment_id,create_time"


class _Expired(CollectorError):
    """The access token is over, or was revoked."""


class TikTokClient:
    """The few calls that Sada makes. Every method raises `CollectorError` only."""

    def __init__(
        self,
        client_key: str,
        client_secret: str,
        *,
        api_url: str,
        guard: Guard | None = None,
        clock: Callable[[], datetime],
        patience: Patience,
        token: Token,
    ) -> None:
        self._keys = {"client_key": client_key, "client_secret": client_secret}
        self._api_url, self._clock, self._patience, self._token = api_url, clock, patience, token
        self._session = JudgedSession(
            SOURCE, self._judge, base=api_url, timeout=patience.timeout, guard=guard
        )
        self.calls = 0

    def videos(
        self,
        query: Mapping[str, Any],
        *,
        start: datetime,
        end: datetime,
        page: tuple[str, str] | None,
    ) -> dict[str, Any]:
        """A page of the videos of whole days (UTC), `end`'s included, at most 30 days apart.

        `page`: search id and cursor of the page before.
        """
        asked: dict[str, Any] = {
            "query": query,
            "start_date": start.astimezone(UTC).strftime("%Y%m%d"),
            "end_date": end.astimezone(UTC).strftime("%Y%m%d"),
            "max_count": PAGE_SIZE,
        }
        if page is not None:
            asked |= {"search_id": page[0], "cursor": int(page[1])}
        return self._post("video/query/", _VIDEO_FIELDS, asked)

    def comments(self, video: str, cursor: str) -> dict[str, Any]:
        """A page of a video's comments; TikTok gives the first 1,000."""
        asked = {"video_id": int(video), "max_count": PAGE_SIZE, "cursor": int(cursor or 0)}
        return self._post("video/comment/list/", _COMMENT_FIELDS, asked)

    def log_in(self) -> None:
        """Makes sure of a token."""
        self._patience.persist(lambda: self._token.get(self._clock(), self._renewed))

    def _post(self, path: str, fields: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        return self._patience.persist(lambda: self._with_token(path, fields, asked))

    def _with_token(self, path: str, fields: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return self._once(path, fields, asked)
        except _Expired:
            pass
        try:
            return self._once(path, fields, asked)
        except _Expired as error:
            raise Refused(
                SOURCE, "a new token is not accepted either. Check the research client."
            ) from error

    def _once(self, path: str, fields: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        token = self._token.get(self._clock(), self._renewed)
        self.calls += 1
        try:
            answer = self._session.post(
                f"{self._api_url}/v2/research/{path}",
                params={"fields": fields},
                json=dict(asked),
                headers={"Authorization": f"Bearer {token}"},
            )
        except _Expired:
            self._token.drop(token)
            raise
        body = read_object(SOURCE, answer)
        if not is_answer(body):
            raise Unreachable(SOURCE, f"HTTP 200 with an error ({_said(body)}). It is tried again.")
        return body

    def _renewed(self) -> tuple[str, datetime]:
        self.calls += 1
        form = self._keys | {"grant_type": "client_credentials"}
        body = read_object(
            SOURCE, self._session.post(f"{self._api_url}/v2/oauth/token/", data=form)
        )
        token, lasts = body.get("access_token"), body.get("expires_in")
        if isinstance(body.get("error"), str):
            raise _refused_key(_said(body))
        if not isinstance(token, str) or not token or not isinstance(lasts, int):
            raise Unreachable(SOURCE, "the key gave no token. It is tried again.")
        return token, self._clock() + timedelta(seconds=min(lasts, 7200)) - _EARLY

    def _judge(self, response: requests.Response) -> None:
        """Raises what an answer other than 2xx means."""
        status = response.status_code
        if 200 <= status < 300:
            return
        body = _body(response)
        code, said = code_of(body), _said(body) or str(status)
        if "quota" in code or status == 402:
            raise Exhausted(
                SOURCE,
                f"the day's requests are used up ({said}).",
                self._till_reset(),
                said=_said(body),
            )
        if status == 429:
            wait = header_number(response, "retry-after") or DEFAULT_WAIT
            wait = min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)
            raise RateLimited(SOURCE, "too many calls for now.", wait)
        if "/oauth/token" in response.url and 400 <= status < 500:
            raise _refused_key(said)
        if code == "access_token_invalid" or (status == 401 and "scope" not in code):
            raise _Expired(SOURCE, "the token has expired.")
        if status == 400 and ("search_id" in said or "cursor" in said.lower()):
            raise ForgottenToken(SOURCE, f"a page token is not known ({said}).")
        if status in (400, 401, 403, 404, 410, 413, 414):
            raise Refused(
                SOURCE, f"HTTP {status} ({said}). See docs/how-to/tiktok.md.", said=_said(body)
            )
        raise Unreachable(SOURCE, f"HTTP {status} ({said}).", said=_said(body))

    def _till_reset(self) -> float:
        """Seconds until midnight UTC, when the day's requests begin anew."""
        now = self._clock().astimezone(UTC)
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
        return (midnight - now).total_seconds()


def _refused_key(said: str) -> Refused:
    return Refused(
        SOURCE,
        f"the key is not accepted ({said})."
        " Check SADA_TIKTOK__CLIENT_KEY and SADA_TIKTOK__CLIENT_SECRET.",
        said=said,
    )


def _body(response: requests.Response) -> Mapping[str, Any]:
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _said(body: Mapping[str, Any]) -> str:
    """Code and message of an error answer, in one line."""
    error = body.get("error")
    message = error.get("message") if isinstance(error, dict) else body.get("error_description")
    return one_line(f"{code_of(body)}: {message or ''}", 200).strip(": ")
