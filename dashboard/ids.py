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
AGAINST = "against"
DEFAULTS = "defaults"
CONTROLS = "controls"
CONTROLS_TOGGLE = "controls-toggle"

COMPARE_CSV = "compare-csv"
COMPARE_FILE = "compare-file"

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

LABELS_BODY = "labels-body"
LABELS_WHO = "labels-who"
LABELS_MODE = "labels-mode"
LABELS_CARD = "labels-card"
LABELS_TEXT = "labels-text"
LABELS_ITEM = "labels-item"
"""The text on the desk, and the number of the turn; the browser waits for the next number."""
LABELS_FLAG = "labels-flag"
LABELS_OFFENSIVE = "labels-offensive"
LABELS_SKIP = "labels-skip"
LABELS_UNDO = "labels-undo"
LABELS_BUTTONS = "labels-buttons"
LABELS_PROGRESS = "labels-progress"
LABELS_STATUS = "labels-status"
LABELS_HELP = "labels-help"
LABELS_RESULTS = "labels-results"
LABELS_REFRESH = "labels-refresh"
LABELS_COUNT = "labels-count"
LABELS_DRAW = "labels-draw"
LABELS_DRAWN = "labels-drawn"
LABELS_EXPORT = "labels-export"
LABELS_SHEET = "labels-sheet"
LABELS_FILE = "labels-file"
LABELS_UPLOAD = "labels-upload"
LABELS_IMPORTED = "labels-imported"


def label_button(sentiment: str) -> str:
    """The button that answers `neg`, `neu` or `pos`."""
    return f"labels-{sentiment}"


LABEL_ACTIONS = {
    label_button("neg"): "neg",
    label_button("neu"): "neu",
    label_button("pos"): "pos",
    LABELS_SKIP: "skip",
    LABELS_UNDO: "undo",
}
"""What each button of the desk does."""


def nav(page: str | Any) -> dict[str, Any]:
    """The link to a page (`dash.ALL` for every one)."""
    return {"type": "nav", "page": page}
