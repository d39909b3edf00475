"""Which hosts a source may be led to, by the settings."""

from urllib.parse import urlsplit

from collectors.guard import Guard
from collectors.http import is_loopback
from sada.bootstrap import Sada


def guard_of(sada: Sada, source: str) -> Guard:
    """For addresses that come from lists, feeds and links: private ones only where allowed."""
    return Guard.of(source, sada.settings.network.allow)


def api_guard(sada: Sada, source: str, api_url: str | None, usual: str | None) -> Guard | None:
    """For a base address from the settings; `None` for the platform's `usual` own.

    Whoever writes 127.0.0.1 or localhost there names it. Other private addresses, and public
    names that lead to one, must stand in SADA_NETWORK__ALLOW.
    """
    if api_url is None or api_url == usual:
        return None
    host = urlsplit(api_url).hostname or ""
    named = [host] if is_loopback(api_url) else []
    return Guard.of(source, [*sada.settings.network.allow, *named])
