"""The posts of Mastodon: a small crowd that uses hashtags, as nothing else is found there."""

from dataclasses import replace
from datetime import datetime

from sada.sandbox.campaign import anchors
from sada.sandbox.design import REDDIT_LANGUAGES, Design
from sada.sandbox.item import Item
from sada.sandbox.microblog import MicroblogMaker
from sada.sandbox.people import Person
from sada.sandbox.rhythm import Day
from sada.sandbox.writer import Wish, Written

DOMAIN = "social.sandbox.example"


class MastodonMaker(MicroblogMaker):
    """Originals, replies and quotes; ids are the home server and a number with the time in it."""

    platform = "mastodon"
    languages = REDDIT_LANGUAGES
    authors = 120

    def __init__(self, design: Design) -> None:
        super().__init__(design)
        self._tags = [term for term in anchors() if term.startswith("#")]

    def identity(self, moment: datetime, author: Person) -> str:
        return f"{DOMAIN}/{snowflake(moment) | self.rng.getrandbits(16)}"

    def _item(self, day: Day, moment: datetime, wish: Wish, written: Written) -> Item:
        said = written.text.casefold()
        if wish.topic and not any(tag.casefold() in said for tag in self._tags):
            written = replace(written, text=f"{written.text} {self.rng.choice(self._tags)}")
        return super()._item(day, moment, wish, written)


def snowflake(moment: datetime) -> int:
    """The lowest number that a status of `moment` can have."""
    return int(moment.timestamp() * 1000) << 16
