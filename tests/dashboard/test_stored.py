"""The dashboard over a real database."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.labelbook import StoredLabels
from dashboard.pages.posts import question_model
from dashboard.stored import StorageSource
from storage.database import Database
from storage.rows import Cut
from tests.dashboard.fakes import NOW, campaign
from tests.dashboard.stored import fill
from tests.dashboard.test_app import call, page

COUNT = 900


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("dashboard") / Path("sada.db")
    filled = fill(f"sqlite:///{path}", COUNT)
    yield filled
    filled.close()


@pytest.fixture(scope="module")
def app(database: Database) -> Any:
    return create_app(database, {"mamhkoumch": campaign()}, clock=lambda: NOW)


@pytest.mark.parametrize("name", ["", "topics", "compare", "posts", "sources"])
@pytest.mark.parametrize("search", ["?lang=fr", "?lang=ar&scope=campaign&period=7&platforms=x"])
def test_pages_are_drawn(app: Any, name: str, search: str) -> None:
    text = page(app.server.test_client(), app, f"/{name}", search)
    assert "notice" not in text
    assert len(text) > 2000


def test_the_source_answers_what_storage_knows(database: Database) -> None:
    source = StorageSource(database)
    assert sum(row.posts for row in source.daily("mamhkoumch", Cut())) == COUNT
    assert source.campaigns_with_posts() == {"mamhkoumch": COUNT}
    assert [topic.number for topic in source.topics("mamhkoumch", Cut())][-1] == -1


def test_the_grid_is_answered_from_the_database(app: Any) -> None:
    output = next(o for o in app.callback_map if "getRowsResponse" in o)
    request = {
        "startRow": 0,
        "endRow": 20,
        "sortModel": [{"colId": "engagement", "sort": "desc"}],
        "filterModel": question_model({"search": "8350", "topic": "1"}),
    }
    values = {"posts-grid.getRowsRequest": request, "url.search": "?lang=en"}
    answer = call(app.server.test_client(), app, output, values)
    found = json.loads(answer.data)["response"]["posts-grid"]["getRowsResponse"]
    assert 0 < found["rowCount"] < COUNT
    assert all("8350" in row["text"] for row in found["rowData"])
    counts = [int(row["engagement"].replace(",", "")) for row in found["rowData"]]
    assert counts == sorted(counts, reverse=True)


def test_a_sample_is_drawn_labelled_and_read_from_the_database(
    app: Any, database: Database
) -> None:
    client = app.server.test_client()
    search = {"url.search": "?lang=en"}

    def ask(part: str, values: dict[str, Any], trigger: str) -> Any:
        output = next(o for o in app.callback_map if part in o)
        answer = call(client, app, output, search | values, trigger)
        assert answer.status_code == 200
        return json.loads(answer.data)["response"]

    drawn = {"labels-draw.n_clicks": 1, "labels-count.value": 5}
    text = json.dumps(ask("labels-body.children", drawn, "labels-draw.n_clicks"))
    assert "Before: 5 more, 5 in all of" in text
    who = {"labels-who.value": "AB", "labels-mode.value": "queue"}
    item = ask("labels-item.data", who, "labels-who.value")["labels-item"]["data"]
    for _ in range(3):
        press = {"labels-neg.n_clicks": 1, "labels-item.data": item, "labels-flag.data": False}
        answered = ask("labels-item.data", who | press, "labels-neg.n_clicks")
        assert answered["labels-item"]["data"]["post"] != item["post"]
        item = answered["labels-item"]["data"]
    samples, answers = StoredLabels(database, lambda: b"", None).sample("mamhkoumch")
    assert len(samples) == 10
    assert [one.sentiment for one in answers] == ["neg"] * 3
    results = ask("labels-results.children", {}, "labels-refresh.n_clicks")
    assert "3 of 10 drawn texts are labelled" in json.dumps(results)
