"""The daily sums are what a recount of the posts gives, whatever happened before."""

import json
from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from storage_made import NOW, SECRET, SLUG, Understood, incoming, post, rows, store

from collectors.base import Author, Kind, Metrics
from storage import queries
from storage import tables as t
from storage.annotating import (
    ensure_model,
    pending_texts,
    remake_rollups,
    show_model,
    shown_model,
    store_annotations,
)
from storage.database import Database
from storage.erase import forget_author, forget_post, remove_posts
from storage.rollups import KEYS, SUMS
from storage.rows import Cut

THRESHOLD = 0.5


def recounted(db: Database) -> dict[tuple[Any, ...], dict[str, int]]:
    """The sums, made the slow way in Python."""
    shown = shown_model(db)
    with db.reading() as session:
        annotated = {
            row.text_id: row
            for row in session.execute(select(t.annotations))
            if shown and row.model_id == shown[0]
        }
        members = session.execute(
            select(*(t.memberships.c[n] for n in ("campaign_id", "scope", "standing")), t.posts)
            .join_from(t.memberships, t.posts)
        ).all()  # fmt: skip
    sums: defaultdict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for row in members:
        read = annotated.get(row.text_id)
        language = read.language if read else ""
        key = (row.campaign_id, row.day, row.platform, language, row.scope, row.standing)
        sums[key].update(_part(row, read))
    return {key: {name: total[name] for name in SUMS} for key, total in sums.items()}


def _part(row: Any, read: Any) -> dict[str, int]:
    part = {"posts": 1, "viewed": int(row.views is not None)}
    names = {"original": "originals", "repost": "reposts_made", "reply": "replies_made"}
    part[names.get(row.kind, "quotes_made")] = 1
    for metric in ("likes", "reposts", "replies", "quotes", "saves", "views"):
        part[metric] = getattr(row, metric) or 0
    if row.kind == "original":
        part["signposted"] = int(row.signposted)
        if read is not None:
            part |= {"annotated": 1, read.label: 1, "offensive": int(read.offensive >= THRESHOLD)}
    return part


def kept(db: Database) -> dict[tuple[Any, ...], dict[str, int]]:
    return {
        row[: len(KEYS)]: dict(zip(SUMS, row[len(KEYS) :], strict=True))
        for row in rows(db, t.rollups, *KEYS, *SUMS)
    }


NUMBERS = st.none() | st.integers(0, 50)
ITEMS = st.builds(
    lambda number, text, kind, days, author, metrics, scope, standing, signposted: incoming(
        post(
            number,
            text,
            kind=kind,
            created_at=NOW - timedelta(days=days),
            author=author,
            metrics=metrics,
            parent_id="1",
        ),
        scope=scope,
        standing=standing,
        signposted=signposted,
    ),
    st.integers(0, 8),
    st.sampled_from(["a", "b", "c", "d"]),
    st.sampled_from(Kind),
    st.integers(0, 2),
    st.none() | st.builds(Author, st.sampled_from("12"), st.sampled_from(["one", "two"])),
    st.builds(Metrics, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    st.sampled_from(["campaign", "topic"]),
    st.sampled_from(["earned", "owned"]),
    st.booleans(),
)
READ = st.builds(
    Understood,
    language=st.sampled_from(["fr", "ary-Latn"]),
    label=st.sampled_from(["neg", "neu", "pos"]),
    offensive=st.sampled_from([0.1, 0.5, 0.9]),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("store"),
            st.lists(ITEMS, max_size=6),
            st.sampled_from([SLUG, "other"]),
            st.sampled_from(["x", "files"]),
            st.integers(-1, 1),
        ),
        st.tuples(st.just("annotate"), st.integers(1, 2), st.integers(1, 3), READ),
        st.tuples(st.just("show"), st.integers(1, 2)),
        st.tuples(st.just("remove"), st.integers(0, 8)),
        st.tuples(st.just("forget"), st.integers(0, 8)),
        st.tuples(st.just("forget author"), st.sampled_from(["one", "two"])),
    ),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_sums_equal_a_recount(database: Database, steps: list[tuple[Any, ...]]) -> None:
    empty(database)
    models = {n: ensure_model(database, "model", str(n), THRESHOLD, NOW) for n in (1, 2)}
    for step in steps:
        apply(database, models, step)
        assert kept(database) == recounted(database)
    before = kept(database)
    remake_rollups(database)
    assert kept(database) == before


def apply(db: Database, models: dict[int, int], step: tuple[Any, ...]) -> None:
    match step:
        case ("store", items, slug, source, minutes):
            moment = NOW + timedelta(minutes=minutes)
            store(db, items, campaign=slug, source=source, taken_at=moment)
        case ("annotate", model, limit, read):
            texts = pending_texts(db, models[model], limit)
            store_annotations(db, models[model], [(text_id, read) for text_id, _ in texts])
        case ("show", model):
            show_model(db, models[model])
        case ("remove", number):
            remove_posts(db, "x", [str(number)], NOW)
        case ("forget", number):
            forget_post(db, "x", str(number), secret=SECRET, now=NOW)
        case ("forget author", handle):
            forget_author(db, "x", handle=handle, secret=SECRET, now=NOW)


def empty(db: Database) -> None:
    with db.writing() as session:
        for table in reversed(t.posts.metadata.sorted_tables):
            session.execute(table.delete())


def test_annotating_moves_posts_into_their_language(database: Database) -> None:
    store(database, [post(1, "a"), post(2, "a"), post(3, "b", kind=Kind.REPOST)])
    assert [row.language for row in queries.daily(database, SLUG, Cut(), ("language",))] == [""]
    model = ensure_model(database, "m", "1", THRESHOLD, NOW)
    assert queries.texts_waiting(database) == 2
    read = Understood(language="ary-Latn", label="neg", offensive=0.5)
    store_annotations(
        database, model, [(text_id, read) for text_id, _ in pending_texts(database, model, 9)]
    )
    assert queries.texts_waiting(database) == 0
    (day,) = queries.daily(database, SLUG, Cut(), ("language",))
    assert (day.language, day.posts, day.originals) == ("ary-Latn", 3, 2)
    assert (day.annotated, day.neg, day.offensive) == (2, 2, 2)


def test_a_new_model_is_shown_only_when_told(database: Database) -> None:
    store(database, [post(1)])
    old, new = (ensure_model(database, "m", version, THRESHOLD, NOW) for version in "12")
    assert shown_model(database) == (old, "m", "1")
    for model, label in ((old, "neg"), (new, "pos")):
        (pending,) = pending_texts(database, model, 9)
        store_annotations(database, model, [(pending[0], Understood(label=label))])
    assert queries.daily(database, SLUG, Cut())[0].neg == 1
    show_model(database, new)
    day = queries.daily(database, SLUG, Cut())[0]
    assert (day.neg, day.pos) == (0, 1)
    assert shown_model(database) == (new, "m", "2")


def test_annotations_of_erased_texts_are_left_out(database: Database) -> None:
    store(database, [post(1), post(2)])
    model = ensure_model(database, "m", "1", THRESHOLD, NOW)
    pending = pending_texts(database, model, 9)
    remove_posts(database, "x", ["1"], NOW)
    store_annotations(database, model, [(text_id, Understood()) for text_id, _ in pending])
    assert len(rows(database, t.annotations)) == 1
    assert kept(database) == recounted(database)


def test_another_threshold_changes_the_figures(database: Database) -> None:
    store(database, [post(1)])
    model = ensure_model(database, "m", "1", 0.9, NOW)
    store_annotations(
        database, model, [(pending_texts(database, model, 1)[0][0], Understood(offensive=0.6))]
    )
    assert queries.daily(database, SLUG, Cut())[0].offensive == 0
    assert ensure_model(database, "m", "1", 0.6, NOW) == model
    assert queries.daily(database, SLUG, Cut())[0].offensive == 1


def test_terms_are_stored_as_they_are(database: Database) -> None:
    store(database, [incoming(post(1), matched=("ما_تسكتش", "#é"))])
    (matched,) = rows(database, t.memberships, "matched")[0]
    assert json.dumps(sorted(matched)) == json.dumps(sorted(["#é", "ما_تسكتش"]))
