"""Articles of one paper and what its readers write below them."""

from datetime import datetime

from sada.sandbox.design import Design
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

    def __init__(self, design: Design) -> None:
        super().__init__(design)
        self._number = 1000

    def video(self, moment: datetime) -> str:
        self._number += 1
        return f"https://{HOST}/?p={self._number}"

    def comment(self, moment: datetime, video: str, thread: str | None) -> str:
        self._number += 1
        return f"{video}#comment-{self._number}"

    def texts(self, text: str) -> tuple[str, str]:
        for mark in (". ", "؟ ", "? ", "! "):
            head, found, rest = text.partition(mark)
            if found and len(head) > 15:
                return head + found.strip(), rest
        return text, ""

    def _fate(self, item: Item) -> Item:
        return item
