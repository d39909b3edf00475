"""`sada status`: one document of how everything stands, and the same in lines."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from config.campaign import Campaign, State
from sada import __version__
from sada.bootstrap import Sada
from storage import migrate
from storage.annotating import shown_model
from storage.queries import campaigns_with_posts, source_states, texts_waiting
from storage.rows import Gap, SourceState
from storage.wanted import Progress, reading_progress

Document = dict[str, Any]


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
    plans = {plan.name: plan for plan in campaign.sources}
    known = source_states(sada.database, campaign.slug, list(plans), *followed)
    pending = campaign.state(sada.today()) is State.PENDING
    return {
        "slug": campaign.slug,
        "state": campaign.state(sada.today()).value,
        "posts": posts,
        "sources": [
            _source(state, plans[state.name].dollars_in_all, () if pending else state.gaps)
            for state in known
        ],
    }


def _source(state: SourceState, budget: float | None, gaps: Any) -> Document:
    return {
        "name": state.name,
        "state": state.state,
        "last_run": _moment(state.last_run),
        "last_success": _moment(state.last_success),
        "posts": state.posts,
        "spent": round(state.dollars, 4),
        "budget": budget,
        "error": state.error or None,
        "gaps": [_gap(gap) for gap in gaps],
    }


def _gap(gap: Gap) -> Document:
    return {"from": _moment(gap.start), "to": _moment(gap.end), "why": gap.why or gap.state}


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
    budget = f" of ${source['budget']:g}" if source["budget"] else ""
    last = source["last_success"] or "never"
    yield (
        f"  {source['name']}: {source['state']}, {source['posts']} posts,"
        f" ${source['spent']:g}{budget} spent, last success {last}"
    )
    if source["error"]:
        yield f"    {source['error']}"
    for gap in source["gaps"]:
        yield f"    gap {gap['from']} – {gap['to']}: {gap['why']}"
