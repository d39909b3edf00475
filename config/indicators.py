"""Outside figures from CSV files beside a campaign file."""

import csv
from collections.abc import Iterator
from datetime import date
from math import isfinite
from pathlib import Path

from config.campaign import Campaign, Indicator
from config.errors import ConfigurationError

COLUMNS = ("date", "value")


def with_files(campaign: Campaign, folder: Path) -> Campaign:
    """The campaign with the figures of its indicators' files added.

    Raises `ConfigurationError` with file and line.
    """
    if not any(indicator.file for indicator in campaign.indicators):
        return campaign
    whole = tuple(_with_file(indicator, folder) for indicator in campaign.indicators)
    return campaign.model_copy(update={"indicators": whole})


def _with_file(indicator: Indicator, folder: Path) -> Indicator:
    if not indicator.file:
        return indicator
    path = folder / indicator.file
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = dict(_values(path, csv.DictReader(file)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(
            f"{path}: cannot be read ({error}). It is named by an indicator of the campaign file."
        ) from error
    return indicator.model_copy(update={"values": indicator.values | found})


def _values(path: Path, rows: "csv.DictReader[str]") -> Iterator[tuple[date, float]]:
    if not set(COLUMNS) <= set(rows.fieldnames or ()):
        raise ConfigurationError(f"{path}:1: needs the columns {' and '.join(COLUMNS)}.")
    seen: set[date] = set()
    for row in rows:
        place = f"{path}:{rows.line_num}"
        try:
            day = date.fromisoformat((row["date"] or "").strip())
        except ValueError as error:
            raise ConfigurationError(
                f"{place}: date: '{row['date']}' is no date such as 2026-11-21."
            ) from error
        if day in seen:
            raise ConfigurationError(f"{place}: date: {day} stands here twice.")
        seen.add(day)
        written = (row["value"] or "").strip()
        if written:  # an empty cell is an unknown day, not a zero
            yield day, _number(written, place)


def _number(written: str, place: str) -> float:
    try:
        value = float(written.replace(",", "."))
    except ValueError as error:
        raise ConfigurationError(f"{place}: value: '{written}' is no number.") from error
    if value < 0 or not isfinite(value):
        raise ConfigurationError(f"{place}: value: {written} is not zero or more.")
    return value
