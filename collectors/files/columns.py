"""Names that files give to their columns, in French, English, Arabic and in platforms' exports."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Field = Literal[
    "text", "id", "created_at", "platform", "kind", "author_id", "author", "followers",
    "verified", "likes", "reposts", "replies", "quotes", "saves", "views", "language", "root",
    "parent",
]  # fmt: skip
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
COUNTS: Final[tuple[Field, ...]] = (
    "followers", "likes", "reposts", "replies", "quotes", "saves", "views",
)  # fmt: skip
HASH: Final = "hash"
"""In place of a column for `id`: made of platform, author, date and text."""

_NAMES: Final[Mapping[Field, str]] = {
    "text": "text full_text body message texte contenu content tweet post_text tweet_text caption "
    "comment_text commentaire comment description desc selftext title titre نص النص المحتوى "
    "المنشور التعليق",
    "id": "id post_id platform_id tweet_id id_str status_id video_id comment_id message_id "
    "item_id identifiant id_publication rest_id shortcode uuid guid المعرف permalink post_url url",
    "created_at": "created_at created date_time datetime timestamp date published_at "
    "publication_date date_publication date_de_publication post_created posted_at post_date "
    "created_time creation_time create_time created_utc createdat time heure_date taken_at "
    "tweet_created_at date_heure horodatage published pubdate unix_timestamp التاريخ تاريخ",
    "platform": "platform plateforme source_platform network reseau réseau social_network المنصة",
    "kind": "kind post_kind tweet_type post_type type_de_publication nature",
    "author_id": "author_id user_id account_id page_id channel_id author_channel_id id_auteur "
    "from_id owner_id user_id_str",
    "author": "author username user_name user handle screen_name auteur utilisateur account "
    "compte page_name author_name user_screen_name from owner nickname pseudo الكاتب المستخدم",
    "followers": "followers follower_count followers_count abonnes abonnés subscribers "
    "followers_at_posting author_followers user_followers_count nombre_abonnes",
    "verified": "verified is_verified author_verified user_verified verifie vérifié",
    "likes": "likes like_count favorite_count favorites favourites favourite_count likes_count "
    "nb_likes jaime j_aime digg_count reactions reaction_count upvotes num_likes",
    "reposts": "reposts repost_count shares share_count retweet_count retweets partages "
    "nb_partages num_shares shares_count reshare_count",
    "replies": "replies reply_count comments comment_count comments_count commentaires "
    "num_comments nb_commentaires reponses réponses replies_count",
    "quotes": "quotes quote_count citations",
    "saves": "saves save_count bookmark_count bookmarks saved collect_count favoris",
    "views": "views view_count impressions impression_count plays play_count vues nb_vues "
    "post_views video_views portee reads",
    "language": "language lang langue اللغة",
    "root": "root_id root conversation_id thread_id link_id",
    "parent": "parent_id parent in_reply_to_id in_reply_to_status_id in_reply_to_status_id_str "
    "in_reply_to reply_to_id",
}


@dataclass(frozen=True, slots=True)
class Preset:
    """An export whose form is known: recognised by all of `signs`, read by `columns`.

    Where an expression names several columns, those that the file lacks are left out.
    """

    name: str
    signs: Sequence[str]
    columns: Mapping[Field, str]
    constants: Mapping[Field, str] = field(default_factory=dict)
    time_zone: str | None = None


_CROWDTANGLE: Final[Mapping[Field, str]] = {
    "id": "URL",
    "created_at": "Post Created",
    "followers": "Followers at Posting",
    "replies": "Comments",
}
_TWEET_REFERENCES: Final[Mapping[Field, str]] = {
    "text": "note_tweet.text|note_post.text|text",
    "id": "id",
    "author_id": "author_id|author.id",
    "author": "author.username",
    "followers": "author.public_metrics.followers_count",
    "verified": "author.verified",
    "likes": "public_metrics.like_count",
    "reposts": "public_metrics.retweet_count|public_metrics.repost_count",
    "replies": "public_metrics.reply_count",
    "quotes": "public_metrics.quote_count",
    "saves": "public_metrics.bookmark_count",
    "views": "public_metrics.impression_count",
    "kind": "referenced_tweets.0.type|referenced_posts.0.type",
    "parent": "referenced_tweets.0.id|referenced_posts.0.id",
    "root": "conversation_id",
    "language": "lang",
}
PRESETS: Final[Sequence[Preset]] = (
    Preset(
        "CrowdTangle, Facebook",
        ("Page Name", "Facebook Id", "Post Created"),
        {
            **_CROWDTANGLE,
            "text": "Message+Image Text+Link Text+Description",
            "author_id": "Facebook Id",
            "author": "User Name|Page Name",
            "likes": "Likes+Love+Wow+Haha+Sad+Angry+Care",
            "reposts": "Shares",
            "views": "Post Views",
        },
        {"platform": "facebook"},
    ),
    Preset(
        "CrowdTangle, Instagram",
        ("Account", "Post Created", "Overperforming Score"),
        {**_CROWDTANGLE, "text": "Description+Image Text", "author": "User Name|Account"},
        {"platform": "instagram"},
    ),
    Preset(
        "Meta Content Library",
        ("mcl_url", "post_owner.id"),
        {
            "text": "text",
            "id": "id",
            "created_at": "creation_time",
            "author_id": "post_owner.id",
            "author": "post_owner.username|post_owner.name",
            "likes": "statistics.reaction_count|statistics.like_count",
            "reposts": "statistics.share_count",
            "replies": "statistics.comment_count",
            "views": "statistics.views|statistics.view_count|views",
            "language": "lang",
        },
        time_zone="UTC",
    ),
    Preset(
        "Zeeschuimer, TikTok",
        ("source_platform", "data.desc", "data.createTime"),
        {
            "text": "data.desc",
            "id": "data.id|item_id",
            "created_at": "data.createTime",
            "author_id": "data.author.id",
            "author": "data.author.uniqueId",
            "followers": "data.authorStats.followerCount",
            "verified": "data.author.verified",
            "likes": "data.stats.diggCount",
            "reposts": "data.stats.shareCount",
            "replies": "data.stats.commentCount",
            "saves": "data.stats.collectCount",
            "views": "data.stats.playCount",
            "language": "data.textLanguage",
        },
    ),
    Preset(
        "Zeeschuimer, Instagram or Threads",
        ("source_platform", "data.caption.text", "data.taken_at"),
        {
            "text": "data.caption.text",
            "id": "data.pk|data.id|item_id",
            "created_at": "data.taken_at",
            "author_id": "data.user.pk|data.user.id",
            "author": "data.user.username",
            "verified": "data.user.is_verified",
            "likes": "data.like_count",
            "replies": "data.comment_count|data.text_post_app_info.direct_reply_count",
            "views": "data.play_count|data.view_count",
        },
    ),
    Preset(
        "Zeeschuimer, X",
        ("source_platform", "data.legacy.full_text"),
        {
            "text": "data.note_tweet.note_tweet_results.result.text|data.legacy.full_text",
            "id": "data.rest_id|data.legacy.id_str",
            "created_at": "data.legacy.created_at",
            "author_id": "data.legacy.user_id_str",
            "author": "data.core.user_results.result.legacy.screen_name"
            "|data.core.user_results.result.core.screen_name",
            "followers": "data.core.user_results.result.legacy.followers_count",
            "likes": "data.legacy.favorite_count",
            "reposts": "data.legacy.retweet_count",
            "replies": "data.legacy.reply_count",
            "quotes": "data.legacy.quote_count",
            "saves": "data.legacy.bookmark_count",
            "views": "data.views.count",
            "language": "data.legacy.lang",
            "root": "data.legacy.conversation_id_str",
            "parent": "data.legacy.in_reply_to_status_id_str",
        },
    ),
    Preset(
        "X API v2 (twarc)",
        ("public_metrics.like_count", "author_id"),
        {
            **_TWEET_REFERENCES,
            "created_at": "created_at",
        },
        {"platform": "x"},
    ),
    Preset(
        "4CAT",
        ("thread_id", "body", "timestamp"),
        {
            "text": "subject+body",
            "id": "id",
            "created_at": "timestamp",
            "author": "author",
            "root": "thread_id",
        },
        time_zone="UTC",
    ),
    Preset(
        "Reddit archive, posts",
        ("selftext", "created_utc", "subreddit"),
        {
            "text": "title+selftext",
            "id": "name|id",
            "created_at": "created_utc",
            "author_id": "author_fullname|author",
            "likes": "score",
        },
        {"platform": "reddit", "kind": "original"},
    ),
    Preset(
        "Reddit archive, comments",
        ("body", "created_utc", "link_id"),
        {
            "text": "body",
            "id": "name|id",
            "created_at": "created_utc",
            "author_id": "author_fullname|author",
            "likes": "score",
            "root": "link_id",
            "parent": "parent_id",
        },
        {"platform": "reddit", "kind": "reply"},
    ),
)


def plain(name: str) -> str:
    """A column name without case, accents and separators, so that spellings compare equal."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in bare if char.isalnum())


_PLAIN: Final[Mapping[Field, tuple[str, ...]]] = {
    known: tuple(dict.fromkeys(plain(name) for name in names.split()))
    for known, names in _NAMES.items()
}


def known_columns(columns: Sequence[str]) -> dict[Field, str]:
    """Field to column for the columns whose names speak for themselves; each is used once."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(plain(column), column)
    found: dict[Field, str] = {}
    for wanted in FIELDS:
        names = [name for name in _PLAIN[wanted] if name in by_name]
        free = [by_name[name] for name in names if by_name[name] not in found.values()]
        if free:
            found[wanted] = free[0]
    return found


def preset_of(columns: Sequence[str]) -> Preset | None:
    """The export that these columns come from, if it is a known one."""
    present = {plain(column) for column in columns}
    return next((p for p in PRESETS if all(plain(sign) in present for sign in p.signs)), None)


def parts(expression: str, columns: Sequence[str] | None = None) -> tuple[str, tuple[str, ...]]:
    """How an expression reads columns: (`""`, `|` or `+`, column names).

    `a|b` is the first that is not empty; `a+b` joins texts by a line break and adds counts. A
    column whose own name holds such a sign is taken as it is when `columns` has it.
    """
    if columns is None or expression not in columns:
        for sign in ("|", "+"):
            if sign in expression:
                return sign, tuple(p.strip() for p in expression.split(sign) if p.strip())
    return "", (expression.strip(),)


def fitted(expression: str, columns: Sequence[str]) -> str | None:
    """A preset's expression with the file's own spelling of its columns, without those it lacks."""
    by_name = {plain(column): column for column in reversed(columns)}
    sign, names = parts(expression)
    present = [by_name[plain(name)] for name in names if plain(name) in by_name]
    return sign.join(present) or None
