"""One entry of the dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.campaign import Texts

Unit = Literal["count", "share", "rate", "interval", "ratio or difference"]

FIRST_EDITION = date(2026, 11, 21)

LABELS: Mapping[Unit, Texts] = {
    "count": Texts(fr="nombre", ar="عدد", en="count"),
    "share": Texts(fr="part, de 0 à 1", ar="نسبة من 0 إلى 1", en="share, 0 to 1"),
    "rate": Texts(fr="taux", ar="معدل", en="rate"),
    "interval": Texts(
        fr="intervalle, en comptes", ar="مجال، بعدد الحسابات", en="interval, in accounts"
    ),
    "ratio or difference": Texts(
        fr="rapport ou différence", ar="حاصل قسمة أو فرق", en="ratio or difference"
    ),
}
"""The units' names."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry. A changed definition gets a new `version`; old figures keep theirs.

    `definition` is one line for readers; `formula` and `denominator` (`None` where there is none)
    say how it is computed, in the field's notation; `platforms` is for evaluators, in English.
    `source` says where the definition is from.
    """

    key: str
    name: Texts
    definition: Texts
    formula: Texts
    unit: Unit
    denominator: Texts | None
    platforms: str
    source: str
    since: date = FIRST_EDITION
    version: int = 1


def entry(
    key: str,
    name: tuple[str, str, str],
    definition: tuple[str, str, str],
    formula: tuple[str, str, str],
    unit: Unit,
    *,
    denominator: tuple[str, str, str] | None = None,
    platforms: str = "all",
    source: str = "Sada",
    since: date = FIRST_EDITION,
    version: int = 1,
) -> Metric:
    """An entry from its texts in French, Arabic and English."""
    return Metric(
        key,
        _texts(name),
        _texts(definition),
        _texts(formula),
        unit,
        None if denominator is None else _texts(denominator),
        platforms,
        source,
        since,
        version,
    )


def _texts(three: tuple[str, str, str]) -> Texts:
    fr, ar, en = three
    return Texts(fr=fr, ar=ar, en=en)
