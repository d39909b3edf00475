"""Feeds of the press: nothing can be asked of them, so each is read whole."""

from collections.abc import Sequence

from collectors.base import Query
from collectors.query.packing import distinct, query_of


def compile_rss(
    feeds: Sequence[str], scope: str = "campaign", *, in_context: bool = True
) -> list[Query]:
    """One query a feed; its text is the feed's address.

    What it holds is matched locally: queries are `strict`. `in_context`: the feeds are of a
    country's own press, so families' contexts are taken as given.
    """
    return distinct(query_of(feed, scope, in_context=in_context, strict=True) for feed in feeds)
