"""The simulated platforms by name. A new folder is one more line here."""

from collections.abc import Mapping

from sada.sandbox.bluesky import BLUESKY
from sada.sandbox.mastodon import MASTODON
from sada.sandbox.news import NEWS
from sada.sandbox.platform import Platform
from sada.sandbox.reddit import REDDIT
from sada.sandbox.tiktok import TIKTOK
from sada.sandbox.x import X
from sada.sandbox.youtube import YOUTUBE

PLATFORMS: Mapping[str, Platform] = {
    one.name: one for one in (X, REDDIT, YOUTUBE, TIKTOK, BLUESKY, MASTODON, NEWS)
}
