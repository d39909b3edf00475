"""X (formerly Twitter), by its API v2 and tweepy."""

from collectors.x.collector import XCollector

__all__ = ["XCollector"]
