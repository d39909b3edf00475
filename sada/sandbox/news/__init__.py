"""The press, simulated: one paper on WordPress, with feeds of articles and of comments."""

from importlib.resources import files

from sada.sandbox.news.api import NewsApi
from sada.sandbox.news.maker import NewsMaker
from sada.sandbox.platform import Platform


def _settings(url: str) -> dict[str, str]:
    return {
        "SADA_NEWS__FEEDS": str(files("sada.sandbox.news") / "feeds.yaml"),
        "SADA_NEWS__API_URL": url,
    }


NEWS = Platform("news", NewsMaker, NewsApi, _settings)
