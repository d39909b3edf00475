"""A digest goes out once: exactly one of all who claim it sends it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from storage_made import NOW, SLUG

from storage.database import Database
from storage.deliveries import ABANDONED, claim, mark_failed, mark_sent, sent_to, waiting

DAY = date(2026, 10, 5)
WHO = "someone@example.org"
SOON = NOW + timedelta(minutes=1)


def asks(db: Database, now: object = NOW, message_id: str = "<1@sada>") -> bool:
    return claim(db, SLUG, DAY, WHO, message_id, now)  # type: ignore[arg-type]


def test_of_many_claimers_one_wins(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: asks(database), range(16))) == 1


def test_of_many_claimers_of_a_failed_one_one_wins(database: Database) -> None:
    asks(database)
    mark_failed(database, SLUG, DAY, WHO, NOW, "no server")
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: asks(database, SOON), range(16))) == 1


def test_what_is_sent_is_never_sent_again(database: Database) -> None:
    assert asks(database)
    assert sent_to(database, SLUG, DAY) == frozenset()
    mark_sent(database, SLUG, DAY, WHO, SOON)
    assert not asks(database, NOW + timedelta(days=9))
    assert sent_to(database, SLUG, DAY) == {WHO}
    assert waiting(database, NOW + timedelta(days=9)) == []


def test_what_failed_waits_and_keeps_its_message_id(database: Database) -> None:
    asks(database)
    mark_failed(database, SLUG, DAY, WHO, NOW, "x" * 9999)
    (late,) = waiting(database, SOON)
    assert (late.campaign, late.recipient, late.state, late.tries) == (SLUG, WHO, "failed", 1)
    assert asks(database, SOON, "<2@sada>")
    assert waiting(database, SOON) == []
    mark_failed(database, SLUG, DAY, WHO, SOON, "again")
    (late,) = waiting(database, SOON, SLUG)
    assert (late.message_id, late.tries, late.error) == ("<1@sada>", 2, "again")
    assert waiting(database, SOON, "other") == []


def test_the_claim_of_a_killed_sender_is_taken_over(database: Database) -> None:
    asks(database)
    assert not asks(database, NOW + ABANDONED / 2)
    assert [one.state for one in waiting(database, NOW + ABANDONED)] == ["claimed"]
    assert asks(database, NOW + ABANDONED)
    assert not asks(database, NOW + ABANDONED)


def test_recipients_and_days_are_apart(database: Database) -> None:
    assert asks(database)
    assert claim(database, SLUG, DAY, "other@example.org", "<2@sada>", NOW)
    assert claim(database, SLUG, DAY + timedelta(days=1), WHO, "<3@sada>", NOW)
    assert claim(database, "other", DAY, WHO, "<4@sada>", NOW)
