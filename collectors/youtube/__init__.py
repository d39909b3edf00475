"""YouTube, by its Data API v3 over plain HTTP."""

from collectors.youtube.collector import YouTubeCollector

__all__ = ["YouTubeCollector"]
