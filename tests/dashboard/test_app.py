"""The app as a browser's requests meet it; callbacks are enumerated from the app itself."""

import json
import logging
import subprocess
import sys
from typing import Any

import pytest

from config.i18n import LANGUAGES
from dashboard import ids
from dashboard.app import build_app
from dashboard.pages.render import LAYOUTS
from tests.dashboard.fakes import XSS, FakeSource, desk

HOSTILE = [None, "", 7, -1.5, True, [], {}, "?campaign=nope&lang=xx", "/../etc", XSS, [XSS], "\x00",
           {"startRow": -5, "endRow": "x", "filterModel": {"q": {"filter": "{"}}},
           {"filterModel": {"q": {"filter": "[" * 100_000}}}, "?topic=--5",
           "?" + "&".join(f"a{n}=1" for n in range(30)),
           "?period=custom&from=0001-01-01&to=0001-01-02"]  # fmt: skip


def call(client: Any, app: Any, output: str, values: dict[str, Any], trigger: str = "") -> Any:
    """POSTs to a callback as dash-renderer does."""
    entry = app.callback_map[output]

    def given(part: str) -> list[dict[str, Any]]:
        return [
            {"id": d["id"], "property": d["property"],
             "value": values.get(f"{d['id']}.{d['property']}")}
            for d in entry[part]
        ]  # fmt: skip

    outs = [
        dict(zip(("id", "property"), o.rsplit(".", 1), strict=True))
        for o in output.strip(".").split("...")
    ]
    body = {
        "output": output,
        "outputs": outs if output.startswith("..") else outs[0],
        "inputs": given("inputs"),
        "state": given("state"),
        "changedPropIds": [trigger or f"{ids.URL}.search"],
    }
    return client.post("/_dash-update-component", json=body)


def server_callbacks(app: Any) -> list[str]:
    return [o for o, entry in app.callback_map.items() if "callback" in entry]


def page(client: Any, app: Any, pathname: str, search: str) -> str:
    values = {f"{ids.URL}.pathname": pathname, f"{ids.URL}.search": search}
    output = next(o for o in server_callbacks(app) if f"{ids.MAIN}.children" in o)
    answer = call(client, app, output, values)
    assert answer.status_code == 200
    text: str = answer.get_data(as_text=True)
    return text


def test_every_callback_survives_whatever_a_browser_sends(client: Any, app: Any) -> None:
    outputs = server_callbacks(app)
    assert len(outputs) >= 5
    for output in outputs:
        entry = app.callback_map[output]
        names = [f"{d['id']}.{d['property']}" for d in (*entry["inputs"], *entry["state"])]
        for value in HOSTILE:
            answer = call(client, app, output, dict.fromkeys(names, value), names[0])
            assert answer.status_code in (200, 204), (output, value)
            assert "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LAYOUTS)
def test_pages_are_drawn_in_every_language(client: Any, app: Any, name: str, language: str) -> None:
    path = "/" if name == "overview" else f"/{name}"
    text = page(client, app, path, f"?campaign=mamhkoumch&lang={language}")
    assert "notice-problem" not in text
    assert len(text) > 2000


@pytest.mark.parametrize(
    ("pathname", "search", "said"),
    [
        ("/", "?lang=en&campaign=nope", "There is no such campaign"),
        ("/", "?lang=en&campaign=vide", "No posts yet"),
        ("/", "?lang=en&campaign=bientot", "The campaign is yet to come"),
        ("/", "?lang=en&platforms=facebook", "Nothing in this view"),
        ("/topics", "?lang=en&campaign=vide", "Topics are not computed yet"),
        ("/nowhere", "?lang=en", "There is no such page"),
        ("/", "?lang=zz&campaign=nope", "existe pas"),
    ],
)
def test_where_nothing_is_there_the_page_says_why(
    client: Any, app: Any, pathname: str, search: str, said: str
) -> None:
    assert said in json.loads(page(client, app, pathname, search))["response"]["main"][
        "children"]["props"]["children"][1]["props"]["children"]  # fmt: skip


def test_without_campaigns_the_page_says_how_to_make_one() -> None:
    app = build_app(desk(FakeSource(), campaigns={}))
    assert "No campaign" in page(app.server.test_client(), app, "/", "?lang=en")


def test_a_failing_database_is_a_notice_for_the_reader_and_a_log_for_the_operator(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = build_app(desk(FakeSource(rows={"mamhkoumch": ()}, broken=True)))
    client = app.server.test_client()
    with caplog.at_level(logging.ERROR):
        text = page(client, app, "/", "?lang=en&campaign=mamhkoumch")
    assert "Something went wrong" in text
    assert "disk on fire" not in text
    assert "disk on fire" in caplog.text
    status = next(o for o in server_callbacks(app) if ids.FRESH in o)
    answer = call(client, app, status, {f"{ids.URL}.search": "?campaign=mamhkoumch&lang=en"})
    assert answer.status_code == 200
    assert "disk on fire" not in answer.get_data(as_text=True)
    assert "Something went wrong" in answer.get_data(as_text=True)


def test_headers_protect_every_answer(client: Any) -> None:
    for path in ("/", "/topics?lang=ar", "/_dash-layout", "/_dash-dependencies", "/assets/sada.js",
                 "/assets/missing.js"):  # fmt: skip
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        scripts = next(p for p in policy.split("; ") if p.startswith("script-src"))
        assert "unsafe" not in scripts
        assert "http" not in policy
        assert "default-src 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"


def test_the_first_bytes_have_language_and_direction_and_no_foreign_address(client: Any) -> None:
    arabic = client.get("/?lang=ar").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in arabic
    assert 'src="http' not in arabic
    assert 'href="http' not in arabic
    hostile = client.get("/", query_string={"lang": XSS}).get_data(as_text=True)
    assert "onerror" not in hostile
    assert '<html lang="fr" dir="ltr">' in hostile


def test_names_that_point_here_from_elsewhere_get_no_answer(client: Any) -> None:
    for host in ("evil.example", "localhost.evil.example:8050", "127.0.0.1.nip.io"):
        answer = client.get("/_dash-layout", headers={"Host": host})
        assert answer.status_code == 421
    for host in ("localhost:8050", "127.0.0.1:1", "[::1]:8050", "[::1]"):
        assert client.get("/_dash-layout", headers={"Host": host}).status_code == 200


def test_pages_of_other_origins_cannot_make_anything_happen(client: Any) -> None:
    for origin in ("https://evil.example", "http://localhost:3000", "null", "http://[::1"):
        answer = client.post("/_dash-update-component", json={}, headers={"Origin": origin})
        assert answer.status_code == 403, origin
    known = client.post("/_dash-update-component", json={}, headers={"Origin": "http://localhost"})
    assert known.status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/assets/nothing.css", 404),
        ("GET", "/_dash-component-suites/dash/nothing.js", 404),
        ("DELETE", "/", 405),
        ("POST", "/_dash-update-component", 400),
    ],
)
def test_errors_are_plain(client: Any, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method, data=b"{", content_type="application/json")
    text = answer.get_data(as_text=True)
    assert answer.status_code in (status, 500)
    assert "Traceback" not in text
    assert "werkzeug" not in text.casefold()


@pytest.mark.parametrize("body", [{}, [], {"output": "none.children", "inputs": []}])
def test_what_no_page_sends_is_refused_without_a_traceback(
    client: Any, caplog: pytest.LogCaptureFixture, body: Any
) -> None:
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 400
    assert client.get("/_dash-component-suites/none/x.js").status_code == 404
    assert not [record for record in caplog.records if record.exc_info]


def test_no_way_in_besides_the_pages(app: Any) -> None:
    rules = {rule.rule for rule in app.server.url_map.iter_rules()}
    assert not any("mcp" in rule or "reload" in rule for rule in rules - {"/_reload-hash"})


def test_the_package_imports_without_dash() -> None:
    code = "import sys, dashboard; sys.exit('dash' in sys.modules or 'plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_charts_need_no_plotly_import() -> None:
    code = (
        "import sys, dashboard.figures.volume, dashboard.figures.sentiment;"
        "sys.exit('dash' in sys.modules or 'plotly' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_page_is_only_drawn_anew_when_it_changed(client: Any, app: Any) -> None:
    output = next(o for o in server_callbacks(app) if f"{ids.MAIN}.children" in o)
    values = {f"{ids.URL}.pathname": "/", f"{ids.URL}.search": "?lang=fr"}
    first = json.loads(call(client, app, output, values).data)["response"]
    values[f"{ids.STAMP}.data"] = first[ids.STAMP]["data"]
    tick = f"{ids.TICK}.n_intervals"
    assert call(client, app, output, values, tick).status_code == 204
    values[f"{ids.STAMP}.data"] = "older"
    assert call(client, app, output, values, tick).status_code == 200
    values[f"{ids.URL}.pathname"] = "/posts"  # the list would lose its place
    assert call(client, app, output, values, tick).status_code == 204


def test_scripts_come_compressed_and_data_do_not(client: Any) -> None:
    packed = client.get("/assets/sada.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    plain = client.get("/assets/sada.js")
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) < len(plain.data) / 2
    layout = client.get("/_dash-layout", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in layout.headers
