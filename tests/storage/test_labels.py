"""The sample drawn for labelling and the answers on it, on both databases."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from storage_made import NOW, SECRET, SLUG, Understood, post, rows, store

from collectors.base import Author, Kind
from storage import tables as t
from storage.annotating import ensure_model, pending_texts, store_annotations
from storage.database import Database, open_database
from storage.erase import forget_author, remove_posts
from storage.labels import keep_answer, next_text, take_back
from storage.labels_draw import Wish, draw
from storage.labels_queue import CLAIM
from storage.labels_rows import Item, LabelError
from storage.migrate import upgrade
from storage.queries.labels import label_sample, labelled_frame, last_answer
from storage.rows import Cut

BEFORE = (date(2026, 9, 1), date(2026, 9, 30))
DURING = (date(2026, 10, 1), date(2026, 10, 31))
SPANS = {"before": BEFORE, "during": DURING}
LANGUAGES = ("fr", "ary-Arab", "ary-Latn")
KEY = b"k" * 16


def fill(db: Database, count: int = 60, first: int = 0, seen: datetime = NOW) -> None:
    """Originals by turns before and during, in three languages, and a repost of each tenth."""
    made = []
    for number in range(first, first + count):
        when = NOW - timedelta(days=20 * (number % 2))
        author = Author(f"a{number % 7}")
        made.append(post(number, f"texte {number}", created_at=when, author=author))
        if number % 10 == 0:
            made.append(post(f"r{number}", f"RT texte {number}", kind=Kind.REPOST, created_at=when))
    store(db, made, taken_at=seen)
    model = ensure_model(db, "m", "1", 0.5, NOW)
    waiting = pending_texts(db, model, 9999)
    store_annotations(db, model, [(number, reading(body)) for number, body in waiting])


def reading(body: str) -> Understood:
    number = int(body.rsplit(maxsplit=1)[-1])
    label = ("neg", "neu", "pos")[number % 3]
    return Understood(LANGUAGES[number % 3], label, offensive=0.9 if number % 5 == 0 else 0.1)


def drawn(db: Database, **wish: object) -> list[tuple[str, int, int, int]]:
    found = draw(db, SLUG, SPANS, Wish(**wish), key=KEY, now=NOW)  # type: ignore[arg-type]
    return [(one.phase, one.population, one.drawn, one.added) for one in found]


def answer(
    db: Database, item: Item | None, who: str, sentiment: str | None, *, minute: int = 0,
    offensive: bool = False,
) -> bool:  # fmt: skip
    assert item is not None
    now = NOW + timedelta(minutes=minute)
    return keep_answer(db, SLUG, who, item.post_id, item.text_key, sentiment, offensive, now)


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database)
    return database


def test_a_draw_fills_each_phase_once(filled: Database) -> None:
    assert drawn(filled, per_period=10, seed=4) == [("before", 30, 10, 10), ("during", 30, 10, 10)]
    assert drawn(filled, per_period=10) == [("before", 30, 10, 0), ("during", 30, 10, 0)]
    assert drawn(filled, more=50) == [("before", 30, 30, 20), ("during", 30, 30, 20)]
    samples, answers = label_sample(filled, SLUG)
    assert answers == []
    assert [one.position for one in samples] == list(range(60))
    assert {one.phase for one in samples[:2]} == set(SPANS)
    assert {one.chance for one in samples} == {1.0}
    assert all(one.stratum == one.language for one in samples)
    assert not any(one.platform_id.startswith("r") for one in samples)


def test_drawing_in_two_goes_is_drawing_in_one(database: Database) -> None:
    fill(database)
    drawn(database, per_period=8)
    drawn(database, more=7)
    twice = {(one.platform_id, round(one.chance, 9)) for one in label_sample(database, SLUG)[0]}
    with database.writing() as session:
        session.execute(text("DELETE FROM label_samples"))
    drawn(database, per_period=15)
    assert twice == {
        (one.platform_id, round(one.chance, 9)) for one in label_sample(database, SLUG)[0]
    }


def test_a_sample_keeps_its_seed_and_overlap(filled: Database) -> None:
    drawn(filled, per_period=5, seed=9, overlap=0.5)
    with pytest.raises(LabelError, match="begun with 9"):
        drawn(filled, more=5, seed=8)
    with pytest.raises(LabelError, match=r"begun with 0\.5"):
        drawn(filled, more=5, overlap=0.1)
    for wish in ({"per_period": -1}, {"more": 10**9}, {"seed": 2**40}, {"overlap": 2.0}):
        with pytest.raises(LabelError):
            drawn(filled, **wish)


def test_what_is_held_apart_is_neither_drawn_nor_shown_nor_part_of_the_whole(
    filled: Database,
) -> None:
    def victim(body: str) -> bool:
        return int(body.rsplit(maxsplit=1)[-1]) % 4 == 0

    draw(filled, SLUG, SPANS, Wish(per_period=99), key=KEY, now=NOW, held_apart=victim)
    samples, _ = label_sample(filled, SLUG)
    assert {int(one.platform_id) % 4 for one in samples} == {1, 2, 3}
    later = next_text(filled, SLUG, "AB", NOW, held_apart=lambda body: True)
    assert later is None
    frame = labelled_frame(filled, SLUG, Cut(), held_apart=victim)
    assert len(frame.labels) == 45


def test_nothing_is_drawn_where_nothing_is_stored(database: Database) -> None:
    assert drawn(database, per_period=5) == [("before", 0, 0, 0), ("during", 0, 0, 0)]
    assert next_text(database, SLUG, "AB", NOW) is None
    assert take_back(database, SLUG, "AB", NOW) is None
    assert label_sample(database, SLUG) == ([], [])
    assert last_answer(database, SLUG) == (0, None)
    assert labelled_frame(database, SLUG, Cut()).labels == ()
    assert keep_answer(database, SLUG, "AB", 1, "00", "neg", None, NOW) is False


def test_texts_are_shown_one_after_the_other_and_kept_from_others(filled: Database) -> None:
    drawn(filled, per_period=3, overlap=0.0)
    first = next_text(filled, SLUG, "AB", NOW)
    other = next_text(filled, SLUG, "CD", NOW)
    assert first is not None
    assert other is not None
    assert first.post_id != other.post_id
    assert next_text(filled, SLUG, "AB", NOW) == first
    assert answer(filled, first, "AB", "neg")
    assert answer(filled, other, "CD", "pos", offensive=True)
    seen = {first.post_id, other.post_id}
    for who in ("AB", "CD"):
        later = next_text(filled, SLUG, who, NOW)
        assert later is not None
        assert later.post_id not in seen
    long_after = NOW + CLAIM + timedelta(seconds=1)
    forgotten = next_text(filled, SLUG, "EF", long_after)
    assert forgotten is not None
    assert forgotten.post_id not in seen


def finish(db: Database, who: str, sentiment: str | None) -> int:
    count = 0
    while (item := next_text(db, SLUG, who, NOW)) is not None:
        assert answer(db, item, who, sentiment, minute=count)
        count += 1
    return count


def test_doubled_texts_go_to_two_people_and_ties_to_a_third(filled: Database) -> None:
    drawn(filled, per_period=4, overlap=0.5)
    doubled = sum(one.doubled for one in label_sample(filled, SLUG)[0])
    assert 0 < doubled < 8
    assert finish(filled, "AB", "neg") == 8
    assert finish(filled, "CD", "pos") == doubled
    assert next_text(filled, SLUG, "AB", NOW, disputed=True) is None
    tied = next_text(filled, SLUG, "EF", NOW, disputed=True)
    assert tied is not None
    frame = labelled_frame(filled, SLUG, Cut())
    assert sum(one.disputed for one in frame.settled.values()) == doubled
    assert finish(filled, "EF", "neg") == doubled
    frame = labelled_frame(filled, SLUG, Cut())
    assert {(one.sentiment, one.negative) for one in frame.settled.values()} == {("neg", 1.0)}


def test_what_is_skipped_goes_to_others_and_does_not_count(filled: Database) -> None:
    drawn(filled, per_period=2, overlap=0.0)
    assert finish(filled, "AB", None) == 4
    assert labelled_frame(filled, SLUG, Cut()).settled == {}
    assert finish(filled, "CD", "neu") == 4
    assert len(labelled_frame(filled, SLUG, Cut()).settled) == 4


def test_the_last_answer_can_be_taken_back(filled: Database) -> None:
    drawn(filled, per_period=3)
    first = next_text(filled, SLUG, "AB", NOW)
    answer(filled, first, "AB", "neg", offensive=True)
    second = next_text(filled, SLUG, "AB", NOW)
    answer(filled, second, "AB", "pos", minute=1)
    assert first is not None
    back = take_back(filled, SLUG, "AB", NOW)
    assert back is not None
    assert second is not None
    assert back.post_id == second.post_id
    again = take_back(filled, SLUG, "AB", NOW)
    assert again is not None
    assert (again.post_id, again.given and again.given.sentiment) == (first.post_id, "neg")
    assert take_back(filled, SLUG, "AB", NOW) is None
    assert take_back(filled, SLUG, "CD", NOW) is None
    assert last_answer(filled, SLUG)[0] == 0


def test_an_edited_text_is_asked_for_anew(filled: Database) -> None:
    drawn(filled, per_period=99, overlap=0.0)
    item = next_text(filled, SLUG, "AB", NOW)
    assert item is not None
    answer(filled, item, "AB", "neg")
    number = item.text.split()[-1]
    edited = post(number, "texte 1000", created_at=NOW - timedelta(days=20 * (int(number) % 2)))
    store(filled, [edited], taken_at=NOW + timedelta(hours=1))
    assert [one.current for one in label_sample(filled, SLUG)[1]] == [False]
    assert keep_answer(filled, SLUG, "AB", item.post_id, item.text_key, "pos", None, NOW) is False
    anew = next_text(filled, SLUG, "AB", NOW)
    assert anew is not None
    assert (anew.post_id, anew.text) == (item.post_id, "texte 1000")
    assert labelled_frame(filled, SLUG, Cut()).settled == {}
    assert answer(filled, anew, "AB", "pos", minute=5)
    assert [one.sentiment for one in label_sample(filled, SLUG)[1]] == ["pos"]


def test_erased_posts_take_their_labels_along(filled: Database) -> None:
    drawn(filled, per_period=99)
    finish(filled, "AB", "neg")
    assert len(rows(filled, t.labels)) == 60
    remove_posts(filled, "x", ["0", "1"], NOW)
    assert len(rows(filled, t.labels)) == len(rows(filled, t.label_samples)) == 58
    forget_author(filled, "x", secret=SECRET, now=NOW, author_id="a3")
    samples, answers = label_sample(filled, SLUG)
    assert len(samples) == len(answers) == 60 - 2 - 9
    next_text(filled, SLUG, "AB", NOW)


def test_the_frame_holds_all_originals_with_their_labels(filled: Database) -> None:
    drawn(filled, per_period=4, overlap=0.0)
    item = next_text(filled, SLUG, "AB", NOW)
    answer(filled, item, "AB", "neg", offensive=True)
    frame = labelled_frame(filled, SLUG, Cut(first=DURING[0], last=DURING[1]))
    other = labelled_frame(filled, SLUG, Cut(first=BEFORE[0], last=BEFORE[1]))
    assert len(frame.labels) == len(other.labels) == len(frame.authors) == 30
    assert len(frame.settled) + len(other.settled) == 1
    assert set(frame.strata) == {(name, 0) for name in LANGUAGES}
    assert sum(frame.offensive) + sum(other.offensive) == 12
    settled = next(iter((frame.settled | other.settled).values()))
    assert (settled.negative, settled.offensive, settled.answers) == (1.0, 1.0, 1)


def test_posts_that_came_after_a_draw_are_strata_of_their_own(filled: Database) -> None:
    drawn(filled, per_period=4)
    fill(filled, 20, first=100, seen=NOW + timedelta(days=1))
    frame = labelled_frame(filled, SLUG, Cut())
    eras = [era for _language, era in frame.strata]  # type: ignore[misc]
    assert (eras.count(0), eras.count(1)) == (60, 20)
    later = draw(filled, SLUG, SPANS, Wish(more=10), key=KEY, now=NOW + timedelta(days=2))
    assert [one.added for one in later] == [10, 10]


@pytest.mark.parametrize("name", ["", "  \n ", "x" * 41])
def test_nobody_answers_without_a_name(filled: Database, name: str) -> None:
    with pytest.raises(LabelError, match="annotator"):
        next_text(filled, SLUG, name, NOW)
    with pytest.raises(LabelError):
        keep_answer(filled, SLUG, name, 1, "", "neg", None, NOW)
    with pytest.raises(LabelError):
        take_back(filled, SLUG, name, NOW)
    with pytest.raises(LabelError, match="sentiment"):
        keep_answer(filled, SLUG, "AB", 1, "", "angry", None, NOW)


def test_a_database_of_the_first_version_gets_the_tables_and_keeps_its_posts(
    empty_url: str,
) -> None:
    upgrade(empty_url, "0003")
    database = open_database(empty_url)
    with database.writing() as session:
        session.execute(t.texts.insert().values(id=1, digest=b"d" * 16, body="texte 1"))
        for statement in (
            "INSERT INTO campaigns (id, slug) VALUES (1, 'campaign')",
            "INSERT INTO posts (id, platform, platform_id, created_at, day, text_id, kind, edited,"
            " signposted, from_file, first_seen_at, last_seen_at) VALUES (1, 'x', '7',"
            " '2026-10-02 09:00:00', '2026-10-02', 1, 'original', false, false, false,"
            " '2026-10-02 10:00:00', '2026-10-02 10:00:00')",
            "INSERT INTO memberships (campaign_id, post_id, source, scope, standing, matched)"
            " VALUES (1, 1, 'x', 'campaign', 'earned', '[]')",
        ):
            session.execute(text(statement))
    upgrade(empty_url)
    model = ensure_model(database, "m", "1", 0.5, NOW)
    store_annotations(database, model, [(1, Understood())])
    assert drawn(database, per_period=5) == [("before", 0, 0, 0), ("during", 1, 1, 1)]
    assert answer(database, next_text(database, SLUG, "AB", NOW), "AB", "neg")
    database.close()
