"""Named queries answer what pages, mail and export show."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from storage_made import NOW, SLUG, Understood, incoming, post, store

from collectors.base import Author, Kind, Metrics
from storage import queries
from storage.annotating import ensure_model, pending_texts, store_annotations
from storage.database import Database
from storage.queries.figures import authors_by_standing
from storage.queries.words import originals
from storage.rows import AuthorsRow, Cut, TopicVoices
from storage.topics import store_topics, texts_for_topics, topics_made_at


@pytest.fixture
def stored(database: Database) -> Database:
    """Six posts of three days, two platforms, annotated but for the last."""
    day = timedelta(days=1)
    ana, bob, cat = Author("1", "ana", 100), Author("2", "bob", 5000), Author("9", "cat", None)
    items = [
        incoming(post("a", "Bonjour 100%", author=ana, metrics=Metrics(likes=5, views=100))),
        incoming(post("b", "salut a tous", author=ana, created_at=NOW - day), scope="topic"),
        incoming(post("c", "BONJOUR aussi", author=bob, kind=Kind.REPLY)),
        incoming(post("d", "سلام", author=bob, metrics=Metrics(reposts=9)), standing="owned"),
        incoming(
            post("e", "1000 bonjours", platform="reddit", author=cat, created_at=NOW - 2 * day)
        ),
        incoming(post("f", "last_one", platform="reddit", author=None)),
    ]
    store(database, items[:5])
    model = ensure_model(database, "m", "1", 0.5, NOW)
    answers = {
        "سلام": Understood("ary-Arab", "pos", offensive=0.2),
        "salut a tous": Understood("fr", "neg", offensive=0.9),
    }
    texts = pending_texts(database, model, 99)
    store_annotations(database, model, [(i, answers.get(body, Understood())) for i, body in texts])
    store(database, items[5:])
    return database


def ids(db: Database, cut: Cut = Cut(), **how: Any) -> list[str]:  # noqa: B008
    page, total = queries.posts(db, SLUG, cut, **how)
    if "limit" not in how and "offset" not in how:
        assert total == len(page)
    return [view.platform_id for view in page]


@pytest.mark.parametrize(
    ("cut", "found"),
    [
        (Cut(), "abcdef"),
        (Cut(scope="campaign"), "acdef"),
        (Cut(scope="topic"), "b"),
        (Cut(platforms=("reddit",)), "ef"),
        (Cut(platforms=("reddit", "x"), standings=("owned",)), "d"),
        (Cut(languages=("ary-Arab",)), "d"),
        (Cut(languages=("",)), "f"),
        (Cut(languages=("", "fr")), "abcef"),
        (Cut(first=date(2026, 10, 4)), "abcdf"),
        (Cut(last=date(2026, 10, 4)), "be"),
        (Cut(first=date(2026, 10, 4), last=date(2026, 10, 4)), "b"),
    ],
)
def test_a_cut_means_the_same_everywhere(stored: Database, cut: Cut, found: str) -> None:
    assert sorted(ids(stored, cut)) == list(found)
    days = queries.daily(stored, SLUG, cut)
    assert sum(day.posts for day in days) == len(found)
    known = sum(sum(one.posts_per_author) for one in queries.authors(stored, SLUG, cut))
    assert known == len(set(found) - {"f"})


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ({"search": "bonjour"}, "ace"),
        ({"search": "100%"}, "a"),
        ({"search": "t_o"}, "f"),
        ({"search": "سلام"}, "d"),
        ({"search": "nothing"}, ""),
        ({"label": "neg"}, "b"),
        ({"label": "neu", "kind": "reply"}, "c"),
        ({"kind": "repost"}, ""),
    ],
)
def test_filters(stored: Database, how: dict[str, str], found: str) -> None:
    assert sorted(ids(stored, **how)) == list(found)


def test_search_knows_capitals_with_accents(database: Database) -> None:
    store(database, [post(1, "L'École est finie"), post(2, "à l'école"), post(3, "ecole")])
    assert sorted(ids(database, search="ÉCOLE")) == ["1", "2"]


def test_sorting_puts_the_unknown_last(stored: Database) -> None:
    assert ids(stored)[-2:] == ["b", "e"]
    assert ids(stored, descending=False)[:2] == ["e", "b"]
    assert ids(stored, sort="engagement")[:2] == ["d", "a"]
    assert ids(stored, sort="engagement", descending=False)[:2] == ["a", "d"]
    assert ids(stored, sort="views")[0] == "a"
    offensive = ids(stored, sort="offensive")
    assert (offensive[:2], offensive[-1]) == (["b", "d"], "f")
    with pytest.raises(ValueError, match="sorted"):
        ids(stored, sort="text; DROP TABLE posts")


def test_pages_cover_everything_once(stored: Database) -> None:
    for how in ({}, {"kind": "original"}):
        pages = [queries.posts(stored, SLUG, Cut(), offset=n, limit=2, **how) for n in (0, 2, 4, 6)]
        seen = [view.platform_id for page, _ in pages for view in page]
        assert len(set(seen)) == len(seen)
        assert {total for _, total in pages} == {len(seen)}


def test_a_view_has_everything_a_page_shows(stored: Database) -> None:
    (view,), _ = queries.posts(stored, SLUG, Cut(), search="salut")
    assert (view.language, view.label, view.offensive) == ("fr", "neg", 0.9)
    assert (view.text, view.scope, view.standing) == ("salut a tous", "topic", "earned")
    assert (view.likes, view.views, view.topic) == (None, None, None)


def test_authors_by_platform(stored: Database) -> None:
    reddit, x = queries.authors(stored, SLUG, Cut())
    assert reddit == AuthorsRow("reddit", 1, [1], [], 0)
    assert (x.platform, x.authors, x.potential_impressions) == ("x", 2, 2 * 100 + 2 * 5000)
    assert (sorted(x.posts_per_author), sorted(x.followers)) == ([2, 2], [100, 5000])


def test_authors_by_standing_are_those_of_each_cut(stored: Database) -> None:
    found = authors_by_standing(stored, SLUG, Cut())
    assert list(found) == ["earned", "owned"]
    for standing, rows in found.items():
        assert rows == queries.authors(stored, SLUG, Cut(standings=(standing,)))
    assert authors_by_standing(stored, SLUG, Cut(scope="nothing")) == {}


def test_originals_come_one_by_one_with_what_was_read(stored: Database) -> None:
    found = list(originals(stored, SLUG, Cut()))
    assert len(found) == 5, "the reply is no original"
    assert {row.text_id for row in originals(stored, SLUG, Cut(platforms=("reddit",)))} == {
        row.text_id for row in found if row.platform == "reddit"
    }
    told = sorted((row.language, row.offensive, row.author_id is None) for row in found)
    assert told[-1] == ("fr", True, False)
    assert ("", False, True) in told


def test_daily_is_grouped_as_asked(stored: Database) -> None:
    by_day = queries.daily(stored, SLUG, Cut())
    assert [(row.day.day, row.posts) for row in by_day] == [(3, 1), (4, 1), (5, 4)]
    assert {(row.platform, row.language) for row in by_day} == {("", "")}
    by_both = queries.daily(stored, SLUG, Cut(), ("platform", "language"))
    last = [(row.platform, row.language, row.posts) for row in by_both if row.day.day == 5]
    assert last == [("reddit", "", 1), ("x", "ary-Arab", 1), ("x", "fr", 2)]
    assert by_day[-1].views == 100
    assert (by_day[-1].viewed, by_day[-1].likes, by_day[-1].reposts) == (1, 5, 9)


def test_topics_of_the_newest_run(stored: Database) -> None:
    texts = texts_for_topics(stored, SLUG, 99)
    assert [day for _, _, day in texts] == sorted(day for _, _, day in texts)
    bodies = {body: text_id for text_id, body, _ in texts}
    assert "BONJOUR aussi" not in bodies, "a reply is no original"
    assert [body for _, body, _ in texts_for_topics(stored, SLUG, 3)][:1] != ["1000 bonjours"]
    store_topics(stored, SLUG, NOW, "old", [(0, "old", [], 1)], [])
    pairs = [(bodies["سلام"], 0), (bodies["Bonjour 100%"], 0), (bodies["salut a tous"], 1),
             (bodies["last_one"], -1), (10**6, 1)]  # fmt: skip
    found = [(-1, "rest", ["x"], 50), (0, "greetings", ["salam"], 2), (1, "more", ["tous"], 1)]
    store_topics(stored, SLUG, NOW + timedelta(hours=1), "new", found, pairs)
    first, second, rest = queries.topics(stored, SLUG, Cut())
    assert (first.number, first.label, first.words, first.size) == (0, "greetings", ["salam"], 2)
    assert (first.by_day, first.neu, first.pos) == ({date(2026, 10, 5): 2}, 1, 1)
    assert (second.by_day, second.neg) == ({date(2026, 10, 4): 1}, 1)
    assert (rest.number, rest.label, sum(rest.by_day.values())) == (-1, "", 1)
    assert ids(stored, topic=0) == ["d", "a"]
    (view,), total = queries.posts(stored, SLUG, Cut(), topic=1)
    assert (view.topic, total) == ("more", 1)
    assert queries.topics(stored, SLUG, Cut(scope="topic"))[0].by_day == {}
    assert topics_made_at(stored, SLUG) == NOW + timedelta(hours=1)
    assert queries.topic_voices(stored, SLUG, Cut()) == {
        0: TopicVoices(authors=2, effective=2.0),
        1: TopicVoices(authors=1, effective=1.0),
    }, "the last one has no author"
    assert queries.topic_authors(stored, SLUG, Cut(), 0) == 2
    assert queries.topic_authors(stored, SLUG, Cut(platforms=("reddit",)), 0) == 0
    one = Cut(first=date(2026, 10, 4), last=date(2026, 10, 4))
    assert queries.topic_voices(stored, SLUG, one) == {1: TopicVoices(1, 1.0)}


def test_only_two_topic_runs_are_kept(stored: Database) -> None:
    for number in range(4):
        store_topics(stored, SLUG, NOW, str(number), [(0, f"l{number}", [], 1)], [])
    assert [one.label for one in queries.topics(stored, SLUG, Cut())] == ["l3"]
    from storage_made import rows

    from storage import tables as t

    assert rows(stored, t.topic_runs, "model") == [("2",), ("3",)]
    assert rows(stored, t.topics, "label") == [("l2",), ("l3",)]


def test_no_topics_left_shows_none(stored: Database) -> None:
    store_topics(stored, SLUG, NOW, "m", [(0, "a", [], 1)], [])
    store_topics(stored, SLUG, NOW, "m", [], [])
    assert queries.topics(stored, SLUG, Cut()) == []


def test_the_export_has_all_posts_by_time(stored: Database) -> None:
    views = list(queries.export_rows(stored, SLUG))
    assert [view.platform_id for view in views[:2]] == ["e", "b"]
    assert sorted(view.platform_id for view in views) == list("abcdef")
    assert all(view.created_at.tzinfo == UTC for view in views)
    assert len({view.author_id for view in views}) == 4


def test_overview(stored: Database) -> None:
    assert queries.seen_range(stored, SLUG) == (date(2026, 10, 3), date(2026, 10, 5))
    assert queries.campaigns_with_posts(stored) == {SLUG: 6}
    assert queries.texts_waiting(stored) == 1
    assert queries.last_change(stored, SLUG) == NOW
    later = NOW + timedelta(seconds=1)
    assert set(queries.unchecked_ids(stored, SLUG, "reddit", later)) == {"e", "f"}


def test_an_unknown_campaign_has_nothing(stored: Database) -> None:
    assert queries.daily(stored, "unknown", Cut()) == []
    assert queries.authors(stored, "unknown", Cut()) == []
    assert queries.posts(stored, "unknown", Cut(), search="a") == ([], 0)
    assert queries.topics(stored, "unknown", Cut()) == []
    assert list(queries.export_rows(stored, "unknown")) == []
    assert queries.seen_range(stored, "unknown") is None
    assert queries.last_change(stored, "unknown") is None
    assert queries.unchecked_ids(stored, "unknown", "x", NOW) == []
    assert texts_for_topics(stored, "unknown", 9) == []


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="time zone"):
        store(database, [post(1)], taken_at=datetime(2026, 1, 1))
