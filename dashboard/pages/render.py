"""Which page an address names, and what stands there when it names none."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from dash import dcc

from dashboard.context import Desk, Shown
from dashboard.pages import compare, labels, overview, posts, sources, topics
from dashboard.parts.notice import notice
from dashboard.view import View, address
from dashboard.words import translator

log = logging.getLogger(__name__)
LAYOUTS: Mapping[str, Callable[[Shown], Any]] = {
    "overview": overview.layout,
    "topics": topics.layout,
    "compare": compare.layout,
    "posts": posts.layout,
    "sources": sources.layout,
    "labels": labels.layout,
}
LIVE = frozenset({"overview", "topics", "compare", "sources"})
"""Pages that are drawn anew while one looks at them; the list of posts would lose its place,
and an annotator their text."""


def render(desk: Desk, view: View) -> Any:
    """The page of `view`; a notice when there is none or it fails. Never raises."""
    t = translator(view.language)
    if not view.page:
        back = dcc.Link(
            t("empty.page.action"), href=address(view, page="overview"), className="button"
        )
        return notice(t("empty.page.title"), t("empty.page.text"), back)
    if not desk.campaigns:
        return notice(t("empty.campaigns.title"), t("empty.campaigns.text"))
    try:
        shown = desk.shown(view)
        if shown is None:
            return _unknown_campaign(desk, view)
        return LAYOUTS[view.page](shown)
    except Exception:  # whatever fails, the reader gets a page and the log the cause
        log.exception("Page %s of campaign %r failed", view.page, view.campaign)
        return notice(t("problem.title"), t("problem.text"), kind="problem")


def _unknown_campaign(desk: Desk, view: View) -> Any:
    t = translator(view.language)
    links = [
        dcc.Link(
            campaign.title[view.language], href=address(view, campaign=slug), className="button"
        )
        for slug, campaign in desk.campaigns.items()
    ]
    return notice(t("empty.unknown.title"), t("empty.unknown.text"), *links)
