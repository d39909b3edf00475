"""One query family, many tongues: matched locally and compiled to each platform's syntax."""

from collectors.query.bluesky import compile_bluesky
from collectors.query.feeds import compile_rss
from collectors.query.mastodon import compile_mastodon
from collectors.query.match import Match, Matcher
from collectors.query.normalise import normalise
from collectors.query.reddit import compile_reddit
from collectors.query.tiktok import compile_tiktok
from collectors.query.x import compile_x
from collectors.query.youtube import compile_youtube

__all__ = [
    "Match",
    "Matcher",
    "compile_bluesky",
    "compile_mastodon",
    "compile_reddit",
    "compile_rss",
    "compile_tiktok",
    "compile_x",
    "compile_youtube",
    "normalise",
]
