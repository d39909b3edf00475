"""Outside figures from CSV files beside a campaign file."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from math import isfinite
from pathlib import Path
from typing import IO

from config.campaign import Campaign, Indicator
from config.errors import ConfigurationError

COLUMNS = ("date", "value")
MOST_HEAD = 10_000
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
"""What is a thousand and more in English, one and a bit in French."""


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
            found = dict(_values(path, _rows(file)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        said = getattr(error, "strerror", None) or error
        raise ConfigurationError(
            f"{path}: cannot be read ({said}). It is named by an indicator of the campaign file."
        ) from error
    return indicator.model_copy(update={"values": indicator.values | found})


def _rows(file: IO[str]) -> "csv.DictReader[str]":
    """By the separator that the first line shows; French spreadsheets take a semicolon."""
    head = file.readline(MOST_HEAD)
    file.seek(0)
    return csv.DictReader(file, delimiter=max(",;\t", key=head.count))


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
    if _AMBIGUOUS.fullmatch(written):
        bare = written.replace(",", "")
        raise ConfigurationError(
            f"{place}: value: '{written}' may be {bare} or {written.replace(',', '.')}. Write it"
            " without a separator of thousands."
        )
    try:
        value = float(written.replace(",", "."))
    except ValueError as error:
        raise ConfigurationError(f"{place}: value: '{written}' is no number.") from error
    if value < 0 or not isfinite(value):
        raise ConfigurationError(f"{place}: value: {written} is not zero or more.")
    return value
