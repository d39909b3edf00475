"""Sends a digest to each recipient once, whatever happens to the mail server or to us."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from smtplib import SMTP
from typing import Literal

from reports.errors import MailError
from reports.mail import TIMEOUT, Mail, build_message, connect, hand_over, message_id
from storage import deliveries
from storage.database import Database
from storage.rows import Delivery

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=2)

State = Literal["sent", "had", "waiting", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one recipient's mail.

    `had`: sent earlier; `waiting`: another process sends it, or a failed one is not due again yet.
    """

    recipient: str
    state: State
    error: str = ""


def deliver(
    database: Database,
    campaign: str,
    day: date,
    mail: Mail,
    recipients: Sequence[str],
    *,
    smtp_url: str,
    sender: str,
    clock: Callable[[], datetime],
    timeout: float = TIMEOUT,
) -> list[Outcome]:
    """Send the digest of `day` to those who do not have it; to be called again until all have.

    A mail is claimed before it is sent. One that failed may go out 5 minutes later, then after
    twice that time each, at most 2 hours. Raises `ConfigurationError` before anything is sent when
    an address or subject cannot be used; a mail server's failure is an outcome, not an error.
    """
    now = clock()
    messages = {
        recipient: build_message(
            mail,
            sender=sender,
            recipient=recipient,
            identity=message_id(campaign, day, recipient, sender),
            now=now,
        )
        for recipient in dict.fromkeys(recipients)
    }
    had = deliveries.sent_to(database, campaign, day)
    resting = _resting(deliveries.waiting(database, now, campaign), day, now)
    outcomes = []
    with _Line(smtp_url, timeout) as line:
        for recipient, message in messages.items():
            identity = str(message["Message-ID"])
            if recipient in had:
                outcomes.append(Outcome(recipient, "had"))
            elif recipient in resting or not deliveries.claim(
                database, campaign, day, recipient, identity, clock()
            ):
                outcomes.append(Outcome(recipient, "waiting"))
            else:
                try:
                    hand_over(line.session(), message)
                except MailError as error:
                    deliveries.mark_failed(database, campaign, day, recipient, clock(), str(error))
                    outcomes.append(Outcome(recipient, "failed", str(error)))
                else:
                    deliveries.mark_sent(database, campaign, day, recipient, clock())
                    outcomes.append(Outcome(recipient, "sent"))
    return outcomes


def next_try(delivery: Delivery) -> datetime:
    """When a failed delivery is due again."""
    wait: timedelta = FIRST_WAIT * 2 ** min(delivery.tries - 1, 10)
    return delivery.changed_at + min(wait, LONGEST_WAIT)


def _resting(waiting: Sequence[Delivery], day: date, now: datetime) -> frozenset[str]:
    return frozenset(
        delivery.recipient
        for delivery in waiting
        if delivery.day == day and delivery.state == "failed" and next_try(delivery) > now
    )


@dataclass
class _Line:
    """One session with the server for all mails of a pass; a dead server is asked once."""

    smtp_url: str
    timeout: float
    _stack: ExitStack = field(default_factory=ExitStack)
    _session: SMTP | None = None
    _dead: MailError | None = None

    def __enter__(self) -> "_Line":
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def session(self) -> SMTP:
        if self._dead is not None:
            raise self._dead
        if self._session is None or self._session.sock is None:
            self._stack.close()
            try:
                self._session = self._stack.enter_context(
                    connect(self.smtp_url, timeout=self.timeout)
                )
            except MailError as error:
                self._dead = error
                raise
        return self._session
