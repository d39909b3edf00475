"""Copies are linked as posts come, whatever the order, and co-ordinated postings are marked."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from sqlalchemy import select

from collectors.base import Author, Kind, Post
from sada.bootstrap import Sada
from sada.pipeline.copies import Linking, link_copies
from storage import tables as t
from storage.erase import forget_post, remove_posts
from tests.sada.support import NOW, Clock, post
from tests.sada.test_collect import Scripted, page, run

TEXT = "Personne n'a le droit de diffuser tes photos sans ton accord, parle-en à quelqu'un"
OTHER = "La cellule d'écoute de Casablanca reçoit tous les jours des mineures et leurs parents"


def said(
    number: int, text: str = TEXT, *, minute: float = 0, author: str = "", **more: object
) -> Post:
    return post(
        number, text, created_at=NOW - timedelta(days=1) + timedelta(minutes=minute),
        author=Author(author or f"a{number}"), **more,
    )  # fmt: skip


def stored(sada: Sada, posts: Iterable[Post]) -> int:
    run(sada, Scripted(page(*posts)))
    return link_copies(sada)


def groups(sada: Sada) -> dict[str, tuple[int, bool, bool]]:
    """Number of the group (in order of its first row), first and co-ordinated, by platform id."""
    p, c = t.posts.c, t.copies.c
    with sada.database.reading() as session:
        rows = session.execute(
            select(p.platform_id, c.leader_id, c.first, c.coordinated)
            .join_from(t.posts, t.copies, c.post_id == p.id)
            .where(c.leader_id.is_not(None))
            .order_by(p.id)
        ).all()
    order = list(dict.fromkeys(row.leader_id for row in rows))
    return {
        row.platform_id: (order.index(row.leader_id), row.first, row.coordinated) for row in rows
    }


def test_copies_are_linked_to_the_earliest_whatever_comes_first(sada: Sada) -> None:
    assert (
        stored(
            sada, [said(1, minute=9), said(2, OTHER), said(3, TEXT.upper() + " 🔥 #stop", minute=5)]
        )
        == 3
    )
    assert stored(sada, [said(4, f"À partager : {TEXT} https://exemple.ma/a", minute=1)]) == 1
    assert groups(sada) == {
        "1": (0, False, False),
        "2": (1, True, False),
        "3": (0, False, False),
        "4": (0, True, False),
    }
    assert link_copies(sada) == 0


def test_short_texts_and_reposts_are_nobodys_copy(sada: Sada) -> None:
    stored(
        sada,
        [
            *(said(n, "Bravo à toutes ! #Mamhkoumch", minute=n / 10) for n in range(1, 9)),
            said(20), said(21, kind=Kind.REPOST, parent_id="20"),
        ],
    )  # fmt: skip
    assert groups(sada) == {"20": (0, True, False)}


def test_many_accounts_within_minutes_are_coordinated(sada: Sada) -> None:
    stored(sada, [said(n, minute=n) for n in range(1, 5)])
    assert not any(one[2] for one in groups(sada).values())
    stored(sada, [said(5, minute=9), said(6, minute=200)])
    marked = {name for name, one in groups(sada).items() if one[2]}
    assert marked == {"1", "2", "3", "4", "5"}, "the fifth account marks those before it too"


def test_one_busy_account_is_not_many(sada: Sada) -> None:
    stored(sada, [said(n, minute=n / 2, author=f"a{n % 4}") for n in range(1, 13)])
    assert not any(one[2] for one in groups(sada).values())


def test_an_article_that_is_shared_by_its_title_is_not_coordinated(sada: Sada) -> None:
    title = "Violences numériques : le numéro vert a reçu trois mille appels https://presse.ma/1"
    stored(sada, [said(n, title, minute=n) for n in range(1, 9)])
    found = groups(sada)
    assert {one[0] for one in found.values()} == {0}
    assert not any(one[2] for one in found.values())


def test_many_copies_are_compared_in_batches(sada: Sada, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sada.pipeline.copies.BATCH", 3)
    numbers = range(1, 12)
    assert stored(sada, [said(n, f"{TEXT} {'!' * n}", minute=n) for n in numbers]) == 11
    assert {one[0] for one in groups(sada).values()} == {0}
    assert [name for name, one in groups(sada).items() if one[1]] == ["1"]


def test_an_edited_post_is_compared_again(sada: Sada) -> None:
    stored(sada, [said(1), said(2, minute=1), said(3, minute=2)])
    assert stored(sada, [said(1, OTHER, edited=True)]) == 1
    assert groups(sada) == {"1": (0, True, False), "2": (1, True, False), "3": (1, False, False)}


def test_what_is_erased_leaves_the_group_and_another_leads(sada: Sada) -> None:
    stored(sada, [said(1), said(2, TEXT + " !", minute=1), said(3, TEXT + " 🔥", minute=2)])
    remove_posts(sada.database, "x", ["1"], NOW)
    assert stored(sada, [said(4, TEXT + " 🙏", minute=3)]) >= 1
    found = groups(sada)
    assert {one[0] for one in found.values()} == {0}
    assert [name for name, one in found.items() if one[1]] == ["2"]
    for number in "234":
        forget_post(sada.database, "x", number, secret=sada.secret, now=NOW)
    with sada.database.reading() as session:
        for table in (t.copies, t.fingerprints, t.bands):
            assert session.execute(select(table)).all() == []


def test_another_version_compares_everything_again(
    sada: Sada, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(sada, [said(1), said(2, minute=1)])
    monkeypatch.setattr("sada.pipeline.copies.VERSION", 99)
    assert link_copies(sada) == 2
    assert groups(sada) == {"1": (0, True, False), "2": (0, False, False)}


def test_rounds_ask_for_work_only_where_posts_came(sada: Sada, clock: Clock) -> None:
    linking = Linking(sada)
    run(sada, Scripted(page(said(1))))
    assert [linking.round(), linking.round()] == [1, 0]
    clock.now += timedelta(minutes=1)
    run(sada, Scripted(page(said(2))))
    assert linking.round() == 1
