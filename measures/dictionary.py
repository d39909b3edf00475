"""The dictionary of metrics: what each is called, how it is computed, what it is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.campaign import Texts

Unit = Literal["count", "share", "ratio", "interval", "rate"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry. A changed definition gets a new `version`; old figures keep theirs."""

    key: str
    name: Texts
    definition: Texts
    formula: str
    unit: Unit
    denominator: str
    platforms: str
    since: date
    source: str
    version: int = 1


METRICS: Mapping[str, Metric] = {}
