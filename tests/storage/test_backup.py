"""A backup is restored, on either database, to exactly what it was."""

import stat
import zipfile
from pathlib import Path

import pytest
from storage_made import NOW, SECRET, SLUG, Understood, incoming, post, rows, store

from collectors.base import Author, Metrics, Window
from storage import tables as t
from storage.annotating import ensure_model, pending_texts, store_annotations
from storage.backup import backup, restore
from storage.coordination import Rule
from storage.copies import Printed, store_copies, waiting_posts
from storage.database import Database, open_database
from storage.deliveries import claim
from storage.erase import forget_post
from storage.errors import StorageError
from storage.labels import keep_answer, next_text
from storage.labels_draw import Wish, draw
from storage.migrate import HEAD
from storage.models import Base
from storage.runs import start_run
from storage.topics import store_topics, texts_for_topics
from storage.wanted import want_model, wanted_opened
from storage.warnings import tell_warnings


@pytest.fixture
def full(database: Database) -> Database:
    """A database with something in every table."""
    items = [
        incoming(
            post(
                n, f'نص {n} \x1f\n"\\ 👩‍👩‍👧', author=Author(str(n), "h"), metrics=Metrics(likes=n)
            ),
            matched=("ما_تسكتش", "a"),
            named=n == 1,
        )
        for n in range(5)
    ]
    run = start_run(database, SLUG, "x", NOW)
    store(database, items, run=run, cursor={"a": "é"}, covered=Window(NOW, NOW), dollars=0.1)
    store(database, [], covered=Window(NOW.replace(hour=1), NOW))
    model = ensure_model(database, "m", "1", 0.5, NOW)
    want_model(database, {"parts": {}}, "m", NOW)
    wanted_opened(database, {"parts": {}}, model, NOW)
    texts = pending_texts(database, model, 3)
    store_annotations(database, model, [(i, Understood(neg=1 / 3)) for i, _ in texts])
    forget_post(database, "x", "0", secret=SECRET, now=NOW)  # takes topics that read it along
    pairs = [(i, 0) for i, _, _ in texts_for_topics(database, SLUG, 9)]
    store_topics(database, SLUG, NOW, "m", [(0, "l", ["é"], 5)], pairs)
    claim(database, SLUG, NOW.date(), "a@example.org", "<1>", NOW)
    tell_warnings(database, SLUG, ["x dollars_in_all 100 near"], NOW.date(), NOW)
    prints = [Printed(i, i, 9, True, (-(2**63), 2**63 - 1)) for i, _ in texts]
    store_copies(database, prints, [i for i, _ in waiting_posts(database, 9)], 1, Rule())
    spans = {"during": (NOW.date(), NOW.date())}
    draw(database, SLUG, spans, Wish(per_period=3), key=b"k" * 16, now=NOW)
    item = next_text(database, SLUG, "amina", NOW)
    assert item is not None
    keep_answer(database, SLUG, "amina", item.post_id, item.text_key, "neg", False, NOW)
    return database


def contents(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {table.name: rows(db, table) for table in Base.metadata.sorted_tables}


def test_restored_is_equal_and_usable(
    url: str, full: Database, empty_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "backup.zip"
    before = contents(full)
    assert all(before.values()), [name for name, found in before.items() if not found]
    counts = backup(url, path)
    assert restore(empty_url, path) == counts
    restored = open_database(empty_url)
    try:
        assert contents(restored) == before
        assert counts == {name: len(found) for name, found in before.items()}
        assert store(restored, [post(100, author=Author("100"))]).added == 1
    finally:
        restored.close()


def test_a_backup_is_private_and_whole(url: str, full: Database, tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    backup(url, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part"))
    assert rows(full, t.posts)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def test_restore_never_overwrites(url: str, full: Database, tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    backup(url, path)
    before = contents(full)
    with pytest.raises(StorageError, match="not empty"):
        restore(url, path)
    assert contents(full) == before


def test_a_damaged_backup_changes_nothing(
    url: str, full: Database, empty_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "backup.zip"
    backup(url, path)
    assert rows(full, t.posts)
    whole = path.read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:cut])
        with pytest.raises(StorageError, match="damaged"):
            restore(empty_url, path)
    truncated(path, whole)
    with pytest.raises(StorageError, match=r"missing from posts"):
        restore(empty_url, path)
    path.write_bytes(whole)
    assert restore(empty_url, path)["posts"] == 4


def truncated(path: Path, whole: bytes) -> None:
    """A zip in order whose posts are incomplete."""
    path.write_bytes(whole)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    # Only members that nothing refers to may shrink without breaking a foreign key first.
    for name in ("memberships", "snapshots"):
        members[f"{name}.ndjson"] = b""
    members["posts.ndjson"] = b"\n".join(members["posts.ndjson"].split(b"\n")[:2]) + b"\n"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_another_version_is_refused(url: str, empty_url: str, tmp_path: Path) -> None:
    path, other = tmp_path / "backup.zip", tmp_path / "other.zip"
    backup(url, path)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name).replace(f'"{HEAD}"'.encode(), b'"9999"'))
    with pytest.raises(StorageError, match="version 9999"):
        restore(empty_url, other)


def test_what_cannot_be_is_said_in_one_line(url: str, empty_url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such file"):
        restore(url, tmp_path / "absent.zip")
    with pytest.raises(StorageError, match="cannot be written"):
        backup(url, tmp_path / "absent" / "backup.zip")
    with pytest.raises(StorageError, match="sada db upgrade"):
        backup(empty_url, tmp_path / "backup.zip")
    assert not list(tmp_path.glob("*.zip*"))
