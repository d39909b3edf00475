"""Zeeschuimer's NDJSON: `{item_id, timestamp_collected, source_platform, data}`, and 4CAT's NDJSON.

`data` is what the platform's own page was given. 4CAT keeps that object alone, so its files have
the same fields without the leading `data.`. https://github.com/digitalmethodsinitiative/zeeschuimer
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from collectors.files.columns import Field
from collectors.files.presets.base import Columns, Preset


class _Item(NamedTuple):
    """The platform's object: what it is recognised by and where its fields are."""

    name: str
    title: str
    signs: Sequence[str]
    columns: Columns
    constants: Columns


_USER: Final = "core.user_results.result"
_REPOSTED: Final = "legacy.retweeted_status_result.result"
_NOTE: Final = "note_tweet.note_tweet_results.result.text"
_X: Final[Mapping[Field, str]] = {
    "text": f"{_REPOSTED}.{_NOTE}|{_REPOSTED}.legacy.full_text|{_NOTE}|legacy.full_text",
    "id": "rest_id|legacy.id_str",
    "created_at": "legacy.created_at",
    "author_id": "legacy.user_id_str",
    "author": f"{_USER}.legacy.screen_name|{_USER}.core.screen_name|user.screen_name",
    "followers": f"{_USER}.legacy.followers_count|user.followers_count",
    "verified": f"{_USER}.is_blue_verified",
    "likes": "legacy.favorite_count",
    "reposts": "legacy.retweet_count",
    "replies": "legacy.reply_count",
    "quotes": "legacy.quote_count",
    "saves": "legacy.bookmark_count",
    "views": "views.count|ext_views.count",
    "language": "legacy.lang",
    "root": "legacy.conversation_id_str",
    "parent": f"{_REPOSTED}.rest_id|legacy.in_reply_to_status_id_str|legacy.quoted_status_id_str",
    "is_repost": f"{_REPOSTED}.rest_id",
    "is_reply": "legacy.in_reply_to_status_id_str",
    "is_quote": "legacy.quoted_status_id_str",
}
_ITEMS: Final = (
    _Item(
        "tiktok",
        "TikTok",
        ("desc", "createTime"),
        {
            "text": "desc",
            "id": "id",
            "created_at": "createTime",
            "author_id": "author.id",
            "author": "author.uniqueId|author",
            "followers": "authorStats.followerCount",
            "verified": "author.verified",
            "likes": "stats.diggCount|statsV2.diggCount",
            "reposts": "stats.shareCount|statsV2.shareCount",
            "replies": "stats.commentCount|statsV2.commentCount",
            "saves": "stats.collectCount|statsV2.collectCount",
            "views": "stats.playCount|statsV2.playCount",
            "language": "textLanguage",
        },
        {"platform": "tiktok"},
    ),
    _Item(
        "tiktok-comments",
        "TikTok comments",
        ("cid", "aweme_id", "create_time"),
        {
            "text": "text",
            "id": "cid",
            "created_at": "create_time",
            "author_id": "user.uid",
            "author": "user.unique_id",
            "likes": "digg_count",
            "replies": "reply_comment_total",
            "language": "comment_language",
            "root": "aweme_id",
            "parent": "reply_id",
        },
        {"platform": "tiktok", "kind": "reply"},
    ),
    _Item(
        "threads",
        "Threads",
        ("code", "taken_at", "text_post_app_info.direct_reply_count"),
        {
            "text": "caption.text",
            "id": "code",
            "created_at": "taken_at",
            "author_id": "user.pk|user.id",
            "author": "user.username",
            "verified": "user.is_verified",
            "likes": "like_count",
            "reposts": "text_post_app_info.repost_count",
            "replies": "text_post_app_info.direct_reply_count",
            "quotes": "text_post_app_info.quote_count",
            "is_reply": "text_post_app_info.is_reply",
        },
        {"platform": "threads"},
    ),
    _Item(
        "instagram",
        "Instagram",
        ("code", "taken_at", "user.username"),
        {
            "text": "caption.text",
            "id": "code",
            "created_at": "taken_at",
            "author_id": "user.pk|user.id|owner.pk",
            "author": "user.username|owner.username",
            "verified": "user.is_verified",
            "likes": "like_count",
            "replies": "comment_count",
            "views": "play_count|view_count",
        },
        {"platform": "instagram"},
    ),
    _Item(
        "instagram",
        "Instagram",
        ("shortcode", "taken_at_timestamp"),
        {
            "text": "edge_media_to_caption.edges.0.node.text",
            "id": "shortcode",
            "created_at": "taken_at_timestamp",
            "author_id": "owner.id",
            "author": "owner.username|user.username",
            "likes": "edge_media_preview_like.count",
            "replies": "edge_media_preview_comment.count|edge_media_to_comment.count",
            "views": "video_view_count",
        },
        {"platform": "instagram"},
    ),
    _Item("x", "X", ("legacy.full_text", "legacy.created_at"), _X, {"platform": "x"}),
)


def _under_data(expression: str) -> str:
    return "|".join(f"data.{path}" for path in expression.split("|"))


def _zeeschuimer(item: _Item) -> Preset:
    signs = ("source_platform", *(f"data.{sign}" for sign in item.signs))
    columns = {meaning: _under_data(path) for meaning, path in item.columns.items()}
    title = f"Zeeschuimer, {item.title}"
    return Preset(f"zeeschuimer-{item.name}", title, signs, columns, item.constants)


def _fourcat(item: _Item) -> Preset:
    title = f"4CAT, {item.title}"
    return Preset(f"4cat-{item.name}", title, item.signs, item.columns, item.constants)


ZEESCHUIMER: Final = tuple(_zeeschuimer(item) for item in _ITEMS)
FOURCAT: Final = tuple(_fourcat(item) for item in _ITEMS)
