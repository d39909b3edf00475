"""Feeds, made for tests."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from collectors.base import Query, Window
from collectors.guard import Guard
from collectors.news import FeedPlan, NewsCollector

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TYPE = {"content-type": "application/rss+xml; charset=UTF-8"}


class Press:
    """What a test needs around one collector. Entries are named by the hours of their age."""

    now = NOW
    window = Window(NOW - timedelta(days=3), NOW)
    host = "press.example"

    def __init__(self, url: str, build: Callable[..., NewsCollector]) -> None:
        self.build = build
        self.articles = Query("a", f"{url}/feed/", "topic", in_context=True, strict=True)
        self.paged = Query("p", f"{url}/paged/feed/", "topic", in_context=True, strict=True)
        self.comments = Query("c", f"{url}/comments/feed/", "topic", in_context=True, strict=True)

    @staticmethod
    def item(age: float, title: str = "mamhkoumch", **more: str) -> str:
        fields = {
            "title": title,
            "link": f"https://press.example/{age:g}/",
            "guid": f"https://press.example/?p={age:g}",
            "pubDate": format_datetime(NOW - timedelta(hours=age)),
        } | more
        return "".join(["<item>", *(f"<{k}>{v}</{k}>" for k, v in fields.items()), "</item>"])

    @classmethod
    def comment(cls, number: int, article: float, text: str, **more: str) -> str:
        guid = f"https://press.example/?p={article:g}#comment-{number}"
        link = f"https://press.example/{article:g}/#comment-{number}"
        described = f"<![CDATA[{text}]]>"
        fields = {"guid": guid, "link": link, "description": described} | more
        return cls.item(0.5, title="Par : Amina T.", **fields)

    @staticmethod
    def feed(items: Iterable[str]) -> bytes:
        names = (
            'xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
            ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
        )
        head = "<title>La presse</title><language>fr-FR</language>"
        body = f'<rss version="2.0" {names}><channel>{head}{"".join(items)}</channel></rss>'
        return f'<?xml version="1.0" encoding="UTF-8"?>{body}'.encode()

    @classmethod
    def page(cls, *ages: float) -> bytes:
        return cls.feed(cls.item(age) for age in ages)


@pytest.fixture
def press(platform, patience) -> Press:
    def build(**options: object) -> NewsCollector:
        plans = {
            f"{platform.url}/feed/": FeedPlan("press.example"),
            f"{platform.url}/paged/feed/": FeedPlan("press.example", paged=True),
            f"{platform.url}/comments/feed/": FeedPlan("press.example", comments=True),
        }
        given = {
            "user_agent": "sada-tests/1 (feed reader)",
            "match": lambda text, in_context: "mamhkoumch" in text,
            "guard": Guard.of("news", ["127.0.0.1"]),
            "clock": lambda: NOW,
            "patience": patience,
        } | options
        return NewsCollector(plans, **given)

    return Press(platform.url, build)
