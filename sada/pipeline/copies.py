"""Links copied texts to their first appearance and marks co-ordinated postings, as posts come."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack

from config.errors import SadaError
from nlp.copies import VERSION, Fingerprint, fingerprint, same
from sada.bootstrap import Sada
from sada.lock import only_one
from storage.coordination import Rule
from storage.copies import (
    Printed,
    bodies,
    forget_outdated,
    leaders_by_band,
    store_copies,
    unprinted_texts,
    waiting_posts,
)
from storage.database import Database
from storage.queries import campaign_changes

BATCH = 1000


class Linking:
    """Links copies round by round, and asks the database for work only where posts came."""

    def __init__(self, sada: Sada) -> None:
        self._sada = sada
        self._done: object = None

    def round(self, *, stop: Callable[[], bool] = lambda: False) -> int:
        """See `link_copies`."""
        if self._done == campaign_changes(self._sada.database):
            return 0
        done = link_copies(self._sada, stop=stop)
        if not stop():
            self._done = campaign_changes(self._sada.database)
        return done


def link_copies(
    sada: Sada,
    *,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Compares every post that was not compared yet; how many there were.

    Where another process does so, none: two at once could make two groups of one text.
    """
    with ExitStack() as held:
        try:
            held.enter_context(only_one(sada.settings.home, "copies"))
        except SadaError:
            return 0
        return link_posts(sada.database, stop, progress)


def link_posts(
    database: Database, stop: Callable[[], bool], progress: Callable[[int], None]
) -> int:
    """The same of a database that nobody else links in."""
    forget_outdated(database, VERSION)
    done = after = 0
    while not stop() and (posts := waiting_posts(database, BATCH, after)):
        texts = unprinted_texts(database, (text for _, text in posts), VERSION)
        prints = list(compared(database, texts))
        store_copies(database, prints, [number for number, _ in posts], VERSION, Rule())
        done, after = done + len(posts), posts[-1][0]
        progress(done)
    return done


def compared(database: Database, texts: Sequence[tuple[int, str]]) -> Iterator[Printed]:
    """Each text with the first leader of which it is a copy; new leaders lead the texts after."""
    prints = {number: fingerprint(body) for number, body in texts}
    bands = {band for one in prints.values() for band in one.bands}
    index = defaultdict[int, list[int]](list)
    for band, leaders in leaders_by_band(database, bands).items():
        index[band] += leaders
    known = _fingerprints(database, {leader for leaders in index.values() for leader in leaders})
    for number, print_ in prints.items():
        leader = _leader(print_, index, known)
        if leader is None and print_.bands:
            leader, known[number] = number, print_
            for band in print_.bands:
                index[band].append(number)
        yield Printed(number, leader, print_.words, print_.linked, print_.bands)


def _leader(
    print_: Fingerprint, index: Mapping[int, Sequence[int]], known: Mapping[int, Fingerprint]
) -> int | None:
    candidates = {leader for band in print_.bands for leader in index.get(band, ())}
    alike = (one for one in sorted(candidates) if one in known and same(print_, known[one]))
    return next(alike, None)


def _fingerprints(database: Database, leaders: set[int]) -> dict[int, Fingerprint]:
    return {number: fingerprint(body) for number, body in bodies(database, leaders).items()}
