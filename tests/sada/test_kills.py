"""kill -9 in mid-work, in small; 200 kills are `python -m bench.kills`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest

from bench.kills import LATENCY, WORKS, Kills, small_world
from sada.sandbox.server import start_sandbox


@pytest.fixture(scope="module")
def kills(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kills]:
    with start_sandbox(small_world(datetime.now(UTC)), latency=LATENCY) as sandbox:
        yield Kills(tmp_path_factory.mktemp("kills"), sandbox, 3000, Random(4))


@pytest.mark.slow
@pytest.mark.parametrize(("work", "times"), list(zip(WORKS, (4, 3, 3), strict=True)))
def test_kills_lose_nothing_and_double_nothing(kills: Kills, work: str, times: int) -> None:
    result = kills.run(work, times)
    assert result.kills == times
    assert (result.broken, result.lost, result.missing, result.doubled, result.strange) == (
        0, 0, 0, 0, 0,
    )  # fmt: skip
    assert max(result.resumed) < 60 + 3 * result.undisturbed
