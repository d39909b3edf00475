"""From a post as collected to what may be stored: matched, signposted, masked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Final

from collectors.base import Post
from collectors.query import Matcher
from config.campaign import Campaign, Standing
from nlp.pii import mask
from nlp.signposts import Signposts
from storage.incoming import Incoming
from storage.privacy import clean, text_digest

MOST_STANDINGS = 10_000
MOST_READ = 2**18
"""Texts whose reading is remembered during an import: some 70 MB."""
Reading = tuple[Sequence[str], bool, str | None]
"""The terms that a text matches, whether it names a signpost, and its masked form where that
differs."""


@dataclass(frozen=True)
class Preparer:
    """Prepares posts of one campaign. Knows no database and no network."""

    campaign: Campaign
    matcher: Matcher
    signposts: Signposts
    standings: dict[tuple[str, str | None], Standing] = field(default_factory=dict)
    """Those of the authors met so far, up to `MOST_STANDINGS`."""
    read: dict[bytes, Reading] = field(default_factory=dict)
    """What the texts met last say, by digest: copies are the rule in what is shared."""
    shared: dict[Reading, Reading] = field(default_factory=dict)
    """Each reading once; there are few, since most texts name nothing."""

    @classmethod
    def of(cls, campaign: Campaign) -> "Preparer":
        matcher = Matcher(campaign.families, campaign.topic_query)
        return cls(campaign, matcher, Signposts(campaign.signposts, campaign.accounts))

    def matching(
        self, posts: Iterable[Post], scope: str, in_context: bool = False, strict: bool = False
    ) -> Iterator[Incoming]:
        """Posts of a live source; those that match nothing locally keep their query's `scope`.

        A platform may match where Sada does not (a linked page's title, say), so what it was
        asked for and gave is kept, unless an exclusion stands in it or the query was `strict`, that
        is wider than what is wanted. `in_context` and `strict` as in `Query`.
        """
        for post in posts:
            match = self.matcher.match(post.text, in_context=in_context)
            if match is not None:
                yield self._incoming(post, match.scope, match.terms)
            elif not strict and not self.matcher.is_vetoed(post.text):
                yield self._incoming(post, scope, ())

    def again(self, posts: Iterable[Post]) -> Iterator[Incoming]:
        """Posts that belong to the campaign already, as they are today: each stays.

        They were found in their context once, which an answer by id no longer shows.
        """
        for post in posts:
            match = self.matcher.match(post.text, in_context=True)
            yield self._incoming(post, *((match.scope, match.terms) if match else ("topic", ())))

    def all(self, posts: Iterable[Post]) -> Iterator[Incoming]:
        """Posts that a person imported into the campaign: all belong to it, whatever they name."""
        for post in posts:
            key = text_digest(clean(post.text))
            known = self.read.get(key)
            if known is None:
                match = self.matcher.match(post.text, in_context=True)
                made = self._incoming(post, "campaign", match.terms if match else ())
                masked = None if made.post is post else made.post.text
                self._remember(key, (made.matched, made.signposted, masked))
                yield made
            else:
                terms, signposted, masked = known
                shown = post if masked is None else _with_text(post, masked)
                yield self._told(shown, "campaign", terms, signposted)

    def _incoming(self, post: Post, scope: str, matched: Sequence[str]) -> Incoming:
        masked = mask(post.text, self.signposts)
        signposted = bool(self.signposts.found(post.text))
        shown = post if masked == post.text else _with_text(post, masked)
        return self._told(shown, scope, matched, signposted)

    def _told(self, post: Post, scope: str, matched: Sequence[str], signposted: bool) -> Incoming:
        standing = self._standing(post.platform, post.author.handle if post.author else None)
        return Incoming(
            post=post,
            scope=scope,
            standing=standing.value,
            matched=matched,
            signposted=signposted,
            named=standing is not Standing.EARNED,
        )

    def _remember(self, key: bytes, reading: Reading) -> None:
        if len(self.read) >= MOST_READ:
            del self.read[next(iter(self.read))]  # the oldest
        if reading[2] is None:
            reading = self.shared.setdefault(reading, reading)
        self.read[key] = reading

    def _standing(self, platform: str, handle: str | None) -> Standing:
        known = self.standings.get((platform, handle))
        if known is None:
            known = self.campaign.standing(platform, handle)
            if len(self.standings) < MOST_STANDINGS:
                self.standings[platform, handle] = known
        return known


_NAMES: Final = [one.name for one in fields(Post)]
_VALUES: Final = attrgetter(*_NAMES)
_TEXT: Final = _NAMES.index("text")


def _with_text(post: Post, text: str) -> Post:
    """What `dataclasses.replace` does, which is too slow for every row of an import."""
    values = list(_VALUES(post))
    values[_TEXT] = text
    return Post(*values)
