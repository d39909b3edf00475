"""Articles of one paper and what its readers write below them."""

from datetime import datetime

from sada.sandbox.item import Item
from sada.sandbox.videos import VideoMaker

HOST = "presse.sandbox.example"
LANGUAGES = {"fr": 0.55, "arb": 0.27, "ary-Arab": 0.13, "en": 0.05}


class NewsMaker(VideoMaker):
    """Articles stand where videos do elsewhere. Nothing is deleted: a feed could not tell it."""

    platform = "news"
    languages = LANGUAGES
    authors = 160
    comments = 0.6

    def video(self, moment: datetime) -> str:
        return f"https://{HOST}/?p={self._next(moment)}"

    def comment(self, moment: datetime, video: str, thread: str | None) -> str:
        return f"{video}#comment-{self._next(moment)}"

    def _next(self, moment: datetime) -> int:
        """A number that grows with time."""
        return int(moment.timestamp()) << 10 | self.rng.getrandbits(10)

    def texts(self, text: str) -> tuple[str, str]:
        for mark in (". ", "؟ ", "? ", "! "):
            head, found, rest = text.partition(mark)
            if found and len(head) > 15:
                return head + found.strip(), rest
        return text, ""

    def _fate(self, item: Item) -> Item:
        return item
