"""`sada check`: is what an operator wrote usable, and what would it ask and cost?"""

from collections.abc import Iterator

from collectors.base import CollectorError, Query
from config.campaign import Campaign, SourcePlan
from config.errors import SadaError
from sada.bootstrap import Sada, assemble
from sada.check_model import model_findings
from sada.sources import build_collector, queries_of

Finding = tuple[bool, str]
"""Whether all is well, and a line for the operator."""


def check_all() -> Iterator[Finding]:
    """Every finding in turn; nothing is stored and at most one call a source is made."""
    try:
        sada = assemble()
    except SadaError as error:
        yield False, f"✗ {error}"
        return
    yield True, f"✓ settings and {len(sada.campaigns)} campaign files"
    yield from model_findings(sada)
    for campaign in sada.campaigns.values():
        yield from _campaign(sada, campaign)
    yield from _sources(sada)


def _campaign(sada: Sada, campaign: Campaign) -> Iterator[Finding]:
    end = campaign.end or "…"
    yield True, f"\n{campaign.slug} ({campaign.start} – {end}, {campaign.state(sada.today())})"
    for plan in campaign.sources:
        try:
            queries = queries_of(plan.name, campaign, sada)
        except SadaError as error:
            yield False, f"  ✗ {plan.name}: {error}"
            continue
        yield True, f"  {plan.name}: {len(queries)} queries, {_cost(sada, plan, len(queries))}"
        for query in queries:
            yield True, f"    {_shown(query)}"


def _shown(query: Query) -> str:
    return f"[{query.scope}, {len(query.text)} characters] {query.text}"


def _cost(sada: Sada, plan: SourcePlan, queries: int) -> str:
    rounds = 24 * 60 // plan.every_minutes
    calls = f"at least {rounds * queries} calls a day"
    if plan.name != "x":
        return f"{calls}, no charge"
    each = sada.settings.x.dollars_per_post + sada.settings.x.dollars_per_user
    most = plan.posts_per_day
    limit = f", at most ${most * each:g} a day" if most else ", no daily limit set"
    total = f", ${plan.dollars_in_all:g} in all" if plan.dollars_in_all else ""
    return f"{calls}, up to ${each:g} a post with its author{limit}{total}"


def _sources(sada: Sada) -> Iterator[Finding]:
    yield True, ""
    tried: set[str] = set()
    for campaign in sada.campaigns.values():
        for plan in campaign.sources:
            if plan.name in tried:
                continue
            tried.add(plan.name)
            yield _try(sada, campaign, plan)


def _try(sada: Sada, campaign: Campaign, plan: SourcePlan) -> Finding:
    try:
        return True, f"✓ {plan.name}: {build_collector(sada, campaign, plan).check()}"
    except CollectorError as error:
        return False, f"✗ {error}"
    except SadaError as error:
        return False, f"✗ {plan.name}: {error}"
