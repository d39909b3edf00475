"""What callers hand over to be stored, and how it is prepared: cleaned, checked, told apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from collectors.base import Cursor, Metrics, Post, Window
from storage.privacy import author_key, clean, clipped, handle_key, post_key, text_digest

FILES: Final = "files"
"""The source of posts that a person imported."""
METRICS: Final = ("likes", "reposts", "replies", "quotes", "saves", "views")
INTERACTIONS: Final = METRICS[:5]
LARGEST = 10**15
"""Counts are clipped here, so that sums of absurd ones still fit 64 bits."""
_SCOPES: Final = ("topic", "campaign")
_UNKNOWN: Final = frozenset({None})

Counts = Mapping[str, int | None]
"""Metrics by name."""
PostKey = tuple[str, str]
"""Platform and the platform's id."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A post as it goes into a campaign. Its text is masked already.

    `named`: the author is an account that the campaign file lists, so its handle may be kept.
    """

    post: Post
    scope: str
    standing: str
    matched: Sequence[str] = ()
    signposted: bool = False
    named: bool = False

    @property
    def nameless(self) -> bool:
        """Whether the post does not say by which account it is, so that `standing` is no news."""
        return self.post.author is None or not self.post.author.handle


@dataclass(frozen=True, slots=True)
class Batch:
    """One page of one query, with what it cost and how far it reaches."""

    campaign: str
    source: str
    query: str
    posts: Sequence[Incoming]
    cursor: Cursor | None
    covered: Window | None
    run: int | None
    calls: int
    billed: int
    dollars: float
    taken_at: datetime
    work: str = "collect"
    """What for: `collect`, or `look` at posts that are stored already."""
    looked: Sequence[PostKey] = ()
    """Posts that the platform was asked for by id, whatever it answered."""

    @property
    def from_file(self) -> bool:
        return self.source == FILES


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch. `seen` counts distinct posts, `days` those with a changed figure."""

    seen: int = 0
    added: int = 0
    changed: int = 0
    days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Ready:
    """An incoming post with everything that the tables want to know of it."""

    item: Incoming
    key: PostKey
    text: str
    digest: bytes
    author: bytes | None
    metrics: dict[str, int | None]
    """Those of `METRICS`, in that order."""


def prepared(batch: Batch, secret: bytes) -> dict[PostKey, Ready]:
    """The batch's posts by (platform, id). Of a post that is in it twice the later one counts."""
    ready: dict[PostKey, Ready] = {}
    for item in batch.posts:
        one = _ready(item, secret)
        if (earlier := ready.pop(one.key, None)) is not None:
            one = replace(one, item=united(earlier.item, one.item))
        ready[one.key] = one
    return ready


def united(first: Incoming, second: Incoming) -> Incoming:
    """`second` with what `first` knew more about its place in the campaign."""
    return replace(
        second,
        scope=wider(first.scope, second.scope),
        matched=union(first.matched, second.matched),
        named=first.named or second.named,
    )


def wider(first: str, second: str) -> str:
    """`campaign` wins over `topic`."""
    return max(first, second, key=_SCOPES.index)


def union(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    """Terms of both, sorted, each once."""
    if not first and not second:
        return ()
    return tuple(sorted({*first, *(clean(term) for term in second)}))


def any_known(metrics: Counts) -> bool:
    """Whether the platform stated a metric at all."""
    return not _UNKNOWN.issuperset(metrics.values())


def engagement(metrics: Counts) -> int | None:
    """The sum of the interactions that are known, `None` when none is."""
    known = [value for name in INTERACTIONS if (value := metrics[name]) is not None]
    return sum(known) if known else None


def tombs(ready: Ready, secret: bytes) -> list[tuple[str, str, bytes]]:
    """Tombstones (kind, platform, key) any of which forbids the post.

    A repost repeats its parent's words, so it falls with it.
    """
    post, platform = ready.item.post, ready.key[0]
    found = [("post", platform, post_key(secret, *ready.key))]
    if post.kind == "repost" and post.parent_id:
        found.append(("post", platform, post_key(secret, platform, clipped(post.parent_id, 200))))
    if ready.author is not None:
        found.append(("author", platform, ready.author))
    if post.author and post.author.handle:
        found.append(("handle", platform, handle_key(secret, platform, post.author.handle)))
    return found


def _ready(item: Incoming, secret: bytes) -> Ready:
    post = item.post
    platform = clean(post.platform)[:30]
    text = clean(post.text)
    return Ready(
        item=item,
        key=(platform, clipped(post.platform_id, 200)),
        text=text,
        digest=text_digest(text),
        author=author_key(secret, platform, post.author.id) if post.author else None,
        metrics=_clipped_metrics(post.metrics),
    )


def _clipped_metrics(metrics: Metrics) -> dict[str, int | None]:
    return {  # spelled out: this is done once a row
        "likes": count(metrics.likes),
        "reposts": count(metrics.reposts),
        "replies": count(metrics.replies),
        "quotes": count(metrics.quotes),
        "saves": count(metrics.saves),
        "views": count(metrics.views),
    }


def count(value: int | None) -> int | None:
    """A count as it is stored."""
    if value is None or -LARGEST <= value <= LARGEST:
        return value
    return max(-LARGEST, min(LARGEST, value))
