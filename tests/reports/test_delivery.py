import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from reports.delivery import Outcome, deliver
from reports.mail import Mail
from storage.database import Database

DAY = date(2025, 10, 9)
MAIL = Mail("Sada · essai", "<p>bonjour</p>", "bonjour\n")
EVERYBODY = ("a@example.org", "b@example.org", "c@example.org")


@dataclass
class Clock:
    now: datetime = datetime(2025, 10, 9, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Box:
    """What the mail server took; it says `refusal` instead where set."""

    taken: list[Any] = field(default_factory=list)
    refusal: str = ""
    port: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refusal:
            return self.refusal
        self.taken.append(message_from_bytes(envelope.content))
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def box() -> Iterator[Box]:
    found = Box(port=free_port())
    controller = Controller(found, hostname="127.0.0.1", port=found.port)
    controller.start()
    yield found
    controller.stop()


def send(
    database: Database, url: str, clock: Clock, whom: tuple[str, ...] = EVERYBODY
) -> list[Outcome]:
    return deliver(
        database,
        "essai",
        DAY,
        MAIL,
        whom,
        smtp_url=url,
        sender="Sada <sada@example.org>",
        clock=clock,
        timeout=5,
    )


def states(outcomes: list[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


def test_each_gets_one_mail_and_none_a_second(empty: Database, box: Box) -> None:
    assert states(send(empty, box.url, Clock())) == ["sent"] * 3
    assert states(send(empty, box.url, Clock())) == ["had"] * 3
    assert [message["To"] for message in box.taken] == list(EVERYBODY)
    assert len({message["Message-ID"] for message in box.taken}) == 3


def test_a_recipient_listed_twice_gets_one(empty: Database, box: Box) -> None:
    assert states(send(empty, box.url, Clock(), ("a@example.org", "a@example.org"))) == ["sent"]
    assert len(box.taken) == 1


def test_two_senders_at_once_send_once(empty: Database, box: Box) -> None:
    ready, found = threading.Barrier(2), list[Outcome]()

    def race() -> None:
        ready.wait()
        found.extend(send(empty, box.url, Clock()))

    threads = [threading.Thread(target=race) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states(found).count("sent") == 3
    assert sorted(message["To"] for message in box.taken) == list(EVERYBODY)


def test_a_server_that_was_down_gets_it_once_later(empty: Database, box: Box) -> None:
    clock = Clock()
    down = send(empty, "smtp://127.0.0.1:1", clock)
    assert states(down) == ["failed"] * 3
    assert "cannot be reached" in down[0].error
    assert states(send(empty, box.url, clock)) == ["waiting"] * 3
    clock.now += timedelta(minutes=6)
    assert states(send(empty, box.url, clock)) == ["sent"] * 3
    assert states(send(empty, box.url, clock)) == ["had"] * 3
    assert len(box.taken) == 3


def test_waits_grow_but_end(empty: Database) -> None:
    clock, tries = Clock(), 0
    for _ in range(24 * 12):
        clock.now += timedelta(minutes=5)
        tries += states(send(empty, "smtp://127.0.0.1:1", clock, EVERYBODY[:1])) == ["failed"]
    assert 12 <= tries <= 20


def test_a_busy_server_is_asked_again_with_the_same_id(empty: Database, box: Box) -> None:
    clock, box.refusal = Clock(), "451 later"
    assert states(send(empty, box.url, clock, EVERYBODY[:1])) == ["failed"]
    box.refusal = ""
    clock.now += timedelta(hours=1)
    assert states(send(empty, box.url, clock, EVERYBODY[:1])) == ["sent"]


def test_a_killed_sender_is_taken_over_after_a_while(
    empty: Database, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    with monkeypatch.context() as patch:

        def killed(*args: object) -> None:
            raise KeyboardInterrupt

        patch.setattr("reports.delivery.hand_over", killed)
        with pytest.raises(KeyboardInterrupt):
            send(empty, box.url, clock, EVERYBODY[:1])
    assert states(send(empty, box.url, clock, EVERYBODY[:1])) == ["waiting"]
    clock.now += timedelta(minutes=16)
    assert states(send(empty, box.url, clock, EVERYBODY[:1])) == ["sent"]


def test_log_in_over_loopback(empty: Database) -> None:
    seen = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        seen.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss", handled=False)

    found, port = Box(), free_port()
    controller = Controller(
        found,
        hostname="127.0.0.1",
        port=port,
        authenticator=check,
        auth_require_tls=False,
        auth_required=True,
    )
    controller.start()
    try:
        good, bad = (f"smtp://me:{word}@127.0.0.1:{port}" for word in ("p%40ss", "wrong"))
        refused = send(empty, bad, Clock(), EVERYBODY[:1])
        assert states(refused) == ["failed"]
        assert "SADA_MAIL__SMTP_URL" in refused[0].error
        assert "wrong" not in refused[0].error
        assert states(send(empty, good, Clock(), EVERYBODY[1:2])) == ["sent"]
    finally:
        controller.stop()
    assert seen[-1] == (b"me", b"p@ss")
