"""Which posts are looked at again, and the curves that come of it, on both databases."""

from datetime import timedelta

from storage_made import NOW, SLUG, post, store

from collectors.base import Kind, Metrics
from storage.database import Database
from storage.queries import engagement_curve, shown_posts, unchecked_ids, young_posts
from storage.rows import Cut, Shown

HOUR = timedelta(hours=1)


def look(db: Database, number: int, hours: float, likes: int) -> None:
    one = post(number, created_at=NOW, metrics=Metrics(likes=likes))
    store(db, [one], taken_at=NOW + hours * HOUR, work="look", looked=[("x", str(number))])


def test_young_posts_and_when_they_were_shown_last(database: Database) -> None:
    store(database, [post("old", created_at=NOW - 300 * HOUR), post("new")])
    store(database, [post("repost", kind=Kind.REPOST), post("file")], source="files")
    store(database, [], work="look", looked=[("x", "new")], taken_at=NOW + 2 * HOUR)
    found = {one.platform_id: one for one in young_posts(database, SLUG, "x", NOW - 9 * HOUR)}
    assert set(found) == {"new", "file"}
    assert found["new"].checked_at == NOW + 2 * HOUR, "asked for in vain counts as asked"
    assert found["file"].checked_at == found["file"].created_at, "a file checks nothing"


def test_unchecked_posts_come_longest_ago_first(database: Database) -> None:
    store(database, [post(1)])
    store(database, [post(2)], taken_at=NOW + HOUR)
    store(database, [], work="look", looked=[("x", "1")], taken_at=NOW + 3 * HOUR)
    assert unchecked_ids(database, SLUG, "x", NOW + 4 * HOUR) == ["2", "1"]
    assert unchecked_ids(database, SLUG, "x", NOW + 2 * HOUR) == ["2"]


def test_when_posts_were_shown_by_their_platform(database: Database) -> None:
    store(database, [post(1, created_at=NOW)], taken_at=NOW + HOUR)
    store(database, [post(2, created_at=NOW)], source="files", taken_at=NOW + HOUR)
    store(database, [], work="look", looked=[("x", "1")], taken_at=NOW + 3 * HOUR)
    assert shown_posts(database, "x", ["1", "2", "3"]) == {
        "1": Shown(NOW, NOW + HOUR),
        "2": Shown(NOW, NOW),
    }
    assert shown_posts(database, "reddit", ["1"]) == {}


def test_a_look_without_change_is_part_of_the_curve(database: Database) -> None:
    numbers = range(12)
    store(database, [post(n, metrics=Metrics(likes=n)) for n in numbers])
    for number in numbers:
        look(database, number, 1.1, number)
        look(database, number, 25, number + 10)
        look(database, number, 73, number + 10)
    found = engagement_curve(database, SLUG, Cut())
    assert [(point.hours, point.posts, point.middle) for point in found] == [
        (1, 12, 5.5),
        (24, 12, 15.5),
        (72, 12, 15.5),
    ]
    assert found[1].low < found[1].middle < found[1].high


def test_posts_that_were_found_late_have_no_curve(database: Database) -> None:
    numbers = range(12)
    store(database, [post(n, created_at=NOW - 20 * HOUR) for n in numbers])
    for number in numbers:
        look(database, number, 5, 3)
    assert engagement_curve(database, SLUG, Cut()) == []
    assert engagement_curve(database, "unknown", Cut()) == []
