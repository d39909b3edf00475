"""Outside figures from CSV: read, added, and refused with file and line."""

from datetime import date
from pathlib import Path

import pytest

from config.campaigns import load_campaign
from config.errors import ConfigurationError

CAMPAIGN = """
slug: calls
title: {fr: Appels, ar: مكالمات, en: Calls}
start: 2026-02-01
families:
  - {concept: calls, hashtags: [calls]}
indicators:
  - name: {fr: Appels, ar: مكالمات, en: Calls}
    unit: calls a day
    source: the help line
    values: {2026-01-01: 7}
    file: calls.csv
"""


def _load(folder: Path, table: str) -> dict[date, float]:
    (folder / "calls.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (folder / "calls.csv").write_text(table, encoding="utf-8")
    return load_campaign(folder / "calls.yaml").indicators[0].values


def test_figures_of_the_file_are_added(tmp_path: Path) -> None:
    found = _load(tmp_path, "\ufeffdate,value,remark\n2026-01-02,12,\n2026-01-03,,closed\n")
    assert found == {date(2026, 1, 1): 7, date(2026, 1, 2): 12}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("day,value\n2026-01-02,3\n", "calls.csv:1: needs the columns date and value"),
        ("date,value\n02/01/2026,3\n", "calls.csv:2: date: '02/01/2026' is no date"),
        ("date,value\n2026-01-02,many\n", "calls.csv:2: value: 'many' is no number"),
        ("date,value\n2026-01-02,-1\n", "calls.csv:2: value: -1 is not zero or more"),
        ("date,value\n2026-01-02,1\n2026-01-02,2\n", "calls.csv:3: date: 2026-01-02 stands here"),
        ("date,value\n2026-01-02,nan\n", "calls.csv:2: value: nan"),
    ],
)
def test_a_broken_file_is_explained(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        _load(tmp_path, table)
    assert said in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "calls.yaml").write_text(CAMPAIGN, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"calls\.csv: cannot be read"):
        load_campaign(tmp_path / "calls.yaml")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_spreadsheets_separators_are_taken(tmp_path: Path, separator: str) -> None:
    rows = (("date", "value"), ("2026-01-02", "12,5"), ("2026-01-03", "1200"))
    table = "\n".join(separator.join(row) for row in rows)
    assert _load(tmp_path, table)[date(2026, 1, 2)] == 12.5


def test_a_comma_before_three_digits_is_not_guessed_at(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"'1,204' may be 1204 or 1\.204"):
        _load(tmp_path, 'date,value\n2026-01-02,"1,204"\n')


@pytest.mark.parametrize(
    "file", ["../calls.csv", "/etc/hostname", "a/../../calls.csv", r"..\c.csv"]
)
def test_only_files_beside_the_campaign_file_are_read(tmp_path: Path, file: str) -> None:
    text = CAMPAIGN.replace("calls.csv", file)
    (tmp_path / "calls.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"indicators\.0\.file: must lie beside"):
        load_campaign(tmp_path / "calls.yaml")
