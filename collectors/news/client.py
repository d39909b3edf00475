"""Fetches feeds: politely, with a guard, a size, a time; nothing asked twice for nothing."""

import re
from dataclasses import dataclass

import requests

from collectors.base import CollectorError, RateLimited, Refused, Unreachable
from collectors.guard import Guard
from collectors.http import JudgedSession, header_number
from collectors.retry import Patience

SOURCE = "news"
MOST_BYTES = 8 * 1024 * 1024
DEFAULT_WAIT, LONGEST_WAIT = 600.0, 6 * 3600.0
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)
_END = re.compile(rb"</\s*(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
"""Half a feed would hide its older half, and a cut gzip stream looks like a whole one."""
_TAIL = 4000


@dataclass(frozen=True, slots=True)
class Version:
    """What the site called the version that was read last."""

    etag: str = ""
    modified: str = ""


NEVER = Version()
"""Of a feed that was not read yet."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer; `body` is `None` when nothing changed (304)."""

    body: bytes | None
    content_type: str = ""
    version: Version = NEVER


class Absent(Refused):
    """Nothing is there (404, 410): behind the last page of a feed, or a feed that moved."""


class FeedClient:
    """GETs one feed at a time. Every failure is a `CollectorError` of that feed alone.

    `base` stands in for the sites' own addresses.
    """

    def __init__(
        self, *, user_agent: str, guard: Guard, patience: Patience, base: str | None = None
    ) -> None:
        self._patience = patience
        self._session = JudgedSession(
            SOURCE, _judge, base=base, timeout=patience.timeout, guard=guard, most=MOST_BYTES
        )
        self._session.headers.update({"user-agent": user_agent, "accept": _ACCEPT})
        self.calls = 0

    def get(self, url: str, version: Version = NEVER) -> Fetched:
        """The feed at `url` unless it is still the one that was read as `version`."""
        wanted = {"if-none-match": version.etag, "if-modified-since": version.modified}
        headers = {name: value for name, value in wanted.items() if value}
        try:
            return self._patience.persist(lambda: self._once(url, headers))
        except CollectorError as error:
            error.one_query = True
            raise

    def _once(self, url: str, headers: dict[str, str]) -> Fetched:
        self.calls += 1
        self._session.cookies.clear()  # a visitor without a memory
        response = self._session.get(url, headers=headers)
        found = Version(_header(response, "etag"), _header(response, "last-modified"))
        if response.status_code == 304:
            if not headers:
                raise Unreachable(SOURCE, f"{_site(url)}: HTTP 304 to what was never read.")
            return Fetched(None, version=found)
        if not _END.search(response.content[-_TAIL:].replace(b"\x00", b"")):
            raise Unreachable(SOURCE, f"{_site(url)}: the answer is no feed, or cut short.")
        return Fetched(response.content, response.headers.get("content-type", ""), found)


def _judge(response: requests.Response) -> None:
    status, site = response.status_code, _site(response.url or "")
    if 200 <= status < 300 or status == 304:
        return
    if status in (429, 503) and (wait := header_number(response, "retry-after")) is not None:
        raise RateLimited(SOURCE, f"{site}: HTTP {status}.", min(max(wait, 1.0), LONGEST_WAIT))
    if status == 429:
        raise RateLimited(SOURCE, f"{site}: HTTP 429.", DEFAULT_WAIT)
    if 300 <= status < 500 and status not in (408, 425):
        raise (Absent if status in (404, 410) else Refused)(
            SOURCE, f"{site}: HTTP {status}. Check the address in the list of feeds (sada check)."
        )
    raise Unreachable(SOURCE, f"{site}: HTTP {status}.")


def _header(response: requests.Response, name: str) -> str:
    value = response.headers.get(name, "")
    return value if len(value) <= 200 and value.isprintable() and value.isascii() else ""


def _site(url: str) -> str:
    """Scheme, host and path, fit for a message."""
    return url.partition("?")[0][:120]
