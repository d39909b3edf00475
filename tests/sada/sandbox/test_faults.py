"""Every fault can be had of every platform, by the same switch."""

import pytest
import requests

from sada.sandbox.faults import KINDS, STATUSES, WIRE, Fault, Faults
from sada.sandbox.paging import Pages
from sada.sandbox.platforms import PLATFORMS
from sada.sandbox.server import Sandbox


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("kind", STATUSES)
def test_statuses_are_refusals(sandbox: Sandbox, faults: Faults, platform: str, kind: str) -> None:
    faults.set([Fault(f"/{platform}/", kind, probability=1.0)])  # type: ignore[arg-type]
    answer = requests.get(f"{sandbox.url(platform)}/anything", timeout=10)
    assert len(answer.content) > 2
    assert (answer.status_code >= 400) or kind == "200-errors"
    assert faults.struck == 1


@pytest.mark.parametrize("platform", PLATFORMS)
def test_one_platforms_fault_is_not_anothers(
    sandbox: Sandbox, faults: Faults, platform: str
) -> None:
    faults.set([Fault(f"/{platform}/", "500", probability=1.0)])
    for other in PLATFORMS:
        answer = requests.get(f"{sandbox.url(other)}/anything", timeout=10)
        assert (answer.status_code == 500) is (other == platform)


def test_kinds_are_of_one_sort_each() -> None:
    assert len(set(KINDS)) == len(KINDS)
    assert set(STATUSES) & set(WIRE) == set()


def pages(twist: str, most: int = 9) -> list[list[int]]:
    """What a client sees that follows tokens over ten rows by four a page."""
    bend, seen = Pages[int](), list[list[int]]()
    token: str | None = None
    while len(seen) < most:
        first = int(bend.opened(token) or 0)
        following = str(first + 4) if first + 4 < 10 else None
        page, token = bend.bent(twist, range(first, min(first + 4, 10)), token, following)
        seen.append(page)
        if token is None:
            return seen
    return seen


def test_twists_bend_pages_and_lose_nothing() -> None:
    assert pages("") == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    assert pages("overlap") == [[0, 1, 2, 3], [1, 2, 3, 4, 5, 6, 7], [5, 6, 7, 8, 9]]
    mixed = pages("reordered")
    assert [sorted(page) for page in mixed] == pages("")
    assert mixed != pages("")
    assert pages("empty") == [[]]


def test_pages_without_end() -> None:
    assert pages("endless") == pages("") * 3
    assert pages("repeated-token") == [[0, 1, 2, 3], *[[4, 5, 6, 7]] * 8]
