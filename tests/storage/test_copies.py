"""Figures of copied and co-ordinated posts, on both databases."""

from datetime import timedelta

from sqlalchemy import select
from storage_made import NOW, SLUG, Understood, post, store

from collectors.base import Author, Kind
from storage import queries
from storage import tables as t
from storage.annotating import ensure_model, pending_texts, store_annotations
from storage.coordination import Rule
from storage.copies import Printed, store_copies, unprinted_texts, waiting_posts
from storage.database import Database
from storage.rows import Copied, Cut

RULE = Rule(accounts=3)


def filled(db: Database) -> None:
    """Four accounts post one text within minutes, one a day later; three others something else."""
    together = [
        post(n, "same", created_at=NOW + timedelta(minutes=n), author=Author(str(n)))
        for n in range(4)
    ]
    later = post("later", "same", created_at=NOW + timedelta(days=1), author=Author("9"))
    repost = post("repost", "same", kind=Kind.REPOST, author=Author("8"))
    others = [post(f"o{n}", f"other {n}", author=Author(f"o{n}")) for n in range(3)]
    store(db, [*together, later, repost, *others])
    model = ensure_model(db, "m", "1", 0.5, NOW)
    texts = pending_texts(db, model, 99)
    store_annotations(
        db, model, [(i, Understood(label="neg" if body == "same" else "pos")) for i, body in texts]
    )


def compare(db: Database) -> None:
    posts = waiting_posts(db, 99)
    texts = unprinted_texts(db, [text for _, text in posts], 1)
    prints = [Printed(number, number, 9, False, (number - 2**62,)) for number, _ in texts]
    store_copies(db, prints, [number for number, _ in posts], 1, RULE)


def test_copies_and_concerted_posts_are_counted_apart(database: Database) -> None:
    filled(database)
    assert queries.copied(database, SLUG, Cut()).waiting == 9
    compare(database)
    found = queries.copied(database, SLUG, Cut())
    assert found == Copied(
        originals=8, copies=4, coordinated=4, groups=1, accounts=4, waiting=0,
        annotated=4, neg=1, neu=0, pos=3, signposted=0,
    )  # fmt: skip
    assert queries.copied(database, "unknown", Cut()) == Copied(*[0] * 11)


def test_concerted_texts_are_told(database: Database) -> None:
    filled(database)
    compare(database)
    [group] = queries.coordinated_groups(database, SLUG, Cut())
    assert (group.text, group.posts, group.accounts) == ("same", 4, 4)
    assert (group.first, group.last) == (NOW, NOW + timedelta(minutes=3))
    assert queries.coordinated_groups(database, SLUG, Cut(platforms=("reddit",))) == []


def test_posts_are_listed_with_and_without_copies(database: Database) -> None:
    filled(database)
    compare(database)

    def listed(copies: str) -> set[str]:
        views, count = queries.posts(database, SLUG, Cut(), copies=copies)
        assert count == len(views)
        return {view.platform_id for view in views}

    assert listed("without") == {"0", "repost", "o0", "o1", "o2"}
    assert listed("copies") == {"1", "2", "3", "later"}
    assert listed("coordinated") == {"0", "1", "2", "3"}
    assert len(listed("")) == 9
    marks = {
        view.platform_id: (view.copied, view.coordinated)
        for view in queries.export_rows(database, SLUG)
    }
    assert marks["0"] == (False, True)
    assert marks["later"] == (True, False)
    assert marks["repost"] == marks["o1"] == (False, False)


def test_an_author_unknown_makes_nothing_concerted(database: Database) -> None:
    store(
        database,
        [post(n, "same", created_at=NOW + timedelta(minutes=n), author=None) for n in range(6)],
    )
    compare(database)
    with database.reading() as session:
        assert set(session.scalars(select(t.copies.c.coordinated))) == {False}
