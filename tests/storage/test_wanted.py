"""A change of model: the old one is shown whole until the new one has read everything."""

import pytest
from sqlalchemy import func, select
from storage_made import NOW, SLUG, Understood, post, rows, store

from storage import queries
from storage import tables as t
from storage.annotating import ensure_model, pending_texts, store_annotations
from storage.database import Database
from storage.rows import Cut
from storage.wanted import (
    prune_models,
    reading_progress,
    show_when_whole,
    shown,
    want_model,
    wanted_failed,
    wanted_model,
    wanted_opened,
)

OLD: dict[str, object] = {}
NEW = {"parts": {"sentiment": {"model": "owner/name"}}}


def read(db: Database, model: int, label: str, limit: int = 99) -> None:
    texts = pending_texts(db, model, limit)
    store_annotations(db, model, [(i, Understood(label=label)) for i, _ in texts])


def negatives(db: Database) -> tuple[int, int]:
    (day,) = queries.daily(db, SLUG, Cut())
    return day.neg, day.annotated


@pytest.fixture
def old(database: Database) -> int:
    """Ten posts, read and shown by the old model."""
    store(database, [post(n) for n in range(10)])
    want_model(database, OLD, "embedded", NOW)
    model = ensure_model(database, "old", "1", 0.5, NOW)
    wanted_opened(database, OLD, model, NOW)
    read(database, model, "neg")
    assert show_when_whole(database, model)
    return model


def test_nothing_is_under_way_while_the_shown_model_is_the_wanted_one(
    database: Database, old: int
) -> None:
    assert reading_progress(database) is None
    model = shown(database)
    assert model is not None
    assert (model.id, model.recipe) == (old, OLD)


def test_a_new_model_is_shown_at_once_when_it_has_read_all(database: Database, old: int) -> None:
    want_model(database, NEW, "sentiment: owner/name", NOW)
    progress = reading_progress(database)
    assert progress is not None
    assert (progress.shown, progress.wanted) == ("old 1", "sentiment: owner/name")
    assert (progress.read, progress.texts) == (0, 10)

    new = ensure_model(database, "new", "1", 0.5, NOW)
    wanted_opened(database, NEW, new, NOW)
    read(database, new, "pos", limit=4)
    progress = reading_progress(database)
    assert progress is not None
    assert (progress.wanted, progress.read, progress.share) == ("new 1", 4, 0.4)
    assert not show_when_whole(database, new)
    assert negatives(database) == (10, 10)

    read(database, new, "pos")
    assert show_when_whole(database, new)
    assert negatives(database) == (0, 10)
    assert reading_progress(database) is None


def test_a_text_that_came_last_makes_the_switch_wait(database: Database, old: int) -> None:
    new = ensure_model(database, "new", "1", 0.5, NOW)
    read(database, new, "pos")
    store(database, [post(99)])
    assert not show_when_whole(database, new)
    read(database, old, "neg")
    assert negatives(database) == (11, 11)
    read(database, new, "pos")
    assert show_when_whole(database, new)


def test_asking_for_the_same_again_forgets_nothing(database: Database, old: int) -> None:
    want_model(database, OLD, "embedded", NOW)
    wanted = wanted_model(database)
    assert wanted is not None
    assert wanted.model_id == old


def test_going_back_is_no_change_that_is_under_way(database: Database, old: int) -> None:
    want_model(database, NEW, "new", NOW)
    assert reading_progress(database) is not None
    want_model(database, OLD, "embedded", NOW)
    assert reading_progress(database) is None


def test_why_a_model_cannot_be_used_is_kept_until_it_can(database: Database, old: int) -> None:
    want_model(database, NEW, "new", NOW)
    wanted_failed(database, OLD, "of a model that is wanted no more", NOW)
    wanted_failed(database, NEW, "no network", NOW)
    progress = reading_progress(database)
    assert progress is not None
    assert progress.error == "no network"
    assert negatives(database) == (10, 10)
    wanted_opened(database, NEW, ensure_model(database, "new", "1", 0.5, NOW), NOW)
    progress = reading_progress(database)
    assert progress is not None
    assert progress.error == ""


def test_a_shown_model_that_fails_later_is_told_too(database: Database, old: int) -> None:
    wanted_failed(database, OLD, "its process was killed", NOW)
    progress = reading_progress(database)
    assert progress is not None
    assert (progress.error, progress.shown) == ("its process was killed", progress.wanted)


def test_going_back_is_quick(database: Database, old: int) -> None:
    new = ensure_model(database, "new", "1", 0.5, NOW)
    read(database, new, "pos")
    show_when_whole(database, new)
    assert ensure_model(database, "old", "1", 0.5, NOW) == old
    assert pending_texts(database, old, 9) == []
    assert show_when_whole(database, old)
    assert negatives(database) == (10, 10)


def test_pruning_keeps_what_is_shown_and_what_is_wanted(
    database: Database, old: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.wanted.PRUNED_AT_ONCE", 3)
    forgotten = ensure_model(database, "forgotten", "1", 0.5, NOW)
    new = ensure_model(database, "new", "1", 0.5, NOW)
    want_model(database, NEW, "new", NOW)
    wanted_opened(database, NEW, new, NOW)
    for model in (forgotten, new):
        read(database, model, "pos")
    assert prune_models(database) == [("forgotten 1", 10)]
    assert prune_models(database) == []
    assert {name for (name,) in rows(database, t.models, "name")} == {"old", "new"}
    with database.reading() as session:
        kept = session.scalar(select(func.count()).select_from(t.annotations))
    assert kept == 20
    assert negatives(database) == (10, 10)
