"""Posts from export files go the same way as collected ones, in batches, in constant memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from collectors.base import Post
from collectors.files import Rejected
from config.campaign import Campaign
from sada.bootstrap import Sada
from sada.pipeline.prepare import Preparer
from storage.collecting import store_batch
from storage.incoming import FILES, Batch
from storage.runs import end_run, start_run

BATCH = 2000
T = TypeVar("T")


@dataclass
class Imported:
    """What one file brought. `seen` counts usable rows, `added` posts that were new."""

    seen: int = 0
    added: int = 0
    rejected: int = 0


def import_posts(
    sada: Sada,
    campaign: Campaign,
    rows: Iterable[Post | Rejected],
    *,
    reject: Callable[[Rejected], None],
    progress: Callable[[Imported], None] = lambda done: None,
) -> Imported:
    """Stores every usable row, hands the others to `reject`.

    Each batch is one transaction: what was stored before an interruption stays, and importing the
    file again adds only the rest.
    """
    preparer = Preparer.of(campaign)
    database, slug = sada.database, campaign.slug
    run = start_run(database, slug, FILES, sada.clock())
    done, state, error = Imported(), "failed", "interrupted"
    try:
        for batch in _batches(rows, BATCH):
            posts = [row for row in batch if isinstance(row, Post)]
            for row in batch:
                if isinstance(row, Rejected):
                    reject(row)
            stored = store_batch(
                database,
                _batch(sada, slug, preparer, posts, run),
                secret=sada.secret,
                timezone=sada.timezone,
            )
            done.seen += stored.seen
            done.added += stored.added
            done.rejected += len(batch) - len(posts)
            progress(done)
        state, error = "ok", ""
    finally:
        end_run(database, run, state, sada.clock(), error)
    return done


def _batch(sada: Sada, slug: str, preparer: Preparer, posts: list[Post], run: int) -> Batch:
    return Batch(
        campaign=slug,
        source=FILES,
        query=FILES,
        posts=list(preparer.all(posts)),
        cursor=None,
        covered=None,
        run=run,
        calls=0,
        billed=0,
        dollars=0.0,
        taken_at=sada.clock(),
    )


def _batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch
