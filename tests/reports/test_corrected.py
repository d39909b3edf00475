"""Shares corrected by hand labels, in report and digest; without labels that they are not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from config.campaign import Campaign, Phase
from config.i18n import LANGUAGES
from measures.change import Change
from measures.summary import Corrected, LabelledShares
from reports.digest import build_digest
from reports.digest_view import view_digest
from reports.report import render_report
from reports.report_data import Provenance, ReportMaterial, gather_report
from reports.tables import WITHHELD, tables
from reports.words import translator
from storage.database import Database

TODAY = date(2025, 10, 9)
NOW = datetime(2025, 10, 9, 7, tzinfo=UTC)
BOTH = (Phase.BEFORE, Phase.DURING)


@pytest.fixture(scope="module")
def report(database: Database, campaign: Campaign) -> ReportMaterial:
    return gather_report(
        database, campaign, today=TODAY, now=NOW, provenance=Provenance("9.9.9", "0042")
    )


def labelled(report: ReportMaterial) -> ReportMaterial:
    """The same with 217 labels, by which the negative share fell."""
    share = Corrected(0.312, 0.247, 0.377, 0.4, 900, 217)
    changes = {
        key: {"during": Change(-0.123, -0.2, -0.04, "fell", 0.1, "", 0.4, 0.277)}
        for key in ("negative_share", "net_sentiment")
    }
    shares = LabelledShares(
        dict.fromkeys(BOTH, 217), {"negative_share": dict.fromkeys(BOTH, share)}, changes
    )
    summary = report.material.summary
    # The model's own says that there is enough to tell, or the correction would not be told.
    own = {
        key: {
            period: replace(change, verdict="not_detectable", reason="")
            for period, change in periods.items()
        }
        for key, periods in summary.changes.items()
    }
    told = replace(summary, changes=own, labelled=shares)
    return replace(report, material=replace(report.material, summary=told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_tells_corrected_shares_with_their_labels(
    report: ReportMaterial, language: str
) -> None:
    t = translator(language)
    page = render_report(labelled(report), t)
    assert t("report.corrected.table") in page
    assert "217" in page
    for value in (0.312, 0.247, 0.377):
        assert t.percent(value, 1) in page
    assert t("change.corrected") in page
    files = dict(tables(labelled(report)))
    assert files["corrected.csv"].splitlines()[1] == (
        "negative_share,before,0.312,0.247,0.377,0.4,900,217"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_labels_it_tells_what_they_would_give(
    report: ReportMaterial, language: str
) -> None:
    t = translator(language)
    page = render_report(report, t)
    assert t("report.corrected.none", few=200, wide=8, many=400, narrow=6) in page
    assert t("report.corrected.table") not in page
    assert t("change.corrected") not in page
    assert len(dict(tables(report))["corrected.csv"].splitlines()) == 1


def test_few_authors_hide_corrected_shares_too(report: ReportMaterial) -> None:
    hidden = replace(labelled(report), shown=dict.fromkeys(BOTH, False))
    files = dict(tables(hidden))
    assert WITHHELD in files["corrected.csv"]
    assert "0.312" not in files["corrected.csv"]
    assert translator("en").percent(0.312, 1) not in render_report(hidden, translator("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_digest_says_which_change_is_corrected(report: ReportMaterial, language: str) -> None:
    t = translator(language)
    told = view_digest(build_digest(labelled(report).material), t)
    assert any(t("change.corrected") in line.text for line in told.changes)
    plain = view_digest(build_digest(report.material), t)
    hint = t("report.corrected.none", few=200, wide=8, many=400, narrow=6)
    assert (hint in plain.notes, hint in told.notes) == (True, False)
    assert not any(t("change.corrected") in line.text for line in plain.changes)
