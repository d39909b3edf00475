"""Mastodon: its settings to its collector and queries, one for each hashtag and server."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from collectors.base import Collector, Query
from collectors.guard import Guard
from collectors.http import is_loopback
from collectors.mastodon import Instance, MastodonCollector
from collectors.query.packing import key_of
from config.campaign import Campaign
from config.errors import ConfigurationError
from sada.bootstrap import Sada
from sada.sources.source import Rates, Source

CALLS_PER_DAY = 300 * 12 * 24
"""Of one server: 300 calls every five minutes, as Mastodon comes."""
ATTEMPTS = 2
"""One server that is down must not hold up the others for long."""


def _build(sada: Sada, campaign: Campaign) -> Collector:
    settings = sada.settings.mastodon
    tokens = dict(_tokens(sada))
    instances = [Instance(url) for url in settings.instances]
    unknown = tokens.keys() - {one.host for one in instances}
    if unknown:
        raise ConfigurationError(
            f"SADA_MASTODON__ACCESS_TOKENS: {min(unknown)} is not among SADA_MASTODON__INSTANCES."
        )
    allowed = [*sada.settings.network.allow, *_written_out(instances)]
    return MastodonCollector(
        [replace(one, token=tokens.get(one.host)) for one in instances],
        user_agent=settings.user_agent,
        guard=Guard.of(MastodonCollector.name, allowed),
        clock=sada.clock,
        patience=replace(sada.patience, attempts=min(sada.patience.attempts, ATTEMPTS)),
    )


def _written_out(instances: Iterable[Instance]) -> list[str]:
    """Servers on this machine: whoever writes 127.0.0.1 names it."""
    return [urlsplit(one.url).hostname or "" for one in instances if is_loopback(one.url)]


def _tokens(sada: Sada) -> Iterator[tuple[str, str]]:
    """Host and token of each `host=token`. Raises `ConfigurationError`."""
    secret = sada.settings.mastodon.access_tokens
    for pair in (secret.get_secret_value() if secret else "").split(","):
        host, mark, token = (part.strip() for part in pair.partition("="))
        if not pair.strip():
            continue
        if not (host and mark and token):
            raise ConfigurationError(
                "SADA_MASTODON__ACCESS_TOKENS: must be host=token, several by commas."
            )
        yield host.lower(), token


def _queries(sada: Sada, campaign: Campaign) -> Sequence[Query]:
    from collectors.query import compile_mastodon

    tags = [
        *compile_mastodon(campaign.families),
        *compile_mastodon(campaign.topic_query, scope="topic"),
    ]
    pages = [
        (f"{url}/tags/{tag.text}", tag) for url in sada.settings.mastodon.instances for tag in tags
    ]
    return [replace(tag, key=key_of(page), text=page) for page, tag in pages]


def _rates(sada: Sada) -> Rates:
    """Pages of a timeline; every server counts its calls by itself."""
    from collectors.mastodon.client import PAGE_SIZE

    servers = len(sada.settings.mastodon.instances)
    return Rates(posts_per_call=PAGE_SIZE, calls_per_day=CALLS_PER_DAY * servers)


MASTODON = Source(_build, _queries, _rates)
