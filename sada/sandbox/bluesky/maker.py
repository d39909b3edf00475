"""The posts of Bluesky: a small crowd that knows each other, no edits."""

from datetime import datetime

from sada.sandbox.design import REDDIT_LANGUAGES
from sada.sandbox.item import Item
from sada.sandbox.microblog import MicroblogMaker
from sada.sandbox.people import Person

_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"


class BlueskyMaker(MicroblogMaker):
    """Originals, replies and quotes; ids are addresses with the time in them."""

    platform = "bluesky"
    languages = REDDIT_LANGUAGES
    authors = 140
    id_prefix = "did:plc:"

    def identity(self, moment: datetime, author: Person) -> str:
        return f"at://{author.id}/app.bsky.feed.post/{self._key(moment)}"

    def _key(self, moment: datetime) -> str:
        number = (int(moment.timestamp() * 1_000_000) << 10) | self.rng.getrandbits(10)
        return "".join(_DIGITS[(number >> shift) & 31] for shift in range(60, -1, -5))

    def _edited(self, item: Item) -> Item:
        return item
