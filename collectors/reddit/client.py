"""Talks to Reddit through praw; answers are JSON objects, errors `CollectorError`s.

praw gets tokens and builds requests; its listings are not used, as they hide where they end.
Waiting is done here: prawcore's own sleep cannot be stopped, lasts up to ten minutes, and one
odd header makes it raise.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests

from collectors.base import CollectorError, Exhausted, RateLimited, Refused, Unreachable
from collectors.guard import Guard
from collectors.http import JudgedSession, header_number
from collectors.reddit.parse import is_listing
from collectors.reddit.trees import is_more, is_tree
from collectors.retry import Patience

SOURCE = "reddit"
WEB, OAUTH, SHORT = "https://www.reddit.com", "https://oauth.reddit.com", "https://redd.it"
TOKEN_PATH = "/api/v1/access_token"  # noqa: S105
DEFAULT_WAIT = 60.0
SHORTEST_WAIT, LONGEST_WAIT = 1.0, 900.0
"""Seconds to wait after a 429; Reddit's windows are ten minutes."""
PATIENT_FOR = 30.0
"""Seconds that a call waits for the next window itself; for longer it raises `RateLimited`."""
_RATE_HEADERS = ("x-ratelimit-remaining", "x-ratelimit-used", "x-ratelimit-reset")


MOST_TOGETHER = 100
"""Comments that one call for what a tree left out may name."""
TREE_SIZE = 500
"""Comments that one call for a tree gives."""


@dataclass(frozen=True)
class _Call:
    """One call; `accept` tells its answer from others."""

    path: str
    accept: Callable[[Any], bool]
    params: Mapping[str, str | int] = field(default_factory=dict)
    form: Mapping[str, str] | None = None


class Closed(Refused):
    """What was asked for is closed, banned or gone; the key is not in question."""


class _TokenExpired(CollectorError):
    """HTTP 401 on anything but the token call."""


class RedditClient:
    """The calls that Sada makes. Every method raises `CollectorError` only."""

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        user_agent: str,
        api_url: str | None,
        guard: Guard | None = None,
        patience: Patience,
    ) -> None:
        self._credentials = {
            "client_id": client_id,
            "client_secret": client_secret,
            "user_agent": user_agent,
        }
        self._api_url, self._guard, self._patience = api_url, guard, patience
        self._not_before = 0.0
        self._praw = self._fresh()
        self.calls = 0

    def listing(self, path: str, **params: str | int | None) -> Mapping[str, Any]:
        """One page of the listing at `path`, e.g. `r/Morocco/new`."""
        given = {name: value for name, value in params.items() if value is not None}
        body: Mapping[str, Any] = self._read(_Call(path, _is_listing, given))
        return body

    def tree(self, fullname: str, comment: str | None = None) -> Sequence[Any]:
        """The comments of a post, newest first, or those below one of them."""
        params: dict[str, str | int] = {"limit": TREE_SIZE, "sort": "new"}
        params |= {"comment": comment.removeprefix("t1_")} if comment else {}
        path = f"comments/{fullname.removeprefix('t3_')}/"
        body: Sequence[Any] = self._read(_Call(path, is_tree, params))
        return body

    def more(self, fullname: str, children: Sequence[str]) -> Mapping[str, Any]:
        """Up to `MOST_TOGETHER` comments that a tree left out."""
        form = {"link_id": fullname, "children": ",".join(children)}
        form |= {"sort": "new", "api_type": "json"}
        body: Mapping[str, Any] = self._read(_Call("api/morechildren/", is_more, form=form))
        return body

    def _read(self, call: _Call) -> Any:
        return self._patience.persist(lambda: self._with_token(call))

    def _with_token(self, call: _Call) -> Any:
        try:
            return self._once(call)
        except _TokenExpired:
            self._praw = self._fresh()
        try:
            return self._once(call)
        except _TokenExpired as error:
            raise Refused(SOURCE, "a new token is not accepted either. Check the key.") from error

    def _once(self, call: _Call) -> Any:
        import praw.exceptions
        import prawcore

        self._pace()
        self.calls += 1
        method = "GET" if call.form is None else "POST"
        sent = {"params": dict(call.params)} if call.form is None else {"data": dict(call.form)}
        try:
            body = self._praw.request(method=method, path=call.path, **sent)
        except prawcore.exceptions.RequestException as error:
            raise _cause(error) from error
        except prawcore.exceptions.OAuthException as error:
            raise Refused(SOURCE, "the key gets no token. Check SADA_REDDIT__….") from error
        except (prawcore.PrawcoreException, praw.exceptions.PRAWException) as error:
            raise Unreachable(SOURCE, f"no usable answer ({type(error).__name__}).") from error
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise Unreachable(SOURCE, f"an odd answer ({type(error).__name__}).") from error
        if not call.accept(body):
            raise Unreachable(SOURCE, "the answer is not what was asked. It is tried again.")
        return body

    def _fresh(self) -> Any:
        """A praw without a token. Addresses are always named: a praw.ini could name others."""
        import praw

        base = self._api_url
        session = JudgedSession(
            SOURCE, self._judge, base=base, timeout=self._patience.timeout, guard=self._guard
        )
        return praw.Reddit(
            **self._credentials,
            reddit_url=base or WEB,
            oauth_url=base or OAUTH,
            short_url=base or SHORT,
            username=None,
            password=None,
            refresh_token=None,
            check_for_updates=False,
            check_for_async=False,
            requestor_kwargs={"session": session},
        )

    def _pace(self) -> None:
        """Waits for the next window when this one is used up."""
        wait = self._not_before - self._patience.elapsed()
        if wait > PATIENT_FOR:
            raise RateLimited(SOURCE, "this window's calls are used up.", wait)
        if wait > 0:
            self._patience.sleep(wait)

    def _judge(self, response: requests.Response) -> None:
        """Raises what an answer other than 2xx means, before prawcore reads it."""
        status = response.status_code
        remaining = header_number(response, "x-ratelimit-remaining")
        reset = header_number(response, "x-ratelimit-reset")
        for name in _RATE_HEADERS:
            response.headers.pop(name, None)
        if remaining is not None and reset is not None and remaining < 1:
            self._not_before = self._patience.elapsed() + min(max(reset, 0.0), LONGEST_WAIT)
        if 200 <= status < 300:
            return
        if status == 429:
            told = header_number(response, "retry-after") or reset or DEFAULT_WAIT
            wait = min(max(told, SHORTEST_WAIT), LONGEST_WAIT)
            raise RateLimited(SOURCE, "too many calls for now.", wait)
        raise _refusal(response)


def _is_listing(body: Any) -> bool:
    return isinstance(body, dict) and is_listing(body)


def _refusal(response: requests.Response) -> CollectorError:
    status = response.status_code
    is_token_call = response.url.split("?")[0].endswith(TOKEN_PATH)
    if status == 401 and not is_token_call:
        return _TokenExpired(SOURCE, "the token has expired.")
    if status == 402:
        return Exhausted(SOURCE, "Reddit asks for payment (HTTP 402).")
    if is_token_call and 400 <= status < 500:
        return Refused(
            SOURCE,
            f"the key is not accepted (HTTP {status})."
            " Check SADA_REDDIT__CLIENT_ID and SADA_REDDIT__CLIENT_SECRET.",
        )
    if status in (301, 302, 404):
        return Closed(SOURCE, "a subreddit does not exist. Check SADA_REDDIT__SUBREDDITS.")
    if status in (400, 403, 410, 414, 451):
        return Closed(SOURCE, f"HTTP {status}: a subreddit is closed, or the key may not read it.")
    return Unreachable(SOURCE, f"HTTP {status}.")


def _cause(error: Any) -> CollectorError:
    """What the session raised before prawcore wrapped it."""
    cause = error.original_exception
    if isinstance(cause, CollectorError):
        return cause
    return Unreachable(SOURCE, f"no usable answer ({type(cause).__name__}). It is tried again.")
