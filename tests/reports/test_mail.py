import smtplib
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ConfigurationError
from reports.errors import MailError
from reports.mail import Mail, Picture, build_message, connect, hand_over, message_id

NOW = datetime(2025, 10, 9, 7, tzinfo=UTC)
SENDER = "Sada <sada@example.org>"
PAGE = "<p>é <img src='cid:posts'></p>"
MAIL = Mail("Sada · مامحكومش · hier", PAGE, "é\n", (Picture("posts", b"\x89PNG", "x"),))


def build(mail: Mail = MAIL, **changes: str) -> bytes:
    told = {"sender": SENDER, "recipient": "a@example.org", "identity": "<1@example.org>"}
    return build_message(mail, now=NOW, **(told | changes)).as_bytes()


def test_text_html_and_picture_in_one_mail() -> None:
    message = message_from_bytes(build(), policy=default)
    assert message["Subject"] == MAIL.subject
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    picture = list(message.walk())[-1]
    assert picture["Content-ID"] == "<posts>"
    assert picture.get_content() == b"\x89PNG"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "mailto:sada@example.org" in message["List-Unsubscribe"]


def test_the_same_mail_has_the_same_bytes() -> None:
    assert build() == build()


def test_only_seven_bit_lines_leave() -> None:
    whole = build()
    assert whole.isascii()
    assert max(map(len, whole.splitlines())) < 998


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x00", "\x0b", "\u2028", "\x85"])
def test_line_breaks_in_headers_are_refused(sign: str) -> None:
    injected = f"x{sign}Bcc: evil@example.org"
    with pytest.raises(ConfigurationError, match="subject"):
        build(Mail(injected, "", ""))
    with pytest.raises(ConfigurationError, match="SADA_MAIL__SENDER"):
        build(sender=f"{injected} <a@example.org>")
    with pytest.raises(ConfigurationError, match="recipients"):
        build(recipient=f"a@example.org{sign}evil@example.org")


@pytest.mark.parametrize("address", ["", "nobody", "a b@c.d", "a@b, c@d", "@b", "a@", "a@b c"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match=r"digest\.recipients"):
        build(recipient=address)


@given(st.text(max_size=80))
def test_any_subject_is_one_header_or_refused(subject: str) -> None:
    try:
        whole = build(Mail(subject, "", ""))
    except (ConfigurationError, UnicodeEncodeError):
        return
    message = message_from_bytes(whole, policy=default)
    assert message["Bcc"] is None
    assert message["To"] == "a@example.org"


def test_one_id_a_campaign_day_and_recipient() -> None:
    one = message_id("essai", date(2025, 10, 9), "A@example.org", SENDER)
    assert one == message_id("essai", date(2025, 10, 9), "a@example.org ", SENDER)
    others = {
        message_id("autre", date(2025, 10, 9), "a@example.org", SENDER),
        message_id("essai", date(2025, 10, 10), "a@example.org", SENDER),
        message_id("essai", date(2025, 10, 9), "b@example.org", SENDER),
    }
    assert one not in others
    assert len(others) == 3
    assert one.endswith("@example.org>")
    assert "a@example" not in one.lower()


@pytest.mark.parametrize("url", ["", "http://x", "smtp://", "smtp://h:port", "mail.example.org"])
def test_an_unusable_address_of_the_server_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigurationError, match="SADA_MAIL__SMTP_URL"), connect(url):
        pass


def test_a_server_that_is_down_is_told_without_the_password() -> None:
    with (
        pytest.raises(MailError, match="cannot be reached") as caught,
        connect("smtp://me:s3cret@127.0.0.1:1", timeout=2),
    ):
        pass
    assert "s3cret" not in str(caught.value)
    assert not caught.value.lasting


class Refusing(smtplib.SMTP):
    """A session whose server answers as told."""

    def __init__(self, answer: Exception) -> None:
        self.answer = answer

    def send_message(self, *args: object, **options: object) -> dict[str, tuple[int, bytes]]:
        raise self.answer


@pytest.mark.parametrize(
    ("answer", "lasting"),
    [
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}), True),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (451, b"later")}), False),
        (smtplib.SMTPDataError(554, b"spam"), True),
        (smtplib.SMTPServerDisconnected(), False),
        (TimeoutError(), False),
    ],
)
def test_refusals_say_whether_later_may_help(answer: Exception, lasting: bool) -> None:
    message = build_message(
        MAIL, sender=SENDER, recipient="a@example.org", identity="<1@x>", now=NOW
    )
    with pytest.raises(MailError) as caught:
        hand_over(Refusing(answer), message)
    assert caught.value.lasting is lasting
