"""The press, by its feeds of articles and of comments."""

from collectors.news.collector import FeedPlan, NewsCollector

__all__ = ["FeedPlan", "NewsCollector"]
