"""Follows videos through their comments: the loop that platforms with videos share."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from collectors.base import Post
from collectors.followed import State, Video, read, visited, wanting

FULL = 100
"""Comments from which on they are stored; those of several videos make one page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Some followed videos as they are now, asked for together.

    `counts` are their comments by id: missing where a video is gone, `None` where there are none
    to be had.
    """

    asked: Sequence[str]
    posts: Sequence[Post]
    counts: Mapping[str, int | None]
    unreadable: int = 0


class Reading(Protocol):
    """The comments of one video."""

    newest: datetime | None
    """The newest comment read."""
    cut: bool
    """Whether a bound ended the reading."""

    def pages(self) -> Iterator[tuple[Sequence[Post], int]]:
        """Comments, and how many entries could not be read. Raises `CollectorError`."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be stored with a state. `threaded`: the posts are comments."""

    posts: Sequence[Post]
    state: State
    threaded: bool = False
    warnings: Sequence[str] = ()


@dataclass
class _Held:
    """Comments that wait for their page. `cut`: videos of which not all were read."""

    posts: list[Post] = field(default_factory=list)
    unreadable: int = 0
    cut: int = 0

    def let_go(self, state: State) -> Step:
        """What is held, which is none afterwards."""
        told = left_out(self.unreadable)
        if self.cut:
            told += (f"of {self.cut} videos not all comments were read",)
        step = Step(self.posts, state, threaded=True, warnings=told)
        self.posts, self.unreadable, self.cut = [], 0, 0
        return step


def follow(
    state: State, seen: Iterable[Seen], comments: Callable[[Video, int], Reading]
) -> Generator[Step, None, State]:
    """Fresh counts of followed videos, and the comments of those that have new ones.

    A video counts as read only in a state that is stored with its last comments or after them.
    """
    for some in seen:
        held = _Held()
        state = replace(state, videos=visited(state.videos, some.asked, some.counts))
        yield Step(some.posts, state, warnings=left_out(some.unreadable))
        there = {name: state.videos[name] for name in some.asked if name in state.videos}
        for video, count in wanting(there, some.counts):
            reading = comments(video, count)
            for posts, unreadable in reading.pages():
                held.posts += posts
                held.unreadable += unreadable
                if len(held.posts) >= FULL:
                    yield held.let_go(state)
            held.cut += reading.cut
            state = replace(state, videos=read(state.videos, video, count, reading.newest))
        yield held.let_go(state)
    return state


def left_out(unreadable: int) -> tuple[str, ...]:
    """A warning about entries that could not be read, if there were any."""
    return (f"{unreadable} entries without id or time were left out",) if unreadable else ()
