"""One way to speak HTTP for all collectors: time-out, base address, one family of errors.

Platform libraries set no time-out of their own (tweepy) or hide the address and the errors
(praw). They all accept a `requests.Session`; the one made here sends every request to a base
address when one is set, never waits for ever, reads no more than an answer may hold, and lets a
source's own judge read each answer before the library does. Nothing is logged: addresses may carry
search terms, headers the key.
"""

import time
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from collectors.base import CollectorError, Unreachable
from collectors.guard import Guard

Judge = Callable[[requests.Response], None]
"""Raises a `CollectorError` for an answer that is no success."""

MAX_BODY = 32 * 1024 * 1024
"""Bytes of one answer once unpacked; the largest pages have a few megabytes."""
LONGEST_ANSWER = 120.0
"""Seconds that one answer may take to arrive: time-outs bound each silence, not their number."""
_CHUNK = 64 * 1024


class AnswerRefused(requests.RequestException):
    """An answer without end, in size or in time."""


class BaseAddressAdapter(HTTPAdapter):
    """Sends what is meant for any host to `base` (scheme, host and path prefix) instead.

    Proxies of the environment are ignored for a base address on this machine and by a `guard`,
    which sees every connection. Answers are read here, up to `most` bytes and for at most
    `LONGEST_ANSWER` by `elapsed`.
    """

    def __init__(
        self,
        base: str | None,
        timeout: tuple[float, float],
        elapsed: Callable[[], float] = time.monotonic,
        guard: Guard | None = None,
        most: int = MAX_BODY,
    ) -> None:
        self._base = base
        self._timeout = timeout
        self._elapsed = elapsed
        self._guard, self._most = guard, most
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """See `HTTPAdapter`."""
        super().init_poolmanager(*args, **kwargs)
        if self._guard is not None:
            self.poolmanager.pool_classes_by_scheme = self._guard.pools()

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        if self._base is not None and request.url is not None:
            request.url = rebase(request.url, self._base)
        if self._guard is not None:
            self._guard.check_url(request.url or "")
        unproxied = self._guard is not None or (self._base and is_loopback(self._base))
        response = super().send(
            request,
            stream=True,
            timeout=self._timeout,
            verify=verify,
            cert=cert,
            proxies=None if unproxied else proxies,
        )
        try:
            response._content = self._read(response)
        except BaseException:
            response.close()
            raise
        response.raw.release_conn()
        return response

    def _read(self, response: requests.Response) -> bytes:
        """As it trickles in: reading by full chunks would hide how long each one takes."""
        body, began = bytearray(), self._elapsed()
        while piece := response.raw.read1(_CHUNK, decode_content=True):
            body += piece
            if len(body) > self._most or self._elapsed() - began > LONGEST_ANSWER:
                raise AnswerRefused("an answer without end")
        return bytes(body)


class JudgedSession(requests.Session):
    """A session whose every failure is a `CollectorError` of `source`.

    `guard` watches where it connects to, redirects included; `most` is what an answer may hold.
    """

    def __init__(
        self,
        source: str,
        judge: Judge,
        *,
        base: str | None = None,
        timeout: tuple[float, float],
        guard: Guard | None = None,
        most: int = MAX_BODY,
    ) -> None:
        super().__init__()
        self._source = source
        self._judge = judge
        self.max_redirects = 3
        # A ~/.netrc entry would replace the Authorization header without a word.
        self.trust_env = guard is None and (base is None or not is_loopback(base))
        for scheme in ("http://", "https://"):
            self.mount(scheme, BaseAddressAdapter(base, timeout, guard=guard, most=most))

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """As in requests. Raises `CollectorError` only."""
        try:
            response = super().request(*args, **kwargs)
        except (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError) as error:
            raise Unreachable(
                self._source, f"no usable answer ({type(error).__name__}). It is tried again later."
            ) from error
        try:
            self._judge(response)
        except CollectorError as error:
            if not response.ok:
                status = f"HTTP {response.status_code}"
                error.said = f"{status}: {error.said}" if error.said else status
            raise
        return response


def rebase(url: str, base: str) -> str:
    """`url` with scheme and host of `base`, and the path prefix of `base` before its own.

    >>> rebase("https://api.example.org/2/posts?q=a", "http://127.0.0.1:8001/x")
    'http://127.0.0.1:8001/x/2/posts?q=a'
    """
    old, new = urlsplit(url), urlsplit(base)
    prefix = new.path.rstrip("/")
    path = old.path
    if not (old.netloc == new.netloc and prefix and path.startswith(f"{prefix}/")):
        path = prefix + path
    return urlunsplit((new.scheme, new.netloc, path, old.query, ""))


def is_loopback(url: str) -> bool:
    """Whether `url` names this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_object(source: str, response: requests.Response) -> dict[str, Any]:
    """The JSON object of an answer. Raises `Unreachable` for anything else."""
    try:
        body = response.json()
    except (ValueError, RecursionError) as error:
        raise Unreachable(source, "the answer is cut or no JSON. It is tried again.") from error
    if not isinstance(body, dict):
        raise Unreachable(source, "the answer is no JSON object. It is tried again.")
    return body


def header_number(response: requests.Response, name: str) -> float | None:
    """A finite number in a header, else `None`."""
    try:
        value = float(response.headers.get(name, ""))
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None
