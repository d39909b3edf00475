"""From a post as collected to what may be stored: matched, signposted, masked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from collectors.base import Post
from collectors.query import Matcher
from config.campaign import Campaign, Standing
from nlp.pii import mask
from nlp.signposts import Signposts
from storage.incoming import Incoming

MOST_STANDINGS = 10_000


@dataclass(frozen=True)
class Preparer:
    """Prepares posts of one campaign. Knows no database and no network."""

    campaign: Campaign
    matcher: Matcher
    signposts: Signposts
    standings: dict[tuple[str, str | None], Standing] = field(default_factory=dict)
    """Those of the authors met so far, up to `MOST_STANDINGS`."""

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
            match = self.matcher.match(post.text, in_context=True)
            yield self._incoming(post, "campaign", match.terms if match else ())

    def _incoming(self, post: Post, scope: str, matched: tuple[str, ...]) -> Incoming:
        standing = self._standing(post.platform, post.author.handle if post.author else None)
        masked = mask(post.text, self.signposts)
        return Incoming(
            post=post if masked == post.text else replace(post, text=masked),
            scope=scope,
            standing=standing.value,
            matched=matched,
            signposted=bool(self.signposts.found(post.text)),
            named=standing is not Standing.EARNED,
        )

    def _standing(self, platform: str, handle: str | None) -> Standing:
        known = self.standings.get((platform, handle))
        if known is None:
            known = self.campaign.standing(platform, handle)
            if len(self.standings) < MOST_STANDINGS:
                self.standings[platform, handle] = known
        return known
