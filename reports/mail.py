"""Builds mails and hands them to an SMTP server; nothing of what they say is decided here."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses, parseaddr
from hashlib import blake2b
from ipaddress import ip_address
from unicodedata import category
from urllib.parse import unquote, urlsplit

from config.errors import ConfigurationError
from reports.errors import MailError

TIMEOUT = 30.0
PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that the HTML shows as `cid:<name>`; `alt` says what it shows."""

    name: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail for any recipient: `html` and `text` tell the same."""

    subject: str
    html: str
    text: str
    pictures: tuple[Picture, ...] = ()
    language: str = "fr"


def message_id(campaign: str, day: date, recipient: str, sender: str) -> str:
    """The one id of a recipient's digest of a day; it does not tell the recipient's address."""
    whom = blake2b(recipient.strip().casefold().encode(), digest_size=10).hexdigest()
    domain = _domain(parseaddr(sender)[1]) or "localhost"
    return f"<digest.{campaign}.{day.isoformat()}.{whom}@{domain}>"


def build_message(
    mail: Mail, *, sender: str, recipient: str, identity: str, now: datetime
) -> EmailMessage:
    """`mail` for one recipient as multipart text, HTML and inline pictures.

    The same arguments give the same bytes. Raises `ConfigurationError` when a header would hold a
    line break or other control sign, or an address is none.
    """
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["Subject"] = _line("subject", mail.subject)
    message["From"] = _address("SADA_MAIL__SENDER", sender)
    message["To"] = _address("digest.recipients", recipient)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = _line("Message-ID", identity)
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<mailto:{parseaddr(sender)[1]}?subject=unsubscribe>"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    page = message.get_body(("html",))
    if isinstance(page, EmailMessage):
        _add_pictures(page, mail.pictures)
    message["Content-Language"] = mail.language
    _fixed_boundaries(message, identity)
    return message


@contextmanager
def connect(smtp_url: str, *, timeout: float = TIMEOUT) -> Iterator[smtplib.SMTP]:
    """A logged-in session with the server of `smtp_url` (`smtp://user:pass@host:port`, `smtps://`).

    STARTTLS is taken when offered, except on loopback; a password is never sent in clear to another
    machine. Raises `MailError` (never with the password in it), `ConfigurationError` for the URL.
    """
    url = urlsplit(smtp_url)
    try:
        port = url.port or PORTS[url.scheme]
        host = url.hostname or ""
    except (KeyError, ValueError) as error:
        raise ConfigurationError(_unusable()) from error
    if not host:
        raise ConfigurationError(_unusable())
    server = f"{host}:{port}"
    try:
        session = _open(url.scheme, host, port, timeout)
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(f"mail server {server}: cannot be reached ({_said(error)}).") from error
    try:
        _log_in(session, server, unquote(url.username or ""), unquote(url.password or ""))
        yield session
    finally:
        session.close()


def hand_over(session: smtplib.SMTP, message: EmailMessage) -> None:
    """Give one message to the server. Raises `MailError`, lasting when the server said never."""
    recipient = str(message["To"])
    try:
        session.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise MailError(
            f"{recipient}: refused by the mail server ({code}). Check digest.recipients.",
            lasting=code >= 500,
        ) from error
    except smtplib.SMTPResponseException as error:
        raise MailError(
            f"{recipient}: the mail server answered {_said(error)}.", lasting=error.smtp_code >= 500
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(f"{recipient}: the connection broke ({_said(error)}).") from error


def _open(scheme: str, host: str, port: int, timeout: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=timeout, context=context)
    session = smtplib.SMTP(host, port, timeout=timeout)
    try:
        session.ehlo()
        if session.has_extn("starttls") and not _loopback(host):
            session.starttls(context=context)
            session.ehlo()
    except BaseException:
        session.close()
        raise
    return session


def _log_in(session: smtplib.SMTP, server: str, user: str, password: str) -> None:
    if not user:
        return
    encrypted = isinstance(session.sock, ssl.SSLSocket)
    if not encrypted and not _loopback(server.rsplit(":", 1)[0]):
        raise MailError(
            f"mail server {server}: offers no encryption, so the password is not sent."
            " Use smtps:// or another server.",
            lasting=True,
        )
    try:
        session.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        raise MailError(
            f"mail server {server}: refuses user '{user}' ({error.smtp_code})."
            " Check SADA_MAIL__SMTP_URL."
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(f"mail server {server}: log-in failed ({_said(error)}).") from error


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _unusable() -> str:
    return "SADA_MAIL__SMTP_URL: not of the form smtp://user:password@host:port or smtps://…"


def _said(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    return getattr(error, "strerror", None) or type(error).__name__


def _line(name: str, value: str) -> str:
    """`value`, sure to stay one header line."""
    if any(category(sign) in ("Cc", "Zl", "Zp") for sign in value):
        raise ConfigurationError(f"{name}: holds a line break or control sign. Remove it.")
    return value


def _address(name: str, value: str) -> Address:
    shown, spec = parseaddr(_line(name, value))
    whole = value.strip()
    alone = len(getaddresses([value])) == 1 and (whole == spec or whole.endswith(f"<{spec}>"))
    if not alone or not _domain(spec) or any(sign.isspace() for sign in spec):
        raise ConfigurationError(f"{name}: '{value}' is no e-mail address. Write name@domain.")
    try:
        return Address(shown, addr_spec=spec)
    except ValueError as error:
        raise ConfigurationError(
            f"{name}: '{value}' is no e-mail address. Write name@domain."
        ) from error


def _domain(spec: str) -> str:
    local, _, domain = spec.rpartition("@")
    return domain if local else ""


def _add_pictures(page: EmailMessage, pictures: Sequence[Picture]) -> None:
    for picture in pictures:
        page.add_related(
            picture.png,
            "image",
            "png",
            cid=f"<{picture.name}>",
            filename=f"{picture.name}.png",
            disposition="inline",
        )


def _fixed_boundaries(message: EmailMessage, identity: str) -> None:
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            seed = blake2b(f"{identity}{number}".encode(), digest_size=12).hexdigest()
            part.set_boundary(f"=_sada_{seed}")
