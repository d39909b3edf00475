"""`sada import --dry-run`: what the first rows would become; nothing is stored."""

from collections import Counter
from itertools import islice

from collectors.base import Post
from collectors.files import Guess, Mapping, Rejects, Source, read_posts
from config.campaign import Campaign
from nlp.language import count_scripts
from nlp.pii import mask
from nlp.signposts import Signposts
from sada.cli.common import harmless

SHOWN_TEXTS = 3
SHOWN_SIGNS = 100
MOST_COLUMNS = 40
_MIXED = 0.8
"""A text is in one script when it has at least this share of its letters."""


def preview(campaign: Campaign, source: Source, guess: Guess, mapping: Mapping, count: int) -> None:
    """Prints columns, counts by platform, kind and script, rejects, and a few masked texts."""
    posts: list[Post] = []
    rejects = Rejects()
    rows = 0
    for row in islice(read_posts(source, mapping, guess=guess), count):
        rows += 1
        if isinstance(row, Post):
            posts.append(row)
        else:
            rejects.add(row)
    print(f"columns: {harmless(', '.join(guess.columns[:MOST_COLUMNS]))}")
    print(f"first {rows} rows: {len(posts)} posts, {rejects.total} rejected; nothing is stored")
    _counted("platforms", Counter(post.platform for post in posts))
    _counted("kinds", Counter(str(post.kind) for post in posts))
    _counted("scripts", Counter(script(post.text) for post in posts))
    if posts:
        first, last = min(p.created_at for p in posts), max(p.created_at for p in posts)
        print(f"  dates: {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC")
    for reason, number in rejects.reasons.most_common():
        print(f"  {number} × {harmless(reason)}")
    _texts(campaign, posts)


def script(text: str) -> str:
    """`arab`, `latn`, `tfng`, `other`, `mixed`, or `none` for a text without letters."""
    found = count_scripts(text)
    if not found.letters:
        return "none"
    counts = {"arab": found.arab, "latn": found.latn, "tfng": found.tfng, "other": found.other}
    name = max(counts, key=lambda one: counts[one])
    return name if counts[name] >= _MIXED * found.letters else "mixed"


def _counted(name: str, counts: Counter[str]) -> None:
    told = ", ".join(f"{harmless(one)} {number}" for one, number in counts.most_common())
    print(f"  {name}: {told or 'none'}")


def _texts(campaign: Campaign, posts: list[Post]) -> None:
    signposts = Signposts(campaign.signposts, campaign.accounts)
    for post in posts[:SHOWN_TEXTS]:
        text = " ".join(mask(post.text, signposts).split())[:SHOWN_SIGNS]
        print(f"  {post.created_at:%Y-%m-%d %H:%M} {post.kind}: {harmless(text)}")
