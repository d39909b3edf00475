"""`sada measure`: every metric of a campaign, as a document and as lines for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from config.campaign import Campaign
from measures.dictionary import METRICS
from measures.document import as_json
from measures.labelling import PRECISION
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
    yield from _corrected(document)
    yield ""
    for key, periods in document["changes"].items():
        for period, change in periods.items():
            yield f"{METRICS[key].name['en']} {period}: {_change(change)}"


def _corrected(document: Document) -> Iterator[str]:
    """The tones again as hand labels correct them, or how to get there."""
    correction = document["correction"]
    if not correction["shares"]:
        known = " or ".join(f"{labels} (±{points} points)" for labels, points in PRECISION)
        yield (
            "Tones are the model's own, uncorrected. Labels that correct them:"
            f" sada labels draw {document['campaign']}, about {known} a period."
        )
    for key, phases in correction["shares"].items():
        for phase, share in phases.items():
            interval = f"[{share['low']:.3f}, {share['high']:.3f}]"
            yield (
                f"{METRICS[key].name['en']} {phase}: {share['share']:.3f} {interval}, corrected by"
                f" {share['labels']} labels; model's own {share['uncorrected']:.3f}"
            )


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
