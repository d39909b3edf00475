"""Starting, stopping, failing on purpose, and what `sada sandbox` tells its operator."""

import gzip
import json
from pathlib import Path

import pytest
import requests

from config.campaigns import load_campaign
from config.errors import SadaError
from config.load import load_settings
from sada.sandbox import server as server_module
from sada.sandbox.campaign import sandbox_campaign, write_campaign
from sada.sandbox.faults import Fault, Faults
from sada.sandbox.platforms import PLATFORMS
from sada.sandbox.server import Sandbox, serve_sandbox, start_sandbox
from sada.sandbox.web import Server
from sada.sandbox.world import World
from sada.sandbox.x import BEARER

RECENT = "/2/tweets/search/recent"
HEADER = {"Authorization": f"Bearer {BEARER}"}


def ask(sandbox: Sandbox, path: str = f"{RECENT}?query=cyberviolence") -> requests.Response:
    return requests.get(sandbox.url("x") + path, headers=HEADER, timeout=10)


def test_faults_strike_the_named_calls(sandbox: Sandbox, faults: Faults) -> None:
    faults.set([Fault(f"/x{RECENT}", "503", calls=[2]), Fault("/x/", "402", calls=[3])])
    assert [ask(sandbox).status_code for _ in range(4)] == [200, 503, 402, 200]


@pytest.mark.parametrize("kind", ["429", "429-no-reset", "402", "403", "503"])
def test_statuses(sandbox: Sandbox, faults: Faults, kind: str) -> None:
    faults.set([Fault("/x/", kind, probability=1.0)])  # type: ignore[arg-type]
    answer = ask(sandbox)
    assert answer.status_code == int(kind[:3])
    assert ("x-rate-limit-reset" in answer.headers) is (kind == "429")
    assert answer.json()["status"] == int(kind[:3])


def test_statuses_of_reddit(sandbox: Sandbox, faults: Faults) -> None:
    faults.set(
        [Fault("/reddit/r/", "429", calls=[1]), Fault("/reddit/r/", "429-no-reset", calls=[2])]
    )
    header = {"Authorization": "bearer sandbox-access-token"}
    answers = [
        requests.get(f"{sandbox.url('reddit')}/r/Morocco/new", headers=header, timeout=10)
        for _ in range(3)
    ]
    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert ["retry-after" in answer.headers for answer in answers] == [True, False, False]


def test_broken_answers(sandbox: Sandbox, faults: Faults) -> None:
    faults.set(
        [
            Fault("/x/", "reset", calls=[1]),
            Fault("/x/", "malformed", calls=[2]),
            Fault("/x/", "truncated-gzip", calls=[3]),
        ]
    )
    with pytest.raises(requests.ConnectionError):
        ask(sandbox)
    with pytest.raises(requests.JSONDecodeError):
        ask(sandbox).json()
    with pytest.raises(
        (
            requests.JSONDecodeError,
            requests.exceptions.ContentDecodingError,
            EOFError,
            gzip.BadGzipFile,
        )
    ):
        ask(sandbox).json()
    assert ask(sandbox).ok


def test_slow_and_latency_wait_as_told(world: World, faults: Faults) -> None:
    waited: list[float] = []
    faults.set([Fault("/x/", "slow", calls=[2], seconds=7.0)])
    with start_sandbox(world, faults=faults, latency=0.25, sleep=waited.append) as sandbox:
        assert ask(sandbox).ok
        assert ask(sandbox).ok
    assert waited == [0.25, 0.25, 7.0]


def test_chance_faults_repeat_with_their_seed() -> None:
    def struck(seed: int) -> list[bool]:
        faults = Faults([Fault("/", "503", probability=0.3)], seed=seed)
        return [faults.next("/x") is not None for _ in range(200)]

    assert struck(1) == struck(1) != struck(2)
    assert 30 <= sum(struck(1)) <= 90


def test_it_stops_and_frees_its_port(world: World) -> None:
    running = start_sandbox(world)
    port = running.server.server_address[1]
    with pytest.raises(SadaError, match="--port"):
        start_sandbox(world, port=port)
    running.stop()
    with pytest.raises(requests.ConnectionError):
        ask(running)
    start_sandbox(world, port=port).stop()


def test_it_serves_on_loopback_only(sandbox: Sandbox) -> None:
    assert sandbox.url("x").startswith("http://127.0.0.1:")


def test_settings_are_settings_of_sada(sandbox: Sandbox, tmp_path: Path) -> None:
    settings = load_settings(sandbox.settings, tmp_path)
    assert settings.x.api_url == sandbox.url("x")
    assert settings.x.archive is True
    assert settings.reddit.subreddits == ("Morocco", "Maroc")
    assert settings.x.bearer_token is not None
    assert settings.x.bearer_token.get_secret_value() == BEARER


def test_campaign_survives_its_file(world: World, tmp_path: Path) -> None:
    campaign = sandbox_campaign(world.design)
    path = write_campaign(campaign, tmp_path / "new")
    assert path.name == "sandbox.yaml"
    assert load_campaign(path) == campaign
    assert [event.date for event in campaign.events][1] == campaign.start
    assert {source.name for source in campaign.sources} <= set(PLATFORMS)


def test_campaign_lists_the_worlds_organisations(world: World) -> None:
    campaign = sandbox_campaign(world.design)
    for person in {item.author for item in world.items if item.author.organisation}:
        assert campaign.standing("x", person.handle) == person.organisation


@pytest.fixture
def quick_world(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(server_module, "make_world", lambda today, seed: world)
    return world


def test_serve_says_what_to_export(quick_world: World, tmp_path: Path) -> None:
    said: list[str] = []
    answers: list[int] = []

    def wait() -> None:
        exports = dict(
            line.removeprefix("export ").split("=", 1)
            for line in said
            if line.startswith("export ")
        )
        answer = requests.get(
            exports["SADA_X__API_URL"] + f"{RECENT}?query=a", headers=HEADER, timeout=10
        )
        answers.append(answer.status_code)
        assert exports["SADA_CAMPAIGNS_DIR"] == str(tmp_path)
        raise KeyboardInterrupt

    serve_sandbox(quick_world.design.today, 7, 0, tmp_path, say=said.append, wait=wait)
    assert answers == [200]
    assert said[-1] == "# Stopped."
    assert (tmp_path / "sandbox.yaml").is_file()


def test_bodies_are_plain_json(sandbox: Sandbox) -> None:
    answer = requests.get(
        f"{sandbox.url('x')}{RECENT}?query=cyberviolence",
        headers=HEADER | {"Accept-Encoding": "identity"},
        timeout=10,
    )
    assert "content-encoding" not in answer.headers
    assert json.loads(answer.content)["meta"]["result_count"] == 10
    assert isinstance(sandbox.server, Server)
