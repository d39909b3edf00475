"""YouTube, simulated: Data API v3 with one key."""

from sada.sandbox.platform import Platform
from sada.sandbox.youtube.api import YouTubeApi
from sada.sandbox.youtube.maker import YouTubeMaker

KEY = "sandbox-youtube-key"


def _settings(url: str) -> dict[str, str]:
    return {"SADA_YOUTUBE__API_URL": f"{url}/youtube/v3", "SADA_YOUTUBE__API_KEY": KEY}


YOUTUBE = Platform(
    "youtube", YouTubeMaker, lambda items, now: YouTubeApi(items, KEY, now), _settings
)
