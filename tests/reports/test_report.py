import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from config.campaign import Campaign, Phase
from config.i18n import LANGUAGES
from measures.dictionary import METRICS
from reports.chapters.limits import limits
from reports.errors import ReportError
from reports.report import render_report, write_report
from reports.report_data import Provenance, ReportMaterial, gather_report
from reports.tables import WITHHELD
from reports.words import translator
from storage.database import Database

TODAY = date(2025, 10, 9)
NOW = datetime(2025, 10, 9, 7, tzinfo=UTC)
PROVENANCE = Provenance("9.9.9", "0042")
LEAKS = ("LEAK", "leakhandle", "leakowned", "leak.example", "Leaka", "0612345678")


@pytest.fixture(scope="module")
def report(database: Database, campaign: Campaign) -> ReportMaterial:
    return gather_report(database, campaign, today=TODAY, now=NOW, provenance=PROVENANCE)


@pytest.fixture(scope="module")
def folders(report: ReportMaterial, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = tmp_path_factory.mktemp("report")
    for language in LANGUAGES:
        write_report(report, made / language, translator(language))
    return {language: made / language for language in LANGUAGES}


@pytest.fixture(scope="module")
def folder(folders: dict[str, Path]) -> Path:
    return folders["fr"]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Page(HTMLParser):
    """Collects anchors, ids and addresses, and checks that elements close in order."""

    void = frozenset({"meta", "br", "link", "img", "hr", "path", "use", "rect"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.addresses += [v or "" for k, v in attrs if k in ("href", "src", "xlink:href")]
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.void:
            assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_invented_dates_stand_first_among_the_limits(report: ReportMaterial, language: str) -> None:
    t = translator(language)
    assert t("limit.invented") not in str(limits(report, t))
    changed = replace(report, material=replace(report.material, invented=3))
    (points,) = limits(changed, t).parts
    assert str(points).index(t("limit.invented")) < str(points).index(t("limit.cause"))


def test_the_page_needs_nothing_else(folder: Path) -> None:
    page = Page((folder / "index.html").read_text("utf-8"))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    for address in page.addresses:
        if address.startswith("tables/"):
            assert (folder / address).exists()
        else:
            assert address.removeprefix("#") in page.ids
    assert "<script" not in (folder / "index.html").read_text("utf-8")


def test_all_chapters_stand_in_order(folder: Path) -> None:
    sections = re.findall(r'<section id="(\w+)">', (folder / "index.html").read_text("utf-8"))
    assert sections == [
        "summary", "followed", "reach", "understanding", "change", "outcomes", "limits", "method",
        "reproduce",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_post_account_name_or_link_leaks(folders: dict[str, Path], language: str) -> None:
    files = [path for path in folders[language].rglob("*") if path.is_file()]
    assert len(files) == 14
    for path in files:
        whole = path.read_text("utf-8")
        assert [leak for leak in LEAKS if leak in whole] == [], path.name


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_same_data_make_the_same_bytes(
    database: Database, campaign: Campaign, language: str, tmp_path: Path, folders: dict[str, Path]
) -> None:
    again = gather_report(database, campaign, today=TODAY, now=NOW, provenance=PROVENANCE)
    write_report(again, tmp_path, translator(language))
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        first = folders[language] / path.relative_to(tmp_path)
        assert path.read_bytes() == first.read_bytes(), path.name


def test_other_data_have_another_hash(
    report: ReportMaterial, empty: Database, campaign: Campaign, folders: dict[str, Path]
) -> None:
    other = gather_report(empty, campaign, today=TODAY, now=NOW, provenance=PROVENANCE)
    assert other.data_hash != report.data_hash
    assert report.data_hash in (folders["en"] / "index.html").read_text("utf-8")


def test_verdicts_stand_in_words(folder: Path) -> None:
    page = (folder / "index.html").read_text("utf-8")
    assert "Publications originales, pendant" in page
    assert re.search(r"en hausse\xa0: \+\d+\s%", page)
    assert "9.9.9" in page
    assert "0042" in page
    assert "essai-model 1.0" in page


def test_labels_of_topics_are_escaped(folder: Path) -> None:
    page = (folder / "index.html").read_text("utf-8")
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; co" in page


def test_every_metric_is_defined(folders: dict[str, Path]) -> None:
    for language in LANGUAGES:
        page = (folders[language] / "index.html").read_text("utf-8")
        for metric in METRICS.values():
            assert metric.name[language].replace("'", "&#39;") in page
            assert metric.formula[language].replace("'", "&#39;") in page


def test_unknown_is_no_zero(folder: Path) -> None:
    phases = {row["phase"]: row for row in table(folder, "phases")}
    assert phases["during"]["views"] == ""
    assert int(phases["during"]["originals"]) > 100
    assert "after" not in phases


def test_tables_hold_what_the_page_shows(report: ReportMaterial, folder: Path) -> None:
    during = report.material.summary.phases[Phase.DURING]
    assert during is not None
    days = [row for row in table(folder, "daily") if row["phase"] == "during"]
    assert sum(int(row["posts"]) for row in days) <= (during.posts or 0)
    assert {row["key"] for row in table(folder, "definitions")} == set(METRICS)
    assert [row["value"] for row in table(folder, "indicators")] == ["41", "77"]
    changes = table(folder, "changes")
    assert {row["verdict"] for row in changes} <= {
        "rose", "fell", "not_detectable", "not_enough_data",
    }  # fmt: skip


def test_small_groups_are_withheld_with_the_smallest_of_the_rest(
    report: ReportMaterial, folder: Path
) -> None:
    topics = {row["label"]: row for row in table(folder, "topics")}
    assert "petit, groupe" not in topics
    assert "'@" not in str(topics)
    assert all(group.row is not None for group in report.groups["platform"][Phase.DURING])


def test_few_authors_hide_everything_but_volumes(
    seeded: object, campaign: Campaign, tmp_path: Path
) -> None:
    database = seeded(campaign, people=9)  # type: ignore[operator]
    made = gather_report(database, campaign, today=TODAY, now=NOW, provenance=PROVENANCE)
    write_report(made, tmp_path, translator("fr"))
    database.close()
    for row in table(tmp_path, "phases"):
        assert row["posts"].isdigit()
        assert row["negative_share"] == row["engagement"] == row["signposting_rate"] == WITHHELD
    for name in ("platforms", "languages", "standing", "weeks"):
        for row in table(tmp_path, name):
            assert row["posts"] == row["neg"] == WITHHELD, name
    assert table(tmp_path, "topics") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stored_is_said_honestly(
    empty: Database, campaign: Campaign, language: str
) -> None:
    made = gather_report(empty, campaign, today=TODAY, now=NOW, provenance=PROVENANCE)
    page = render_report(made, translator(language))
    assert translator(language)("report.empty") in page
    assert Page(page).open == []


def test_an_open_campaign_makes_a_provisional_report(
    database: Database, campaign: Campaign
) -> None:
    endless = campaign.model_copy(update={"end": None})
    made = gather_report(database, endless, today=TODAY, now=NOW, provenance=PROVENANCE)
    page = render_report(made, translator("en"))
    assert "no end date" in page
    assert "provisional" in page


def test_strange_words_in_the_campaign_file_do_no_harm(
    database: Database, campaign: Campaign, tmp_path: Path
) -> None:
    evil = campaign.model_dump(mode="json")
    evil["title"] = dict.fromkeys(("fr", "ar", "en"), "<b>$x^{2</b> {braces} %s")
    evil["events"][0]["title"] = dict.fromkeys(("fr", "ar", "en"), "$\\frac{ --> <i>")
    evil["indicators"][0]["source"] = "=HYPERLINK(1)"
    made = gather_report(
        database,
        Campaign.model_validate(evil),
        today=TODAY,
        now=NOW,
        provenance=PROVENANCE,
    )
    write_report(made, tmp_path, translator("fr"))
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "<b>" not in page
    assert "<i>" not in page
    assert Page(page).open == []
    assert {row["source"] for row in table(tmp_path, "indicators")} == {"'=HYPERLINK(1)"}


def test_a_folder_that_cannot_be_written_is_one_clear_error(
    report: ReportMaterial, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match="cannot be written"):
        write_report(report, tmp_path / "file", translator("fr"))
