"""Bluesky, simulated: one account with an app password."""

from sada.sandbox.bluesky.api import BlueskyApi
from sada.sandbox.bluesky.maker import BlueskyMaker
from sada.sandbox.platform import Platform

ACCOUNT = ("sandbox.bsky.social", "sand-boxx-pass-word")


def _settings(url: str) -> dict[str, str]:
    return {
        "SADA_BLUESKY__API_URL": url,
        "SADA_BLUESKY__HANDLE": ACCOUNT[0],
        "SADA_BLUESKY__APP_PASSWORD": ACCOUNT[1],
    }


BLUESKY = Platform(
    "bluesky", BlueskyMaker, lambda items, now: BlueskyApi(items, ACCOUNT, now), _settings
)
