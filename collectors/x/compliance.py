"""X's batch compliance: which of many stored posts are deleted, hidden or edited, in one job.

X gives signed addresses for a job's ids and for its answer. They come from the network, so every
connection to them passes the guard; only an address of X's own gets the bearer token (those of
2026 are there and want it, older ones were in a storage cloud and did not).
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

import requests

from collectors.base import RateLimited, Refused, Unreachable
from collectors.guard import Guard
from collectors.http import JudgedSession, is_loopback
from collectors.jobs import ENDED, Findings, Job, Lapsed, Withheld
from collectors.retry import Patience
from collectors.x.client import SOURCE, Absent, Forbidden, XClient
from collectors.x.events import job_of, jobs_listed, read_findings

OWN_HOSTS: Final = ("api.x.com", "api.twitter.com")
MOST_IDS: Final = 5_000_000
"""Of one job: X takes 128 MB, and an id has up to 20 bytes with its line end."""
MOST_ANSWER: Final = 256 * 1024 * 1024
"""Bytes of an answer: an event has some 150, and fewer than a third of posts have one."""
DEFAULT_WAIT: Final = 60.0


class XJobs:
    """See `collectors.jobs.Jobs`. `guard`: of the addresses that X gives."""

    def __init__(
        self,
        client: XClient,
        bearer_token: str,
        *,
        api_url: str | None,
        guard: Guard,
        patience: Patience,
    ) -> None:
        self._client, self._patience = client, patience
        self._token = bearer_token
        self._own = {*OWN_HOSTS, urlsplit(api_url or "").netloc} - {""}
        self._plain = {urlsplit(api_url).netloc} if api_url and is_loopback(api_url) else set[str]()
        self._links = JudgedSession(
            SOURCE, _judge_link, timeout=patience.timeout, guard=guard, most=MOST_ANSWER
        )
        self._asked = 0

    @property
    def calls(self) -> int:
        return self._client.calls + self._asked

    def create(self, name: str) -> Job:
        """See `Jobs.create`."""
        try:
            return job_of(self._client.create_job(name)["data"])
        except (Forbidden, Absent) as error:
            raise Withheld(
                SOURCE,
                f"the key may not use compliance jobs ({error.said}). See docs/how-to/x.md.",
                said=error.said,
            ) from error

    def find(self, name: str) -> Job | None:
        """See `Jobs.find`."""
        listed = jobs_listed(self._client.jobs())
        return next((one for one in listed if one.name == name and one.status not in ENDED), None)

    def job(self, identity: str) -> Job:
        """See `Jobs.job`."""
        try:
            return job_of(self._client.job(identity)["data"])
        except Absent as error:
            raise Lapsed(SOURCE, "a compliance job is no longer known.") from error

    def upload(self, job: Job, ids: Sequence[str]) -> None:
        """See `Jobs.upload`. Of more than `MOST_IDS` the first ones are asked."""
        body = "".join(f"{one}\n" for one in ids[:MOST_IDS]).encode("ascii", "replace")
        kind = {"Content-Type": "text/plain"}
        self._patience.persist(lambda: self._send("PUT", job.upload_url, kind, body))

    def findings(self, job: Job) -> Findings:
        """See `Jobs.findings`."""
        # unpacked, the length that was announced tells a cut answer also where a line ends
        plain = {"Accept-Encoding": "identity"}
        return self._patience.persist(
            lambda: read_findings(self._send("GET", job.download_url, plain).content)
        )

    def _send(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None = None
    ) -> requests.Response:
        self._check(url)
        if urlsplit(url).netloc in self._own:
            headers = headers | {"Authorization": f"Bearer {self._token}"}
        self._asked += 1
        return self._links.request(method, url, headers=headers, data=body, allow_redirects=False)

    def _check(self, url: str) -> None:
        """Ids and answers go encrypted, save to a simulator on this machine."""
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.netloc not in self._plain:
            raise Refused(SOURCE, "a compliance job has an address that is not https.")


def _judge_link(response: requests.Response) -> None:
    """What an answer from a signed address other than 2xx means. Says nothing of the address."""
    status = response.status_code
    if 200 <= status < 300:
        return
    if status in (400, 401, 403, 404, 410):
        raise Lapsed(SOURCE, f"an address of a compliance job has lapsed (HTTP {status}).")
    if status == 413:
        raise Refused(SOURCE, "a compliance job takes fewer ids than it was given.")
    if status == 429:
        raise RateLimited(SOURCE, "too many calls for now.", DEFAULT_WAIT)
    raise Unreachable(SOURCE, f"HTTP {status} from an address of a compliance job.")
