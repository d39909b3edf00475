"""`sada status`: one document of how everything stands, and the same in lines."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from config.campaign import Campaign, State
from measures.budget import Account, Unit
from measures.coverage import hours
from sada import __version__
from sada.bootstrap import Sada
from sada.pipeline.budget import accounts
from storage import migrate
from storage.annotating import shown_model
from storage.queries import campaigns_with_posts, source_states, texts_waiting
from storage.rows import Gap, SourceState
from storage.wanted import Progress, reading_progress

Document = dict[str, Any]
CALENDAR_DAYS: Final = 14
SIGNS: Final = {"complete": ".", "partial": "/", "missing": "-", "budget": "$", "failed": "x"}
"""Hours in the calendar; an hour that no later pass can fill is `!`, one to come is blank."""


def gather_status(sada: Sada) -> Document:
    """The document of `sada status --json`; its fields are described in docs/reference."""
    model = shown_model(sada.database)
    posts = campaigns_with_posts(sada.database)
    return {
        "version": __version__,
        "database": sada.database.engine.url.render_as_string(hide_password=True),
        "schema": migrate.revision(sada.settings.database),
        "model": f"{model[1]} {model[2]}" if model else None,
        "reading": _reading(reading_progress(sada.database)),
        "texts_waiting": texts_waiting(sada.database),
        "disk_free_bytes": shutil.disk_usage(sada.settings.home).free,
        "campaigns": [
            _campaign(sada, one, posts.get(one.slug, 0)) for one in sada.campaigns.values()
        ],
    }


def _reading(progress: Progress | None) -> Document | None:
    """The model that is to replace the shown one; `None` while the wanted one is shown."""
    if progress is None:
        return None
    return {
        "model": progress.wanted,
        "read": progress.read,
        "texts": progress.texts,
        "error": progress.error or None,
    }


def _campaign(sada: Sada, campaign: Campaign, posts: int) -> Document:
    followed = campaign.followed(sada.clock(), sada.timezone)
    names = [plan.name for plan in campaign.sources]
    known = source_states(sada.database, campaign.slug, names, *followed)
    pending = campaign.state(sada.today()) is State.PENDING
    spent = accounts(sada, campaign)
    return {
        "slug": campaign.slug,
        "state": campaign.state(sada.today()).value,
        "posts": posts,
        "sources": [
            _source(sada, state, spent[state.name], () if pending else state.gaps, followed)
            for state in known
        ],
    }


def _source(
    sada: Sada,
    state: SourceState,
    account: Account,
    gaps: Sequence[Gap],
    followed: tuple[datetime, datetime],
) -> Document:
    in_all = (used.limit.amount for used in account.used if used.limit.name == "dollars_in_all")
    return {
        "name": state.name,
        "state": state.state,
        "last_run": _moment(state.last_run),
        "last_success": _moment(state.last_success),
        "resumes_at": _moment(state.resume_at),
        "posts": state.posts,
        "spent": round(account.spent["dollars"], 4),
        "budget": next(in_all, None),
        "budgets": _budgets(account, sada.today()),
        "forecast": {unit: _forecast(account, unit) for unit in account.forecasts},
        "error": state.error or None,
        "error_code": state.code or None,
        "error_said": state.said or None,
        "failed_queries": state.failed_queries,
        "gaps": [_gap(gap) for gap in gaps],
        "calendar": _calendar(sada, gaps, followed),
    }


def _budgets(account: Account, today: date) -> list[Document]:
    return [
        {
            "limit": used.limit.name,
            "amount": used.limit.amount,
            "spent": round(used.spent, 4),
            "runs_out": day.isoformat() if (day := account.runs_out(used, today)) else None,
        }
        for used in account.used
    ]


def _forecast(account: Account, unit: Unit) -> Document:
    ahead = account.forecasts[unit]
    return {
        "until": account.until.isoformat(),
        "middle": round(ahead.middle, 2),
        "low": round(ahead.low, 2),
        "high": round(ahead.high, 2),
        "days": ahead.days,
    }


def _calendar(sada: Sada, gaps: Sequence[Gap], followed: tuple[datetime, datetime]) -> Document:
    """The last days of the campaign, 24 signs a day on the local clocks."""
    first = max(followed[0], followed[1] - timedelta(days=CALENDAR_DAYS))
    found = hours(gaps, first, followed[1], sada.timezone)
    lines = {day: [" "] * 24 for day, _ in sorted(found)}
    for (day, hour), one in found.items():
        lines[day][hour] = "!" if one.lost else SIGNS[one.state]
    return {day.isoformat(): "".join(line) for day, line in lines.items()}


def _gap(gap: Gap) -> Document:
    return {
        "from": _moment(gap.start),
        "to": _moment(gap.end),
        "why": gap.why or gap.state,
        "code": gap.code or gap.state,
        "said": gap.said or None,
        "state": gap.state,
        "lost": gap.lost,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def status_lines(document: Document) -> Iterator[str]:
    """The same document for a person at a terminal."""
    yield f"Sada {document['version']}, schema {document['schema']}, {document['database']}"
    yield f"model {document['model'] or 'none yet'}, {document['texts_waiting']} texts waiting"
    if reading := document["reading"]:
        yield _reading_line(reading)
    yield f"{document['disk_free_bytes'] / 1e9:.1f} GB free"
    for campaign in document["campaigns"]:
        yield ""
        yield f"{campaign['slug']}: {campaign['state']}, {campaign['posts']} posts"
        for source in campaign["sources"]:
            yield from _source_lines(source)


def _reading_line(reading: Document) -> str:
    if reading["error"]:
        return f"model {reading['model']} cannot be used: {reading['error']}"
    share = reading["read"] / reading["texts"] if reading["texts"] else 0
    return (
        f"new model {reading['model']}: {reading['read']} of {reading['texts']} texts read"
        f" ({share:.0%}); figures are those of the model above until it is done"
    )


def _source_lines(source: Document) -> Iterator[str]:
    last = source["last_success"] or "never"
    yield f"  {source['name']}: {source['state']}, {source['posts']} posts, last success {last}"
    if source["error"]:
        yield f"    {source['error']}"
    if source["resumes_at"] and source["state"] in ("failed", "budget"):
        yield f"    not asked again before {source['resumes_at']}"
    for budget in source["budgets"]:
        ends = f", runs out about {budget['runs_out']}" if budget["runs_out"] else ""
        yield (
            f"    {budget['limit']}: {budget['spent']:g} of {budget['amount']:g} spent"
            f" ({budget['spent'] / budget['amount']:.0%}){ends}"
        )
    for unit, ahead in source["forecast"].items():
        yield (
            f"    {unit} by {ahead['until']}: about {ahead['middle']:,.6g}"
            f" ({ahead['low']:,.6g} to {ahead['high']:,.6g})"
        )
    yield from _gap_lines(source)


def _gap_lines(source: Document) -> Iterator[str]:
    """The calendar, if anything is missing in it, then the gaps in words."""
    if any(set(line) & set("/-$x!") for line in source["calendar"].values()):
        yield "    hours (. complete  / partial  - not asked  $ out of budget  x failed  ! lost)"
        yield "                0     6     12    18"
        for day, line in source["calendar"].items():
            yield f"    {day}  {line}".rstrip()
    for gap in source["gaps"]:
        lost = "; cannot be filled any more" if gap["lost"] else ""
        yield f"    gap {gap['from']} – {gap['to']}: {gap['why']}{lost}"
