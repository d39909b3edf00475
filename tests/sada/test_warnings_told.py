"""A budget that is nearly spent is told in one day's mail, to everybody, and not again."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from sada.bootstrap import Sada
from sada.mailing import digest_mail, send_digest
from tests.sada.support import Clock, post
from tests.sada.test_collect import Scripted, page, run

WARNING = "du budget est dépensé"


@dataclass
class Box:
    """A mail server that keeps what it gets, or refuses everything."""

    texts: list[str] = field(default_factory=list)
    down: bool = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.down:
            return "451 come back later"
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.texts.append(message.get_body(("plain",)).get_content())
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Box, str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = Box()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, f"smtp://127.0.0.1:{port}"
    controller.stop()


def test_a_warning_is_mailed_once(
    make_sada: Callable[..., Sada], clock: Clock, box: tuple[Box, str]
) -> None:
    kept, url = box
    sada = make_sada(SADA_MAIL__SMTP_URL=url)
    campaign = sada.campaign("small")
    run(sada, Scripted(page(post(1), dollars=0.45)))  # for each of two queries
    digest_mail(sada, campaign, sada.today())  # `sada digest` without --send tells nobody

    kept.down = True
    send_digest(sada, campaign, sada.today())
    clock.now += timedelta(minutes=20)
    kept.down = False
    send_digest(sada, campaign, sada.today())
    clock.now += timedelta(days=1)
    send_digest(sada, campaign, sada.today())
    told = [WARNING in " ".join(text.split()) for text in kept.texts]
    assert told == [True, False]
