"""The live sources by name, one module each: bootstrap's hand for what collects.

Besides `sada.bootstrap` only these modules read settings. Platform libraries are loaded when a
collector is built.
"""

from collections.abc import Mapping, Sequence

from collectors.base import Collector, Query
from config.campaign import Campaign, SourcePlan
from config.errors import ConfigurationError
from sada.bootstrap import Sada
from sada.sources.bluesky import BLUESKY
from sada.sources.mastodon import MASTODON
from sada.sources.news import NEWS
from sada.sources.reddit import REDDIT
from sada.sources.source import Rates, Source
from sada.sources.tiktok import TIKTOK
from sada.sources.x import X
from sada.sources.youtube import YOUTUBE

SOURCES: Mapping[str, Source] = {
    "x": X,
    "reddit": REDDIT,
    "youtube": YOUTUBE,
    "tiktok": TIKTOK,
    "bluesky": BLUESKY,
    "mastodon": MASTODON,
    "news": NEWS,
}


def build_collector(sada: Sada, campaign: Campaign, plan: SourcePlan) -> Collector:
    """The collector of one source of a campaign.

    Raises `Refused` when its credentials are not set, `ConfigurationError` for an unknown source.
    """
    return _source(plan.name, campaign).build(sada, campaign)


def queries_of(source: str, campaign: Campaign, sada: Sada) -> Sequence[Query]:
    """What a campaign asks of a source, in its syntax. Raises `ConfigurationError`."""
    asked = _source(source, campaign).queries(sada, campaign)
    return list({query.key: query for query in reversed(asked)}.values())[::-1]


def rates_of(source: str, campaign: Campaign, sada: Sada) -> Rates:
    """What asking a source costs. Raises `ConfigurationError`."""
    return _source(source, campaign).rates(sada)


def _source(name: str, campaign: Campaign) -> Source:
    try:
        return SOURCES[name]
    except KeyError as error:
        known = ", ".join(SOURCES)
        raise ConfigurationError(
            f"{campaign.slug}: source '{name}' is not known. Known: {known}."
        ) from error
