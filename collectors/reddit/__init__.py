"""Reddit, by its API and praw."""

from collectors.reddit.collector import RedditCollector

__all__ = ["RedditCollector"]
