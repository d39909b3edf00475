"""`sada measure`: every metric of a campaign, as a document and as lines for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from config.campaign import Campaign
from measures.dictionary import METRICS
from measures.document import as_json
from reports.gather import gather
from sada.bootstrap import Sada
from sada.policy import offensive_excluded

Document = Mapping[str, Any]


def measure_campaign(sada: Sada, campaign: Campaign) -> Document:
    """The document of `sada measure --json`; its fields stand in docs/reference/metrics.md."""
    material = gather(
        sada.database,
        campaign,
        today=sada.today(),
        now=sada.clock(),
        offensive_excluded=offensive_excluded(sada),
    )
    return as_json(material.summary)


def measure_lines(document: Document) -> Iterator[str]:
    """The same figures for a person: a table of phases, then what changed."""
    yield f"{document['campaign']}: {document['state']} on {document['today']}"
    phases = {name: figures for name, figures in document["phases"].items() if figures}
    yield f"{'':<26}" + "".join(f"{name:>16}" for name in phases)
    for key, metric in METRICS.items():
        values = [figures.get(key) for figures in phases.values()]
        if any(isinstance(value, int | float) for value in values):
            shown = "".join(f"{_number(value):>16}" for value in values)
            yield f"{metric.name['en']:<26}{shown}"
    yield ""
    for key, periods in document["changes"].items():
        for period, change in periods.items():
            yield f"{METRICS[key].name['en']} {period}: {_change(change)}"


def _number(value: object) -> str:
    if value is None:
        return "unknown"
    return f"{value:,.3f}" if isinstance(value, float) else f"{value:,}"


def _change(change: Mapping[str, Any]) -> str:
    verdict = change["verdict"].replace("_", " ")
    if change["verdict"] == "not_enough_data":
        return f"{verdict} ({change['reason'].replace('_', ' ')})"
    interval = f"{change['effect']:.3g} [{change['low']:.3g}, {change['high']:.3g}]"
    return f"{verdict}, {interval}"
