"""Mastodon and servers that speak its API, by Mastodon.py."""

from collectors.mastodon.client import Instance
from collectors.mastodon.collector import MastodonCollector

__all__ = ["Instance", "MastodonCollector"]
