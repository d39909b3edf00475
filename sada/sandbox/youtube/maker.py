"""The videos and comments of YouTube."""

from datetime import datetime

from sada.sandbox.design import LANGUAGES
from sada.sandbox.videos import VideoMaker

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LONGEST_TITLE = 100


class YouTubeMaker(VideoMaker):
    """Ids of videos have eleven signs; that of an answer begins with its comment's."""

    platform = "youtube"
    languages = LANGUAGES
    authors = 220
    id_prefix = "UC"

    def video(self, moment: datetime) -> str:
        return self._signs(11)

    def comment(self, moment: datetime, video: str, thread: str | None) -> str:
        return f"{thread}.{self._signs(22)}" if thread else f"Ug{self._signs(18)}4AaABAg"

    def texts(self, text: str) -> tuple[str, str]:
        for mark in (". ", "؟ ", "? ", "! "):
            head, found, rest = text.partition(mark)
            if found and 15 < len(head) < LONGEST_TITLE:
                return head + found.strip(), rest
        head = " ".join(text[:60].split()[:-1])
        return f"{head} …", text

    def _signs(self, count: int) -> str:
        return "".join(self.rng.choices(_SIGNS, k=count))
