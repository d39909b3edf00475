"""What `sada check` found, for a person at a terminal."""

from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]
LIMITS = {
    "calls": "{:,g} calls",
    "posts": "{:,g} posts",
    "dollars": "${:,g}",
}
BASES = {
    "spent": "as on the last {days} of collecting",
    "stored": "as on the last {days} of stored posts",
    "assumed": "assuming {posts:g} posts a day, as nothing is stored yet",
}


def lines_of(name: str, part: Document) -> Iterator[str]:
    """One part of the document in lines."""
    if name == "campaigns":
        yield from _campaign(part)
    else:
        yield f"{'✓' if part['ok'] else '✗'} {part['said']}"


def _campaign(part: Document) -> Iterator[str]:
    yield ""
    yield f"{part['slug']} ({part['start']} – {part['end'] or '…'}, {part['state']})"
    for source in part["sources"]:
        yield from _source(source)
    yield ""


def _source(source: Document) -> Iterator[str]:
    if not source["ok"]:
        yield f"  ✗ {source['name']}: {source['error']}"
        return
    queries = source["queries"]
    own = sum(query["scope"] == "campaign" for query in queries)
    yield f"  {source['name']}: {_many(len(queries))} ({own} campaign, {len(queries) - own} topic)"
    yield from (f"    {line}" for line in _cost(source))
    for number, query in enumerate(queries, 1):
        yield f"    {number}. {_about(query)}"
        yield f"       {query['text']}"
    yield from (f"    {line}" for line in _matched_here(source["families"]))


def _many(queries: int) -> str:
    return "1 query" if queries == 1 else f"{queries} queries"


def _cost(source: Document) -> Iterator[str]:
    cost, budgets = source["cost"], source["budgets"]
    basis = BASES[cost["basis"]].format(
        days=_days(cost["basis_days"]), posts=cost["posts_before_budgets"]
    )
    yield f"a day: {_amounts(cost['per_day'])}, {basis}"
    yield f"all {cost['days']} days: {_amounts(cost['in_all'])}"
    if budgets:
        shown = ", ".join(_budget(budget) for budget in budgets)
        stops = cost["stops_after_days"]
        yield f"budget: {shown}" + (f"; spent after {stops} days" if stops is not None else "")
    elif cost["per_day"]["dollars"]:
        yield "budget: none is set, so nothing stops the spending"
    if source["closed"]:
        yield "the campaign is closed: nothing is asked any more"


def _days(days: int) -> str:
    return "day" if days == 1 else f"{days} days"


def _amounts(amounts: Document) -> str:
    dollars = f", ${amounts['dollars']:,.2f}" if amounts["dollars"] else ", no charge"
    return f"about {amounts['calls']:,} calls, {amounts['posts']:,.6g} posts{dollars}"


def _budget(budget: Document) -> str:
    unit, _, period = budget["limit"].partition("_")
    return f"{LIMITS[unit].format(budget['amount'])} {period.replace('_', ' ').replace('per', 'a')}"


def _about(query: Document) -> str:
    said = [query["scope"], f"{query['characters']} characters"]
    if query["in_context"]:
        said.append("context given by the source")
    if query["strict"]:
        said.append("wider than wanted, so matched again here")
    wanted = f", for: {'; '.join(query['for'])}" if query["for"] else ""
    return f"{', '.join(said)}{wanted}"


def _matched_here(families: list[Document]) -> Iterator[str]:
    """What the platform is not asked, each line once with the families that it is true of."""
    said: dict[str, list[str]] = {}
    for family in families:
        for line in family["matched_here"]:
            said.setdefault(line, []).append(family["concept"])
    for line, concepts in said.items():
        whose = "" if len(concepts) == len(families) else f" ({'; '.join(concepts)})"
        yield f"– {line}{whose}"
