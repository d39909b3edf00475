"""Answers of X's batch compliance to jobs and findings. Pure.

Two forms are read: that of 2026 (`delete`, `rehydrate`, `scrub_geo`) and the older one, in which
the action is always `delete` and only the reason tells what is meant.
https://docs.x.com/x-api/compliance/batch-compliance/integrate
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from collectors.base import Unreachable
from collectors.jobs import Findings, Job

SOURCE: Final = "x"
KEPT: Final = ("scrub_geo", "geo_scrubbed")
"""Reasons that concern the place of a post, which Sada does not store."""
EDITED: Final = ("tweet_edited", "post_edited")


def is_job_answer(body: Mapping[str, Any]) -> bool:
    return isinstance(body.get("data"), dict) and bool(body["data"].get("id"))


def is_jobs_answer(body: Mapping[str, Any]) -> bool:
    """Without jobs X gives no `data`, only `meta`."""
    return isinstance(body.get("data"), list) or isinstance(body.get("meta"), dict)


def job_of(data: Mapping[str, Any]) -> Job:
    """One job; what X leaves out is empty."""
    names = ("id", "name", "status", "upload_url", "download_url")
    return Job(*(str(data.get(name) or "") for name in names))


def jobs_listed(body: Mapping[str, Any]) -> list[Job]:
    """The jobs of a list, newest first."""
    found = [one for one in body.get("data") or () if isinstance(one, dict)]
    return [job_of(one) for one in sorted(found, key=_created, reverse=True)]


def _created(data: Mapping[str, Any]) -> str:
    return str(data.get("created_at") or "")


def read_findings(body: bytes) -> Findings:
    """The events of a result file, one JSON object a line.

    Raises `Unreachable` where a line is cut or none at all: half an answer would pass for the
    statement that the other posts still stand.
    """
    gone: dict[str, None] = {}
    changed: dict[str, datetime | None] = {}
    unknown = 0
    for event in _events(body.splitlines()):
        identity = str(event.get("id") or "")
        meaning = _meaning(event)
        if meaning == "gone" and identity:
            gone[identity] = None
        elif meaning == "changed" and identity:
            changed[identity] = _moment(event)
        else:
            unknown += meaning != "kept"
    return Findings(
        tuple(gone), {one: at for one, at in changed.items() if one not in gone}, unknown
    )


def _events(lines: Iterable[bytes]) -> Iterable[Mapping[str, Any]]:
    for line in lines:
        if not line.strip():
            continue
        try:
            event = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Unreachable(
                SOURCE, "the answer of a compliance job is cut. Nothing of it was applied."
            ) from error
        if not isinstance(event, dict):
            raise Unreachable(SOURCE, "the answer of a compliance job is none.")
        yield event


def _meaning(event: Mapping[str, Any]) -> str:
    """What is to be done with a stored post: `gone`, `changed`, `kept`, or not known (empty)."""
    action, reason = str(event.get("action") or ""), str(event.get("reason") or "")
    if "error" in event or action == "scrub_geo" or reason in KEPT:
        return "kept"
    if action == "rehydrate" or reason in EDITED:
        return "changed"
    return "gone" if action == "delete" else ""


def _moment(event: Mapping[str, Any]) -> datetime | None:
    """When the event was, which may not be told."""
    try:
        moment = datetime.fromisoformat(str(event.get("redacted_at")))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
