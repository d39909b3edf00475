"""Bluesky, by its XRPC over plain HTTP."""

from collectors.bluesky.collector import BlueskyCollector

__all__ = ["BlueskyCollector"]
