"""Videos whose comments are followed: which have new ones, and how far they were read. Pure.

Comments come for weeks after their video. Asking a platform how many a video has is cheap; only
where there are more than were read are they read again. A stretch of time is covered once its
search and the comments of all followed videos are in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from collectors.base import Cursor, Post, Window
from collectors.stretches import Progress, read_progress, write_progress

FOLLOWED_FOR = timedelta(days=30)
"""From a video's publication; what is said below it later is not read."""
MOST = 200
"""Videos that one query follows; the newest."""
NEVER = -1


@dataclass(frozen=True, slots=True)
class Video:
    """`counted`: comments that it had when they were last read to the end, `NEVER` before.

    `read_to`: no comment that is older is new.
    """

    identity: str
    published: datetime
    counted: int = NEVER
    read_to: datetime | None = None


Followed = Mapping[str, Video]


@dataclass(frozen=True, slots=True)
class State:
    """A cursor, read. `waiting`: stretches that were searched, whose comments are not all in."""

    search: Progress
    videos: Mapping[str, Video]
    waiting: Sequence[Window] = ()
    searched_at: datetime | None = None


def with_videos(followed: Followed, posts: Iterable[Post], now: datetime) -> dict[str, Video]:
    """`followed` with the videos found, less what is too old or too many.

    What was never read stays until it is: a video may be old when it is found.
    """
    known = dict(followed)
    for post in posts:
        known.setdefault(post.platform_id, Video(post.platform_id, post.created_at))
    young = [video for video in known.values() if now - video.published <= FOLLOWED_FOR]
    newest = sorted(young, key=lambda video: video.published, reverse=True)[:MOST]
    kept = {video.identity for video in newest}
    return {name: video for name, video in known.items() if name in kept or video.counted == NEVER}


def wanting(followed: Followed, counts: Mapping[str, int | None]) -> list[tuple[Video, int]]:
    """Videos with comments that were not read, and how many comments each has now."""
    found = []
    for video in followed.values():
        count = counts.get(video.identity)
        if count is not None and count > max(video.counted, 0):
            found.append((video, count))
    return found


def read(followed: Followed, video: Video, count: int, newest: datetime | None) -> dict[str, Video]:
    """`followed` once the comments of `video` were read to the end; it had `count`."""
    known = [moment for moment in (newest, video.read_to) if moment is not None]
    done = replace(video, counted=count, read_to=max(known, default=None))
    return {**followed, video.identity: done}


def visited(
    followed: Followed, asked: Iterable[str], counts: Mapping[str, int | None]
) -> dict[str, Video]:
    """`followed` once `asked` gave `counts`: less what is gone; without comments is read too."""
    left = without(followed, [name for name in asked if name not in counts])
    return {
        name: replace(video, counted=0)
        if video.counted == NEVER and name in counts and not counts[name]
        else video
        for name, video in left.items()
    }


def without(followed: Followed, gone: Iterable[str]) -> dict[str, Video]:
    """`followed` less the videos that are no longer there."""
    lost = frozenset(gone)
    return {name: video for name, video in followed.items() if name not in lost}


def searched(state: State, progress: Progress, covered: Window | None) -> State:
    """`state` after a page of the search."""
    waiting = (*state.waiting, covered) if covered is not None else state.waiting
    return replace(state, search=progress, waiting=waiting)


def read_state(cursor: Cursor) -> State:
    """The state as `write_state` wrote it; what cannot be read counts as not there."""
    return State(
        read_progress(cursor),
        readable(cursor.get("videos", "")),
        _windows(cursor.get("waiting", "")),
        _iso(cursor.get("searched_at", "")),
    )


def write_state(state: State) -> dict[str, str]:
    """The cursor to store."""
    fields = write_progress(state.search)
    if state.videos:
        fields["videos"] = written(state.videos)
    if state.waiting:
        pairs = (f"{one.start.isoformat()}/{one.end.isoformat()}" for one in state.waiting)
        fields["waiting"] = ";".join(pairs)
    if state.searched_at is not None:
        fields["searched_at"] = state.searched_at.isoformat()
    return fields


def written(followed: Followed) -> str:
    """`followed` as a text for the cursor; `readable` gives it back, to the second."""
    return ";".join(
        ",".join((one.identity, _epoch(one.published), str(one.counted), _epoch(one.read_to)))
        for one in followed.values()
    )


def readable(text: str) -> dict[str, Video]:
    """What `written` wrote; an entry that cannot be read counts as not there."""
    videos = [_video(entry.split(",")) for entry in text.split(";") if entry]
    return {video.identity: video for video in videos if video is not None}


def _video(parts: Sequence[str]) -> Video | None:
    try:
        identity, published, counted, read_to = parts
        moment = _moment(published)
        return Video(identity, moment, int(counted), _moment(read_to)) if moment else None
    except (ValueError, OverflowError, OSError):
        return None


def _epoch(moment: datetime | None) -> str:
    return str(int(moment.timestamp())) if moment else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text), UTC) if text else None


def _windows(text: str) -> tuple[Window, ...]:
    found = []
    for pair in filter(None, text.split(";")):
        start, end = (_iso(one) for one in (pair.partition("/")[0], pair.partition("/")[2]))
        if start is not None and end is not None:
            found.append(Window(start, end))
    return tuple(found)


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
