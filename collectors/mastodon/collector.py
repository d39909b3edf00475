"""Collects from Mastodon: reads hashtags' timelines on several servers, looks statuses up again."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from collectors.base import (
    CollectorError,
    Cursor,
    Lookup,
    Page,
    Post,
    Query,
    Refused,
    Unreachable,
    Window,
)
from collectors.guard import Guard
from collectors.mastodon.client import SOURCE, Gone, Instance, MastodonClient
from collectors.mastodon.parse import home_of, parse_status, parse_statuses
from collectors.retry import Patience
from collectors.searching import Found, read_stretches
from collectors.stretches import Rules, Stretch, read_progress, write_progress

RULES = Rules(settling=timedelta(hours=1))
"""Statuses of other servers arrive minutes late, under their own time."""
TAGS = "/tags/"
CHECK_TAG = "maroc"
FRESH = timedelta(minutes=5)
"""A stretch that ends later than this ago is read from the newest status on."""


class MastodonCollector:
    """Mastodon by Mastodon.py. Sees `collectors.base.Collector`.

    A query's text is a hashtag's page on one server, `https://social.example/tags/maroc`. A status
    that several servers show is one post; those of people who ask not to be indexed are left out.
    What fails on a server is that server's alone, and it is
    not asked again in the same pass.
    """

    name = SOURCE
    platform = SOURCE
    bills = False

    def __init__(
        self,
        instances: Sequence[Instance],
        *,
        user_agent: str,
        guard: Guard,
        clock: Callable[[], datetime],
        patience: Patience | None = None,
    ) -> None:
        self._instances = {one.url.rstrip("/"): one for one in instances}
        self._user_agent, self._guard, self._clock = user_agent, guard, clock
        self._patience = patience or Patience()
        self._clients: dict[str, MastodonClient] = {}
        self._down: dict[str, CollectorError] = {}

    def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
        """See `Collector.fetch`. A stretch that was interrupted is finished first."""
        base, _, tag = query.text.rpartition(TAGS)
        if base in self._down:
            raise self._down[base]
        client = self._client(self._named(base))
        now, before = self._clock(), client.calls
        turns = read_stretches(
            SOURCE,
            read_progress(cursor),
            window,
            now,
            RULES,
            lambda work: _ask(client, tag, work, now, self._instances[base].host),
        )
        try:
            for turn in turns:
                yield Page(
                    posts=[post for post in turn.found.posts if _within(post, window)],
                    cursor=write_progress(turn.progress),
                    covered=turn.covered,
                    calls=client.calls - before,
                    warnings=turn.found.told,
                )
                before = client.calls
        except CollectorError as error:
            error.one_query = True
            self._down[base] = error
            raise

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        """See `Collector.lookup`. Each status is asked for at its home server.

        Of statuses whose server cannot be asked nothing is said.
        """
        found, missing, before = [], [], self._calls()
        for platform_id in dict.fromkeys(platform_ids):
            home = home_of(platform_id)
            if home is None or home[0] in self._down:
                continue
            try:
                post = self._look(*home)
            except Gone:
                missing.append(platform_id)
            except CollectorError as error:
                self._down[home[0]] = error
            else:
                found += [post] if post is not None else []
        return Lookup(tuple(found), tuple(missing), calls=self._calls() - before)

    def check(self) -> str:
        """See `Collector.check`. One free call a server; raises what those say that refuse."""
        good, bad = [], []
        for instance in self._instances.values():
            try:
                statuses = self._client(instance).tagged(CHECK_TAG, None)
                good.append(f"{instance.host} shows {len(statuses)} of #{CHECK_TAG}")
            except CollectorError as error:
                bad.append(str(error).removeprefix(f"{SOURCE}: "))
        if bad:
            raise Refused(SOURCE, "; ".join([*bad, *good]))
        return "; ".join(good) + "."

    def _look(self, host: str, number: str) -> Post | None:
        home = self._homes.get(host) or Instance(f"https://{host}")
        data = self._client(home).status(number)
        post = parse_status(data, host)
        return post if post and post.platform_id == f"{host}/{number}" else None

    @cached_property
    def _homes(self) -> dict[str, Instance]:
        """The configured servers by what their statuses call them."""
        known = list(self._instances.values())
        return {self._client(one).domain(): one for one in known} | {one.host: one for one in known}

    def _client(self, instance: Instance) -> MastodonClient:
        if instance.url not in self._clients:
            self._clients[instance.url] = MastodonClient(
                instance,
                user_agent=self._user_agent,
                clock=self._clock,
                guard=self._guard,
                patience=self._patience,
            )
        return self._clients[instance.url]

    def _named(self, base: str) -> Instance:
        try:
            return self._instances[base]
        except KeyError as error:
            raise Refused(SOURCE, f"{base[:100]} is not among the instances.") from error

    def _calls(self) -> int:
        return sum(client.calls for client in self._clients.values())


def _ask(client: MastodonClient, tag: str, work: Stretch, now: datetime, host: str) -> Found:
    """One page of a timeline, which ends with the stretch's start."""
    older = None if now - work.upper < FRESH else work.upper
    try:
        statuses = client.tagged(tag, work.token or older)
    except Gone as error:
        raise Unreachable(SOURCE, f"{host} has no hashtag timelines.") from error
    parsed = parse_statuses(statuses, host)
    reached = parsed.oldest is None or parsed.oldest < work.start
    token = None if reached or not statuses else parsed.oldest_id
    return Found(parsed.posts, token, parsed.unreadable)


def _within(post: Post, window: Window) -> bool:
    return window.start <= post.created_at < window.end
