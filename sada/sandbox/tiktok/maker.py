"""The videos and comments of TikTok. Nobody edits there."""

from datetime import datetime

from sada.sandbox.design import LANGUAGES
from sada.sandbox.item import Item
from sada.sandbox.videos import VideoMaker


class TikTokMaker(VideoMaker):
    """Ids hold the second in their upper half; a comment's here is `VIDEO:COMMENT`, as in Sada."""

    platform = "tiktok"
    languages = LANGUAGES
    authors = 260
    comments = 0.6

    def video(self, moment: datetime) -> str:
        return str((int(moment.timestamp()) << 32) | self.rng.getrandbits(32))

    def comment(self, moment: datetime, video: str, thread: str | None) -> str:
        return f"{video}:{self.video(moment)}"

    def _edited(self, item: Item) -> Item:
        return item
