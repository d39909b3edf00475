"""Reddit, simulated: one script app."""

from sada.sandbox.platform import Platform
from sada.sandbox.reddit.api import RedditApi
from sada.sandbox.reddit.maker import SUBREDDITS, RedditMaker

CLIENT = ("sandbox-client", "sandbox-secret")


def _settings(url: str) -> dict[str, str]:
    return {
        "SADA_REDDIT__API_URL": url,
        "SADA_REDDIT__CLIENT_ID": CLIENT[0],
        "SADA_REDDIT__CLIENT_SECRET": CLIENT[1],
        "SADA_REDDIT__SUBREDDITS": ",".join(SUBREDDITS),
    }


REDDIT = Platform(
    "reddit", RedditMaker, lambda items, now: RedditApi(items, CLIENT, now), _settings
)
