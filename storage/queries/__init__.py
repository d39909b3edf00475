"""Everything that is shown or sent is read by these named queries; rows are `storage.rows`."""

from storage.queries.copies import coordinated_groups, copied
from storage.queries.coverage import given_later, missing_days, source_states
from storage.queries.figures import authors, daily
from storage.queries.looks import engagement_curve, shown_posts, unchecked_ids, young_posts
from storage.queries.overview import (
    campaign_changes,
    campaigns_with_posts,
    invented_dates,
    last_change,
    seen_range,
    texts_waiting,
)
from storage.queries.posts import SORTS, export_rows, posts
from storage.queries.threads import ThreadRoot, thread_roots
from storage.queries.topics import topic_authors, topic_voices, topics

__all__ = [
    "SORTS",
    "ThreadRoot",
    "authors",
    "campaign_changes",
    "campaigns_with_posts",
    "coordinated_groups",
    "copied",
    "daily",
    "engagement_curve",
    "export_rows",
    "given_later",
    "invented_dates",
    "last_change",
    "missing_days",
    "posts",
    "seen_range",
    "shown_posts",
    "source_states",
    "texts_waiting",
    "thread_roots",
    "topic_authors",
    "topic_voices",
    "topics",
    "unchecked_ids",
    "young_posts",
]
