"""X's batch compliance on loopback: one job at a time, signed addresses, an answer later."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from zlib import crc32

from sada.sandbox.item import Item
from sada.sandbox.web import Request, Response
from sada.sandbox.x.shape import stamp

PATH = "/2/compliance/jobs"
UPLOAD_FOR, DOWNLOAD_FOR = timedelta(minutes=15), timedelta(days=7)
WORKING = timedelta(seconds=90)
"""How long a job is worked on."""
REASONS = ("deleted", "deleted", "deleted", "deactivated", "suspended", "protected")
"""Why a post is gone, drawn by its id."""
SCRUBBED = 40
"""One post of so many had its place removed."""


@dataclass
class _Job:
    id: str
    name: str
    created: datetime
    ids: tuple[str, ...] = ()
    sent: datetime | None = None

    def status(self, now: datetime) -> str:
        if self.sent is None:
            return "expired" if now >= self.created + UPLOAD_FOR else "created"
        return "complete" if now >= self.sent + WORKING else "in_progress"

    def told(self, base: str, now: datetime) -> dict[str, str]:
        """As X shows it; the addresses hold a token that stands for the signature."""
        here = f"{base}{PATH}/{self.id}"
        return {
            "id": self.id,
            "type": "tweets",
            "name": self.name,
            "status": self.status(now),
            "created_at": stamp(self.created),
            "upload_url": f"{here}/upload?token=u{self.id}",
            "upload_expires_at": stamp(self.created + UPLOAD_FOR),
            "download_url": f"{here}/download?token=d{self.id}",
            "download_expires_at": stamp(self.created + DOWNLOAD_FOR),
        }


class Compliance:
    """The jobs of one key. `known`: every id of every post's versions."""

    def __init__(self, known: Mapping[str, Item], now: Callable[[], datetime]) -> None:
        self._known, self._now = known, now
        self._jobs: list[_Job] = []
        self._lock = Lock()

    @property
    def made(self) -> int:
        """Jobs that were ever made."""
        return len(self._jobs)

    def answer(self, request: Request) -> Response:
        """The answer to one call below `PATH`."""
        with self._lock:
            name, _, action = request.path.removeprefix(PATH).lstrip("/").partition("/")
            if not name:
                return self._create(request) if request.method == "POST" else self._list(request)
            job = next((one for one in self._jobs if one.id == name), None)
            if job is None:
                return _problem(404, "Not Found", f"Could not find job with id: [{name}].")
            if action == "upload" and request.method == "PUT":
                return self._upload(job, request)
            if action == "download":
                return self._download(job, request)
            return Response({"data": job.told(_base(request), self._now())})

    def _create(self, request: Request) -> Response:
        now = self._now()
        asked = json.loads(request.body or "{}")
        if asked.get("type") != "tweets":
            return _problem(400, "Invalid Request", "type must be tweets")
        if any(one.status(now) in ("created", "in_progress") for one in self._jobs):
            return _problem(409, "Conflict", "A job of this type is already active.")
        number = int(now.timestamp()) * 1000 + len(self._jobs)
        self._jobs.append(_Job(str(number), str(asked.get("name") or ""), now))
        return Response({"data": self._jobs[-1].told(_base(request), now)})

    def _list(self, request: Request) -> Response:
        if not self._jobs:
            return Response({"meta": {"result_count": 0}})
        told = [one.told(_base(request), self._now()) for one in self._jobs]
        return Response({"data": told, "meta": {"result_count": len(told)}})

    def _upload(self, job: _Job, request: Request) -> Response:
        if request.query.get("token") != f"u{job.id}" or job.status(self._now()) == "expired":
            return _problem(403, "Forbidden", "The upload URL has expired.")
        job.ids, job.sent = tuple(request.body.split()), self._now()
        return Response({})

    def _download(self, job: _Job, request: Request) -> Response:
        late = self._now() >= job.created + DOWNLOAD_FOR
        if request.query.get("token") != f"d{job.id}" or late:
            return _problem(403, "Forbidden", "The download URL has expired.")
        if job.sent is None or job.status(self._now()) != "complete":
            return _problem(404, "Not Found", "There are no results yet.")
        events = [event for one in job.ids if (event := self._event(one, job.sent)) is not None]
        body = "".join(f"{json.dumps(event)}\n" for event in events).encode()
        return Response(body, headers={"content-type": "application/x-ndjson"})

    def _event(self, identity: str, now: datetime) -> dict[str, Any] | None:
        """What is to be done with a stored copy; nothing is said of a post that stands."""
        item = self._known.get(identity)
        if not identity.isdecimal():
            return {"id": identity, "error": "invalid_id"}
        if item is None:
            return _told(identity, "delete", "deleted")
        draw = crc32(identity.encode())
        if item.deleted_at is not None and item.deleted_at <= now:
            return _told(identity, "delete", REASONS[draw % len(REASONS)], item.deleted_at)
        edits = [one.at for one in item.versions[1:] if one.at <= now]
        if edits and item.versions[-1].id != identity:
            return _told(identity, "rehydrate", "tweet_edited", edits[-1])
        if draw % SCRUBBED == 0:
            return _told(identity, "scrub_geo", "geo_scrubbed", item.created_at)
        return None


def _told(identity: str, action: str, reason: str, at: datetime | None = None) -> dict[str, Any]:
    return {
        "id": identity,
        "action": action,
        "reason": reason,
        "redacted_at": stamp(at) if at else None,
    }


def _base(request: Request) -> str:
    """The address of this simulator, as the client sees it."""
    return f"http://{request.headers.get('host', '127.0.0.1')}/x"


def _problem(status: int, title: str, detail: str) -> Response:
    body = {"title": title, "detail": detail, "status": status, "type": "about:blank"}
    return Response(body, status, {"content-type": "application/problem+json"})
