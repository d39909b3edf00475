"""What a poll of a feed means for what is covered. Pure.

A feed is a window on the newest entries. While it still shows what the last poll saw, nothing was
lost in between; else only what it reaches back to is covered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from collectors.base import Cursor, Window
from collectors.news.client import NEVER, Version

MOST_PAGES = 30
"""Pages of a WordPress feed that one pass reads back."""
MOST_TRIES = 8
"""Passes that ask again for older pages which stopped; then they count as out of reach."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A cursor, read. `known`: the feed had entries when it was read last.

    `owed`: since when something was not read because older pages stopped before their end; that
    happened in so many passes on end (`tries`).
    """

    covered_to: datetime | None = None
    version: Version = NEVER
    known: bool = False
    owed: datetime | None = None
    tries: int = 0

    @property
    def asked(self) -> Version:
        """The version not to be sent again: none while older pages are to be asked for."""
        return NEVER if self.owed else self.version


def stretch(progress: Progress, window: Window, now: datetime) -> Window | None:
    """What is to be covered by a poll at `now`; `None` when there is nothing."""
    start = max(window.start, progress.owed or progress.covered_to or window.start)
    end = min(window.end, now)
    return Window(start, end) if start < end else None


def unchanged(progress: Progress, wanted: Window) -> tuple[Progress, Window]:
    """After a 304: nothing was published."""
    return replace(progress, covered_to=wanted.end), wanted


def is_last(sizes: Sequence[int]) -> bool:
    """Whether nothing behind pages of `sizes` (entries, newest page first) is their archive's end.

    WordPress fills every page but the last. Nothing behind a full page is a page that the site
    forgot, or an archive that is served no further; nobody can tell what lies there.
    """
    return len(sizes) > 1 and sizes[-1] < max(sizes)


def read(
    progress: Progress,
    wanted: Window,
    version: Version,
    reach: datetime | None,
    *,
    whole: bool,
    stopped: bool = False,
) -> tuple[Progress, Window | None]:
    """After an answer that goes back to `reach` (`None`: it has no entries); `whole`: beyond it
    there is nothing more; `stopped`: it ends where it cannot end, so the next pass asks again.

    A feed that had entries and has none any more is doubted: nothing is covered.
    """
    if reach is None:
        if progress.known:
            return progress, None
        return Progress(wanted.end, version), wanted
    done = Progress(wanted.end, version, known=True)
    if whole or reach <= wanted.start:
        return done, wanted
    if stopped and progress.tries < MOST_TRIES:
        done = replace(done, owed=wanted.start, tries=progress.tries + 1)
    return done, Window(reach, wanted.end) if reach < wanted.end else None


def read_cursor(cursor: Cursor) -> Progress:
    """Progress as `write_cursor` wrote it; what cannot be read counts as not there."""
    covered_to = _moment(cursor, "covered_to")
    if covered_to is None:
        return Progress()
    version = Version(cursor.get("etag", ""), cursor.get("modified", ""))
    tries = int(told) if (told := cursor.get("tries", "")).isdecimal() else 0
    known = cursor.get("known") == "yes"
    return Progress(covered_to, version, known, _moment(cursor, "owed"), tries)


def write_cursor(progress: Progress) -> dict[str, str]:
    """The cursor to store; `read_cursor` gives the same progress back."""
    if progress.covered_to is None:
        return {}
    fields = {
        "covered_to": progress.covered_to.isoformat(),
        "etag": progress.version.etag,
        "modified": progress.version.modified,
        "known": "yes" if progress.known else "",
        "owed": progress.owed.isoformat() if progress.owed else "",
        "tries": str(progress.tries) if progress.owed else "",
    }
    return {name: value for name, value in fields.items() if value}


def _moment(cursor: Mapping[str, str], name: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(cursor.get(name, ""))
    except (TypeError, ValueError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
