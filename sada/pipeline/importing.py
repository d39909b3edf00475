"""Posts from export files go the same way as collected ones, in batches, in constant memory."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from collectors.base import Cursor, Post
from collectors.files import Mapping, Rejected, Rejects, Source, as_yaml
from config.campaign import Campaign
from config.errors import SadaError
from sada.bootstrap import Sada
from sada.pipeline.prepare import Preparer
from storage.collecting import store_batch
from storage.incoming import FILES, Batch, Stored
from storage.runs import end_run, forget_cursor, read_cursor, start_run

BATCH = 5000
MANY_OBJECTS = 50_000
"""Objects after which Python looks for circular garbage, of which importing makes next to none."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Imported:
    """What one file brought, in rows.

    `added` posts were new, `updated` known with another text or other figures, `unchanged` known as
    they are. `repeated` rows are of a post that came again within a batch, `erased` ones of a post
    that is not to come back. `rejected` rows could not be used.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    erased: int = 0
    rejected: int = 0

    @property
    def seen(self) -> int:
        """Usable rows."""
        return self.added + self.updated + self.unchanged + self.repeated + self.erased

    @property
    def rows(self) -> int:
        return self.seen + self.rejected

    def plus(self, stored: Stored, posts: list[Post], rejected: int) -> "Imported":
        distinct = len({(post.platform, post.platform_id) for post in posts})
        return Imported(
            self.added + stored.added,
            self.updated + stored.changed,
            self.unchanged + stored.seen - stored.added - stored.changed,
            self.repeated + len(posts) - distinct,
            self.erased + distinct - stored.seen,
            self.rejected + rejected,
        )


@dataclass(frozen=True, slots=True)
class Point:
    """How far the import `key` came before it was interrupted: rows of the file, and bytes of the
    file of rejected rows."""

    key: str
    rows: int = 0
    rejects_size: int = 0

    @property
    def cursor(self) -> Cursor:
        return {"rows": str(self.rows), "rejects_size": str(self.rejects_size)}


def resume_point(sada: Sada, campaign: Campaign, source: Source, mapping: Mapping) -> Point | None:
    """Where to go on with this file, read in this way. `None`: it can only be read once."""
    identity = source.identity()
    if identity is None:
        return None
    told = "\0".join((str(source.path.absolute()), identity, as_yaml(mapping)))
    key = f"{FILES}:{hashlib.blake2b(told.encode(), digest_size=16).hexdigest()}"
    cursor, _ = read_cursor(sada.database, campaign.slug, FILES, key)
    return Point(key, int(cursor.get("rows", 0)), int(cursor.get("rejects_size", 0)))


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Rows become many objects that live for a batch; looking through them for circles that they
    never form took an eighth of the time. Memory stays the same."""
    usual = gc.get_threshold()
    gc.set_threshold(MANY_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@_seldom_collecting()
def import_posts(
    sada: Sada,
    campaign: Campaign,
    rows: Iterable[Post | Rejected],
    *,
    rejects: Rejects,
    progress: Callable[[Imported], None] = lambda done: None,
    point: Point | None = None,
) -> Imported:
    """Stores every usable row, hands the others to `rejects`.

    Each batch is one transaction, which also notes how far the file was read: what was stored
    before an interruption stays, and importing the file again goes on from there. `rows` begin
    behind `point.rows`.
    """
    preparer = Preparer.of(campaign)
    database, slug = sada.database, campaign.slug
    run = start_run(database, slug, FILES, sada.clock())
    done, state, error = Imported(), "failed", "interrupted"
    try:
        for some in _batches(rows, BATCH):
            posts = [row for row in some if isinstance(row, Post)]
            for row in some:
                if isinstance(row, Rejected):
                    rejects.add(row)
            if point:
                point = replace(point, rows=point.rows + len(some), rejects_size=rejects.flush())
            batch = _batch(sada, slug, preparer, posts, run, point)
            stored = store_batch(database, batch, secret=sada.secret, timezone=sada.timezone)
            done = done.plus(stored, posts, len(some) - len(posts))
            progress(done)
        if point:
            forget_cursor(database, slug, FILES, point.key)
        state, error = "ok", ""
    finally:
        end_run(database, run, state, sada.clock(), error)
    return done


def _batch(
    sada: Sada, slug: str, preparer: Preparer, posts: list[Post], run: int, point: Point | None
) -> Batch:
    return Batch(
        campaign=slug,
        source=FILES,
        query=point.key if point else FILES,
        posts=list(preparer.all(posts)),
        cursor=point.cursor if point else None,
        covered=None,
        run=run,
        calls=0,
        billed=0,
        dollars=0.0,
        taken_at=sada.clock(),
    )


def _batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """`rows` in lists of `size`; those that came before an error are given before it is raised."""
    batch: list[T] = []
    try:
        for row in rows:
            batch.append(row)
            if len(batch) == size:
                yield batch
                batch = []
    except SadaError:
        yield batch
        raise
    if batch:
        yield batch
