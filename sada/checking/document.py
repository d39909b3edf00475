"""Everything that `sada check` finds, one part after the other, and as one document."""

from collections.abc import Iterable, Iterator
from typing import Any

from collectors.base import CollectorError
from config.campaign import Campaign, SourcePlan
from config.errors import SadaError
from sada.bootstrap import Sada, assemble
from sada.check_model import model_findings
from sada.checking.asked import asked_document
from sada.sources import build_collector

Document = dict[str, Any]
Part = tuple[str, Document]
"""Which part of the document (`settings`, `model`, `campaigns`, `sources`) and what is found."""


def parts() -> Iterator[Part]:
    """Every finding in turn; nothing is stored and at most one call a source is made."""
    try:
        sada = assemble()
    except SadaError as error:
        yield "settings", {"ok": False, "said": str(error)}
        return
    yield "settings", {"ok": True, "said": f"settings and {len(sada.campaigns)} campaign files"}
    for ok, line in model_findings(sada):
        yield "model", {"ok": ok, "said": line.strip().removeprefix("✓ ").removeprefix("✗ ")}
    for campaign in sada.campaigns.values():
        yield "campaigns", _campaign(sada, campaign)
    for campaign, plan in _plans(sada):
        yield "sources", _try(sada, campaign, plan)


def document_of(found: Iterable[Part]) -> Document:
    """The document of `sada check --json`."""
    document: Document = {"ok": True, "settings": [], "model": [], "campaigns": [], "sources": []}
    for name, part in found:
        document[name].append(part)
        document["ok"] = document["ok"] and is_well(part)
    return document


def is_well(part: Document) -> bool:
    return bool(part["ok"]) and all(source["ok"] for source in part.get("sources", ()))


def _campaign(sada: Sada, campaign: Campaign) -> Document:
    return {
        "ok": True,
        "slug": campaign.slug,
        "start": campaign.start,
        "end": campaign.end,
        "state": campaign.state(sada.today()).value,
        "sources": [_asked(sada, campaign, plan) for plan in campaign.sources],
    }


def _asked(sada: Sada, campaign: Campaign, plan: SourcePlan) -> Document:
    try:
        return asked_document(sada, campaign, plan)
    except SadaError as error:
        return {"name": plan.name, "ok": False, "error": str(error)}


def _plans(sada: Sada) -> Iterator[tuple[Campaign, SourcePlan]]:
    """Each source once, with the first campaign that uses it."""
    tried: set[str] = set()
    for campaign in sada.campaigns.values():
        for plan in campaign.sources:
            if plan.name not in tried:
                tried.add(plan.name)
                yield campaign, plan


def _try(sada: Sada, campaign: Campaign, plan: SourcePlan) -> Document:
    try:
        said = build_collector(sada, campaign, plan).check()
    except CollectorError as error:
        return {"name": plan.name, "ok": False, "said": str(error)}
    except SadaError as error:
        return {"name": plan.name, "ok": False, "said": f"{plan.name}: {error}"}
    return {"name": plan.name, "ok": True, "said": f"{plan.name}: {said}"}
