"""TikTok, simulated: the Research API with one client."""

from sada.sandbox.platform import Platform
from sada.sandbox.tiktok.api import TikTokApi
from sada.sandbox.tiktok.maker import TikTokMaker

CLIENT = ("sandbox-tiktok-key", "sandbox-tiktok-secret")


def _settings(url: str) -> dict[str, str]:
    return {
        "SADA_TIKTOK__API_URL": url,
        "SADA_TIKTOK__CLIENT_KEY": CLIENT[0],
        "SADA_TIKTOK__CLIENT_SECRET": CLIENT[1],
    }


TIKTOK = Platform(
    "tiktok", TikTokMaker, lambda items, now: TikTokApi(items, CLIENT, now), _settings
)
