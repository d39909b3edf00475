"""Storing pages: each post once, the best that is known of it, all or nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from storage_made import NOW, SECRET, SLUG, ZONE, batch, incoming, post, rows, store

from collectors.base import Author, Kind, Metrics, Post, Window
from storage import queries
from storage import tables as t
from storage.collecting import store_batch
from storage.database import Database
from storage.incoming import FILES
from storage.rows import Cut, LastRun, PostView
from storage.runs import end_run, last_runs, read_cursor, start_run, sweep_unfinished_runs

LATER = NOW + timedelta(minutes=30)


def only(db: Database) -> PostView:
    (view,) = queries.export_rows(db, SLUG)
    return view


def test_a_post_is_unique_by_platform_and_id(database: Database) -> None:
    first = store(database, [post(1), post(2), post(1, platform="reddit")])
    again = store(database, [post(2), post(3)], taken_at=LATER)
    assert (first.seen, first.added, first.changed) == (3, 3, 0)
    assert (again.seen, again.added, again.changed) == (2, 1, 0)
    assert len(rows(database, t.posts)) == 4


def test_a_post_twice_in_a_page_counts_once(database: Database) -> None:
    twice = [incoming(post(1, "old"), matched=("a",)), incoming(post(1, "new"), matched=("b",))]
    assert store(database, twice).added == 1
    assert (only(database).text, only(database).matched) == ("new", ["a", "b"])


def test_seeing_again_updates_text_and_metrics(database: Database) -> None:
    store(database, [post(1, "first", metrics=Metrics(likes=1, views=10))])
    edited = post(1, "second", metrics=Metrics(likes=5), edited=True)
    assert store(database, [edited], taken_at=LATER).changed == 1
    view = only(database)
    assert (view.text, view.likes, view.views) == ("second", 5, 10)
    assert rows(database, t.texts, "body") == [("second",)]
    seen = rows(database, t.posts, "first_seen_at", "last_seen_at", "edited", "engagement")
    assert seen == [(NOW, LATER, True, 5)]


def test_a_text_that_another_post_has_stays(database: Database) -> None:
    store(database, [post(1, "same"), post(2, "same")])
    store(database, [post(1, "other")], taken_at=LATER)
    assert rows(database, t.texts, "body") == [("other",), ("same",)]


def test_an_edit_to_a_text_that_comes_new_in_the_same_page(database: Database) -> None:
    store(database, [post(1, "old")], taken_at=LATER)
    store(database, [post(1, "outdated"), post(2, "outdated")], taken_at=NOW)
    assert rows(database, t.texts, "body") == [("old",), ("outdated",)]


def test_a_snapshot_only_when_a_metric_changed(database: Database) -> None:
    moments = [NOW + timedelta(minutes=n) for n in range(4)]
    for moment, likes in zip(moments, (1, 1, 2, None), strict=True):
        store(database, [post(1, metrics=Metrics(likes=likes))], taken_at=moment)
    store(database, [post(2)])
    taken = rows(database, t.snapshots, "taken_at", "likes")
    assert taken == [(moments[0], 1), (moments[2], 2)]


def test_an_outdated_view_only_fills_in(database: Database) -> None:
    store(database, [post(1, "now", metrics=Metrics(likes=9))], taken_at=LATER)
    store(database, [post(1, "before", metrics=Metrics(likes=1, views=7))], taken_at=NOW)
    view = only(database)
    assert (view.text, view.likes, view.views) == ("now", 9, 7)
    assert rows(database, t.posts, "last_seen_at") == [(LATER,)]


def test_membership_is_united_and_campaign_wins(database: Database) -> None:
    store(database, [incoming(post(1), scope="topic", matched=("b",))])
    store(database, [incoming(post(1), scope="campaign", matched=("a",), standing="owned")])
    store(database, [incoming(post(1), scope="topic", matched=("b",), standing="owned")])
    view = only(database)
    assert (view.scope, view.matched, view.standing) == ("campaign", ["a", "b"], "owned")


def test_a_look_that_does_not_name_the_author_changes_nothing_about_them(
    database: Database,
) -> None:
    known = Author("77", "TheNgo", followers=10, verified=True)
    store(database, [incoming(post(1, author=known), named=True, standing="owned")])
    store(database, [incoming(post(1, author=Author("77")))], work="look", taken_at=LATER)
    view = only(database)
    assert (view.standing, view.author) == ("owned", "TheNgo")
    assert rows(database, t.authors, "followers", "verified") == [(10, True)]


def test_a_post_can_belong_to_several_campaigns(database: Database) -> None:
    store(database, [post(1)])
    store(database, [post(1)], campaign="other")
    assert queries.campaigns_with_posts(database) == {SLUG: 1, "other": 1}
    assert len(rows(database, t.posts)) == 1


def test_a_file_never_overrules_a_live_source(database: Database) -> None:
    live = incoming(post(1, "live", metrics=Metrics(likes=9)), standing="owned")
    store(database, [live])
    file = incoming(post(1, "file", metrics=Metrics(likes=3, views=5)), scope="topic")
    store(database, [file], source=FILES, taken_at=LATER)
    view = only(database)
    assert (view.text, view.likes, view.views) == ("live", 9, 5)
    assert (view.scope, view.standing) == ("campaign", "owned")
    assert rows(database, t.memberships, "source") == [("x",)]


def test_a_live_source_and_a_newer_file_overrule_a_file(database: Database) -> None:
    store(database, [post(1, "first file")], source=FILES)
    store(database, [post(1, "second file")], source=FILES, taken_at=LATER)
    assert only(database).text == "second file"
    store(database, [post(1, "live")], taken_at=LATER + timedelta(minutes=1))
    assert only(database).text == "live"
    assert rows(database, t.memberships, "source") == [("x",)]


def test_authors_are_pseudonyms_except_listed_ones(database: Database) -> None:
    known = Author("77", "TheNgo", followers=10, verified=True)
    store(database, [incoming(post(1, author=known), named=True, standing="owned")])
    store(database, [post(2, author=Author("78", "a_person", followers=5)), post(3, author=None)])
    store(database, [post(4, author=Author("78", "a_person", followers=6))])
    views = {view.platform_id: view for view in queries.export_rows(database, SLUG)}
    assert views["1"].author == "TheNgo"
    assert len(views["2"].author) == 8
    assert views["2"].author == views["4"].author
    assert (views["3"].author, views["3"].author_id) == ("", None)
    stored = rows(database, t.authors, "handle", "followers")
    assert stored == [("TheNgo", 10), (None, 6)]
    assert "a_person" not in repr(rows(database, t.authors))


def test_what_an_author_does_not_say_stays_known(database: Database) -> None:
    store(database, [post(1, author=Author("5", "h", followers=3, verified=False))])
    store(database, [post(2, author=Author("5"))])
    assert rows(database, t.authors, "followers", "verified") == [(3, False)]


def test_moments_come_back_in_utc(database: Database) -> None:
    created = datetime(2026, 10, 4, 23, 30, 0, 123456, tzinfo=UTC)
    store(database, [post(1, created_at=created.astimezone(ZONE))])
    view = only(database)
    assert view.created_at == created
    assert view.created_at.tzinfo is UTC or view.created_at.utcoffset() == timedelta(0)
    assert view.day == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-02-14T22:59:59+00:00", "2026-02-14"),  # UTC+1
        ("2026-02-14T23:00:00+00:00", "2026-02-15"),
        ("2026-02-20T23:59:59+00:00", "2026-02-20"),  # UTC+0 in Ramadan
        ("2026-02-21T00:00:00+00:00", "2026-02-21"),
        ("2026-03-25T22:59:59+00:00", "2026-03-25"),  # UTC+1 again
        ("2026-03-25T23:00:00+00:00", "2026-03-26"),
    ],
)
def test_days_of_casablanca_around_ramadan(database: Database, moment: str, day: str) -> None:
    store(database, [post(1, created_at=datetime.fromisoformat(moment))])
    assert only(database).day == date.fromisoformat(day)
    assert [row.day for row in queries.daily(database, SLUG, Cut())] == [date.fromisoformat(day)]


ANY_TEXT = st.text(st.characters(codec=None), max_size=200) | st.sampled_from(
    [
        "\0",
        "\ud83d",
        "\ude00\ud83d",
        "\ud83d\ude00",
        "a\u200fb\u200d",
        "👩‍👩‍👧",
        "x" * 10_000,
        "",
        "%_\\'\";--",
    ]
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(ANY_TEXT, min_size=1, max_size=5), terms=st.lists(ANY_TEXT, max_size=3))
def test_any_text_survives(database: Database, texts: list[str], terms: list[str]) -> None:
    moment = NOW + timedelta(seconds=1)
    author = Author(texts[0], texts[-1])
    items = [
        incoming(
            post(n, text, author=author, parent_id=text, root_id=text, language_hint=text),
            matched=tuple(terms),
            named=True,
        )
        for n, text in enumerate(texts)
    ]
    store(database, items, taken_at=moment, cursor={"token": "\ud800"})
    by_id = {view.platform_id: view for view in queries.export_rows(database, SLUG)}
    for number, text in enumerate(texts):
        kept = by_id[str(number)].text
        kept.encode()
        assert "\0" not in kept
        assert len(kept) <= len(text)
        try:
            clean = "\0" not in text and text.encode() is not None
        except UnicodeEncodeError:
            clean = False
        assert not clean or kept == text


def test_absurd_lengths_and_counts_are_kept_apart(database: Database) -> None:
    long = ["i" * 5000 + end for end in "ab"]
    author = Author("a" * 5000, "h" * 5000, followers=10**30)
    posts = [
        post(one, author=author, metrics=Metrics(likes=-(10**30), views=10**30), parent_id=one)
        for one in long
    ]
    assert store(database, posts).added == 2
    assert store(database, posts).added == 0
    assert queries.daily(database, SLUG, Cut())[0].posts == 2


def test_a_page_is_stored_whole_or_not_at_all(database: Database) -> None:
    run = start_run(database, SLUG, "x", NOW)
    bad = incoming(post(2), scope=None)  # NOT NULL fails late, after the posts
    page = batch([post(1), bad], run=run, cursor={"a": "1"}, covered=Window(NOW, LATER))
    with pytest.raises(Exception, match=r"(?i)null"):
        store_batch(database, page, secret=SECRET, timezone=ZONE)
    assert rows(database, t.posts) == rows(database, t.texts) == rows(database, t.rollups) == []
    assert read_cursor(database, SLUG, "x", "q") == ({}, None)
    assert rows(database, t.ledger) == []
    assert rows(database, t.runs, "seen") == [(0,)]


def test_cursor_moves_with_the_page(database: Database) -> None:
    assert read_cursor(database, SLUG, "x", "q") == ({}, None)
    window = Window(NOW - timedelta(hours=2), NOW)
    store(database, [], cursor={"since_id": "5"}, covered=window)
    store(database, [], cursor={"since_id": "6", "next": "é"})
    assert read_cursor(database, SLUG, "x", "q") == ({"since_id": "6", "next": "é"}, NOW)
    assert read_cursor(database, SLUG, "x", "other") == ({}, None)


def test_runs_count_and_end(database: Database) -> None:
    run = start_run(database, SLUG, "x", NOW, ["q"])
    store(database, [post(1), post(2)], run=run, calls=2, billed=50, dollars=0.25)
    store(database, [post(2), post(3)], run=run, calls=1, billed=7, dollars=0.5)
    assert rows(database, t.runs, "seen", "added", "state") == [(4, 3, "running")]
    end_run(database, run, "ok", LATER, resume_at=LATER)
    assert last_runs(database) == {(SLUG, "x"): LastRun(NOW, "ok", LATER)}
    start_run(database, SLUG, "x", LATER)  # a second look moves no rhythm
    assert last_runs(database) == {(SLUG, "x"): LastRun(NOW, "ok", LATER)}
    assert queries.last_change(database, SLUG) == LATER


def test_runs_of_a_killed_process_are_swept(database: Database) -> None:
    start_run(database, SLUG, "x", NOW, ["q"])
    reddit = start_run(database, SLUG, "reddit", NOW, ["q"])
    end_run(database, reddit, "failed", LATER, "e" * 9999)
    assert sweep_unfinished_runs(database, LATER) == 1
    assert sweep_unfinished_runs(database, LATER) == 0
    states = {key: run.state for key, run in last_runs(database).items()}
    assert states == {(SLUG, "x"): "stopped", (SLUG, "reddit"): "failed"}


def test_kinds_and_parents_are_kept(database: Database) -> None:
    store(database, [post(n, kind=kind, parent_id="0") for n, kind in enumerate(Kind)])
    day = queries.daily(database, SLUG, Cut())[0]
    counts = (day.originals, day.reposts_made, day.replies_made, day.quotes_made)
    assert counts == (1, 1, 1, 1)


def test_many_posts_at_once(database: Database) -> None:
    posts = [post(n, author=Author(str(n))) for n in range(6_000)]
    assert store(database, posts).added == 6_000
    assert store(database, posts[::-1], taken_at=LATER).changed == 0
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(t.posts)) == 6_000


def test_a_later_post_object_is_not_changed(database: Database) -> None:
    one: Post = post(1)
    before = replace(one)
    store(database, [one])
    assert one == before


def test_an_invented_date_is_marked_until_the_true_one_is_told(database: Database) -> None:
    invented = post(1, created_at=NOW - timedelta(days=9), date_invented=True)
    assert store(database, [invented, post(2)], source="files").added == 2
    assert queries.invented_dates(database, SLUG) == 1
    again = store(database, [replace(invented, created_at=NOW - timedelta(days=5))], source="files")
    assert again.changed == 0
    told = store(database, [post(1)], source="files")
    assert told.days == {(NOW - timedelta(days=9)).date(), NOW.date()}
    assert rows(database, t.posts, "platform_id", "created_at", "day", "date_invented") == [
        ("1", NOW, NOW.date(), False),
        ("2", NOW, NOW.date(), False),
    ]
    assert [(row.day, row.posts) for row in queries.daily(database, SLUG, Cut())] == [
        (NOW.date(), 2)
    ]
    assert queries.invented_dates(database, SLUG) == 0
    assert store(database, [invented], source="files").changed == 0
