"""TikTok, by its Research API over plain HTTP."""

from collectors.tiktok.collector import TikTokCollector

__all__ = ["TikTokCollector"]
