"""Names that files give to their columns, in French, English, Arabic and in platforms' exports."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, Literal, get_args

Field = Literal[
    "text", "id", "created_at", "platform", "kind", "author_id", "author", "followers",
    "verified", "likes", "reposts", "replies", "quotes", "saves", "views", "language", "root",
    "parent", "is_repost", "is_reply", "is_quote",
]  # fmt: skip
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
COUNTS: Final[tuple[Field, ...]] = (
    "followers", "likes", "reposts", "replies", "quotes", "saves", "views",
)  # fmt: skip
FLAGS: Final[tuple[Field, ...]] = ("is_repost", "is_reply", "is_quote")
"""Said by a yes, or by the id of the other post."""
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
    "is_repost": "is_repost is_retweet is_reshare",
    "is_reply": "is_reply",
    "is_quote": "is_quote is_quote_tweet is_quote_status",
}


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
