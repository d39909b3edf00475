"""The command line as a user meets it: exit statuses, one-line errors, what is printed where."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sada.cli.app import run


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["no-such"], 2, "No such command 'no-such'"),
        (["collect", "--nope"], 2, "No such option: --nope"),
        (["demo", "--port", "many"], 2, "'--port'"),
        (["export", "mamhkoumch-2025"], 2, "Missing option '--out'"),
        (["measure", "no-such"], 2, "'no-such' is no campaign. Known: 16-jours-2025,"),
        (["forget"], 2, "either --post"),
        (["forget", "--post", "12345"], 2, "the platform, a colon and the id"),
        (["collect", "--source", "nowhere"], 2, "no campaign has a source 'nowhere'"),
        (["classify", "missing.txt"], 2, "missing.txt: cannot be read"),
        (["import", "missing.csv", "--campaign", "16-jours-2025"], 1, "missing.csv"),
        (["digest", "16-jours-2025", "--date", "tomorrow"], 2, "'tomorrow' is no day"),
        (["report", "16-jours-2025", "--out", "r", "--lang", "xx"], 2, "'--lang'"),
    ],
)
def test_errors_are_one_line(
    arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == status
    error = capsys.readouterr().err.strip().splitlines()
    assert len(error) == 1, error
    assert error[0].startswith("sada: ")
    assert said in error[0]


def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SADA_X__BEARER", "x")
    assert run(["status"]) == 2
    assert "SADA_X__BEARER" in capsys.readouterr().err


def test_status_has_the_promised_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {"version", "database", "campaigns"} <= set(document)
    campaign = document["campaigns"][0]
    assert set(campaign) == {"slug", "state", "posts", "sources"}
    assert set(campaign["sources"][0]) >= {
        "name",
        "state",
        "last_run",
        "last_success",
        "posts",
        "spent",
        "budget",
        "gaps",
    }
    assert run(["status"]) == 0
    assert "16-jours-2025: closed, 0 posts" in capsys.readouterr().out


def test_check_says_what_each_query_compiles_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 1  # no key is set
    shown = capsys.readouterr().out
    assert "✓ settings and 5 campaign files" in shown
    assert "#Mamhkoumch" in shown
    assert "200 posts, $3.00, assuming 200 posts a day, as nothing is stored yet" in shown
    assert "budget: $100 in all, 2,000 posts a day; spent after 33 days" in shown
    assert "SADA_X__BEARER_TOKEN" in shown


def test_check_as_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"ok", "settings", "model", "campaigns", "sources"}
    assert document["ok"] is False
    assert document["campaigns"][0]["slug"] == "16-jours-2025"
    asked = document["campaigns"][0]["sources"][0]
    assert all(query["characters"] == len(query["text"]) <= 512 for query in asked["queries"])
    assert all(family["queries"] for family in asked["families"])


def test_check_explains_a_broken_campaign_file(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_folder / "mine.yaml").write_text("slug: mine\ntitle: {fr: a, ar: b}\n", encoding="utf-8")
    monkeypatch.setenv("SADA_CAMPAIGNS_DIR", str(own_folder))
    assert run(["check"]) == 1
    assert "mine.yaml:2: title.en: is missing" in capsys.readouterr().out


def test_help_needs_no_heavy_import() -> None:
    heavy = "{'sqlalchemy', 'dash', 'tweepy', 'praw', 'numpy', 'bertopic', 'transformers', 'torch'}"
    code = (
        "import sys\nfrom sada.cli.app import run\nrun(['--help'])\n"
        f"print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert "Usage: sada" in done.stdout
    assert done.stderr.strip() == "[]"


@pytest.mark.slow
def test_help_costs_little_more_than_typer_itself() -> None:
    """Half a second on an idle machine is 2.5 times what importing Typer takes; machines differ."""

    def seconds(*command: str) -> float:
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        return time.perf_counter() - started

    ours = min(seconds(sys.executable, "-m", "sada", "--help") for _ in range(5))
    bare = min(seconds(sys.executable, "-c", "import typer") for _ in range(5))
    assert ours < 2.5 * bare


CSV = "id,created_at,platform,text\x1b]0;x\x07\n1,2025-10-02,tiktok,#Mamhkoumch bravo\n"
IMPORT = ["import", "posts.csv", "--campaign", "mamhkoumch-2025", "--map", "text=text\x1b]0;x\x07"]


def test_a_file_cannot_drive_the_terminal(
    own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_folder / "posts.csv").write_text(CSV, encoding="utf-8")
    assert run(IMPORT) == 0
    assert run([*IMPORT, "--map", "likes=none\x1b[2J"]) == 2
    shown = capsys.readouterr()
    assert "\x1b" not in shown.out + shown.err


def test_rejects_never_overwrite_the_file_to_import(
    own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = own_folder / "posts.csv"
    path.write_text(CSV + "2,,tiktok,no date\n", encoding="utf-8")
    assert run([*IMPORT, "--rejects", "posts.csv"]) == 2
    assert "is the file to import" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8").startswith(CSV)


def test_forget_takes_links_and_any_name_of_the_platform(
    own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = "https://www.tiktok.com/@amina/video/1"
    text = f"id,created_at,platform,text\n{link},2025-10-02,tiktok,#Mamhkoumch bravo\n"
    (own_folder / "posts.csv").write_text(text, encoding="utf-8")
    assert run(["import", "posts.csv", "--campaign", "mamhkoumch-2025"]) == 0
    assert b"amina" not in (own_folder / "sada-data" / "sada.db").read_bytes()
    assert run(["forget", "--post", f"TikTok:{link}"]) == 0
    assert "1 posts erased" in capsys.readouterr().out
    assert run(["forget", "--post", "no platform:1"]) == 2


def test_a_privacy_key_that_was_cut_is_not_used(
    own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["status"]) == 0
    (own_folder / "sada-data" / "privacy.key").write_bytes(b"")
    assert run(["status"]) == 1
    assert "privacy.key: is cut short" in capsys.readouterr().err
