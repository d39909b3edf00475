"""Every component id that a callback names, in one place."""

from typing import Any

URL = "url"
TICK = "tick"
FRAME = "frame"
FRAMED = "framed"
"""The language that the frame was drawn in; empty until it is drawn."""
MAIN = "main"
STAMP = "stamp"
"""What the page that is shown was made of, so that it is only drawn anew when that changed."""
BUSY = "busy"
FRESH = "fresh"
READING = "reading"
PROBLEM = "problem"
SINK = "sink"
"""Where client-side callbacks without a result write."""

CAMPAIGN = "campaign"
PERIOD = "period"
RANGE = "range"
RANGE_BOX = "range-box"
SCOPE = "scope"
PLATFORMS = "platforms"
DEFAULTS = "defaults"
CONTROLS = "controls"
CONTROLS_TOGGLE = "controls-toggle"

METHOD = "method"
METHOD_OPEN = "method-open"

POSTS_GRID = "posts-grid"
POSTS_COUNT = "posts-count"
POSTS_SEARCH = "posts-search"
POSTS_LABEL = "posts-label"
POSTS_LANGUAGE = "posts-language"
POSTS_COPIES = "posts-copies"
POSTS_KIND = "posts-kind"
POSTS_TOPIC = "posts-topic"
POST_DETAIL = "post-detail"
POST_DETAIL_BODY = "post-detail-body"


def nav(page: str | Any) -> dict[str, Any]:
    """The link to a page (`dash.ALL` for every one)."""
    return {"type": "nav", "page": page}
