"""Mastodon, simulated: the home server of everybody, and another that hears of most, late."""

from sada.sandbox.mastodon.api import FAR, HOME, MastodonApi
from sada.sandbox.mastodon.maker import MastodonMaker
from sada.sandbox.platform import Platform


def _settings(url: str) -> dict[str, str]:
    return {"SADA_MASTODON__INSTANCES": f"{url}/{HOME},{url}/{FAR}"}


MASTODON = Platform("mastodon", MastodonMaker, MastodonApi, _settings)
