"""What is erased is gone with everything made from it, and does not come back."""

from pathlib import Path

import pytest
from sqlalchemy import select
from storage_made import NOW, SECRET, SLUG, Understood, incoming, post, rows, store

from collectors.base import Author, Kind, Metrics
from storage import database as module
from storage import queries
from storage import tables as t
from storage.annotating import ensure_model, pending_texts, store_annotations
from storage.database import Database
from storage.erase import forget_author, forget_post, remove_posts
from storage.errors import DatabaseBusy
from storage.rows import Cut
from storage.topics import store_topics, texts_for_topics

ANA, BOB = Author("1", "Ana"), Author("2", "bob")
DERIVED = (t.posts, t.texts, t.annotations, t.text_topics, t.snapshots, t.memberships, t.rollups)


@pytest.fixture
def stored(database: Database) -> Database:
    store(
        database,
        [
            post(1, "the secret words", author=ANA, metrics=Metrics(likes=1)),
            post(2, "RT the secret words", author=BOB, kind=Kind.REPOST, parent_id="1"),
            post(3, "an answer", author=BOB, kind=Kind.REPLY, parent_id="1"),
            post(4, "something else", author=ANA),
        ],
    )
    model = ensure_model(database, "m", "1", 0.5, NOW)
    texts = pending_texts(database, model, 9)
    store_annotations(database, model, [(text_id, Understood()) for text_id, _ in texts])
    for_topics = texts_for_topics(database, SLUG, 9)
    store_topics(database, SLUG, NOW, "m", [(0, "l", [], 2)], [(one[0], 0) for one in for_topics])
    return database


def left(db: Database) -> list[str]:
    return sorted(view.platform_id for view in queries.export_rows(db, SLUG))


def again(db: Database) -> None:
    repost = post(9, "RT the secret words", author=BOB, kind=Kind.REPOST, parent_id="1")
    copies = [post(1, "the secret words", author=ANA), post(3, "an answer", author=BOB), repost]
    store(db, copies, source="files")


def test_a_forgotten_post_goes_with_its_reposts_and_stays_gone(stored: Database) -> None:
    assert forget_post(stored, "x", "1", secret=SECRET, now=NOW) == 2
    assert left(stored) == ["3", "4"]
    assert "secret" not in repr([rows(stored, table) for table in DERIVED])
    again(stored)
    assert left(stored) == ["3", "4"]
    assert queries.daily(stored, SLUG, Cut())[0].posts == 2
    assert forget_post(stored, "x", "1", secret=SECRET, now=NOW) == 0


def test_a_post_can_be_forgotten_before_it_comes(database: Database) -> None:
    assert forget_post(database, "x", "1", secret=SECRET, now=NOW) == 0
    assert store(database, [post(1), post(2)]).seen == 1
    store(database, [post(1, platform="reddit")])
    assert sorted(view.platform for view in queries.export_rows(database, SLUG)) == ["reddit", "x"]


@pytest.mark.parametrize("how", [{"handle": "@ANA"}, {"author_id": "1"}])
def test_a_forgotten_author_goes_with_all_posts(stored: Database, how: dict[str, str]) -> None:
    assert forget_author(stored, "x", secret=SECRET, now=NOW, **how) == 3
    assert left(stored) == ["3"]
    again(stored)
    assert left(stored) == ["3"]
    store(stored, [post(77, author=Author("1")), post(78, author=Author("2"))])
    assert left(stored) == ["3", "78"]
    assert len(rows(stored, t.authors)) == 1


def test_an_author_can_be_forgotten_by_handle_before_they_come(database: Database) -> None:
    assert forget_author(database, "x", secret=SECRET, now=NOW, handle="ana") == 0
    assert store(database, [post(1, author=ANA), post(2, author=BOB)]).seen == 1
    with pytest.raises(ValueError, match="handle"):
        forget_author(database, "x", secret=SECRET, now=NOW)


def test_tombstones_name_nobody(stored: Database) -> None:
    forget_author(stored, "x", secret=SECRET, now=NOW, handle="Ana")
    kept = repr(rows(stored, t.tombstones)).lower()
    assert "ana" not in kept
    assert {len(row[2]) for row in rows(stored, t.tombstones)} == {16}


def test_removed_posts_leave_no_tombstone(stored: Database) -> None:
    assert remove_posts(stored, "x", ["1", "404"], NOW) == 2
    assert left(stored) == ["3", "4"]
    again(stored)
    assert left(stored) == ["1", "3", "4", "9"]
    assert remove_posts(stored, "x", [], NOW) == 0


def test_an_author_without_posts_goes_and_a_shared_text_stays(database: Database) -> None:
    store(database, [post(1, "same", author=ANA), post(2, "same", author=BOB)])
    remove_posts(database, "x", ["1"], NOW)
    assert rows(database, t.texts, "body") == [("same",)]
    assert len(rows(database, t.authors)) == 1


def test_topics_that_read_a_forgotten_text_go_and_others_stay(database: Database) -> None:
    store(database, [post(1, "Salma parle", author=ANA), post(2, "autre chose", author=BOB)])
    texts = {body: number for number, body, _ in texts_for_topics(database, SLUG, 9)}
    words = [(0, "salma", ["salma", "parle"], 1)]
    store_topics(database, SLUG, NOW, "m", words, [(texts["Salma parle"], 0)])
    other = [(0, "autre", ["autre"], 1)]
    store_topics(database, SLUG, NOW, "m", other, [(texts["autre chose"], 0)])
    forget_author(database, "x", secret=SECRET, now=NOW, handle="ana")
    assert rows(database, t.topics, "label") == [("autre",)]


def test_nothing_erased_stays_in_the_files_of_sqlite(database: Database) -> None:
    if database.dialect != "sqlite":
        pytest.skip("the files of PostgreSQL are not Sada's")
    store(database, [incoming(post(1, "unmistakable " * 500)), incoming(post(2))])
    folder = Path(str(database.engine.url.database)).parent
    assert b"unmistakable" in everything(folder)
    forget_post(database, "x", "1", secret=SECRET, now=NOW)
    assert b"unmistakable" not in everything(folder)
    with database.reading() as session:
        assert session.scalar(select(t.texts.c.body)) == "text 2"


def test_an_erasure_that_a_reader_holds_up_is_told_and_can_be_repeated(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.dialect != "sqlite":
        pytest.skip("PostgreSQL vacuums behind its readers")
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0)
    hasty = module.open_database(str(database.engine.url))
    store(hasty, [post(1, "unmistakable " * 500), post(2)])
    folder = Path(str(database.engine.url.database)).parent
    with database.reading() as session:
        session.execute(select(t.posts.c.id)).all()
        with pytest.raises(DatabaseBusy, match="another process reads"):
            forget_post(hasty, "x", "1", secret=SECRET, now=NOW)
    assert rows(hasty, t.texts, "body") == [("text 2",)]
    forget_post(hasty, "x", "1", secret=SECRET, now=NOW)
    assert b"unmistakable" not in everything(folder)
    hasty.close()


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
