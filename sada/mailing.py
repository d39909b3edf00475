"""The digest and the report: gathered, worded, then written to a file or sent."""

from base64 import b64encode
from datetime import date
from pathlib import Path

from config.campaign import Campaign, Language
from config.errors import ConfigurationError, SadaError
from reports.delivery import Outcome, deliver
from reports.digest import Digest, build_digest
from reports.digest_mail import render
from reports.gather import Material, gather
from reports.mail import Mail, build_message, message_id
from reports.words import translator
from sada import __version__
from sada.bootstrap import Sada
from sada.policy import offensive_excluded
from storage.migrate import revision
from storage.warnings import tell_warnings

NOBODY = "nobody@sada.invalid"
"""Stands for the recipient in a mail that is only written to a file (RFC 2606)."""


def digest_mail(sada: Sada, campaign: Campaign, day: date) -> Mail:
    """The mail that is sent on the morning of `day`."""
    return _render(sada, campaign, build_digest(_material(sada, campaign, day)))


def _render(sada: Sada, campaign: Campaign, digest: Digest) -> Mail:
    language = translator(campaign.digest.language)
    return render(digest, language, sada.settings.mail.dashboard_url or "")


def send_digest(sada: Sada, campaign: Campaign, day: date) -> list[Outcome]:
    """Sends the digest of `day` to those who have not had it; once, whoever else sends too.

    Raises `ConfigurationError` when no mail server is set or nobody is to get it.
    """
    settings = sada.settings.mail
    if settings.smtp_url is None:
        raise ConfigurationError("digest: no mail server. Set SADA_MAIL__SMTP_URL.")
    if not campaign.digest.recipients:
        raise ConfigurationError(
            f"{campaign.slug}: no recipients. List them under digest in the campaign file."
        )
    digest = build_digest(_material(sada, campaign, day))
    outcomes = deliver(
        sada.database,
        campaign.slug,
        day,
        _render(sada, campaign, digest),
        campaign.digest.recipients,
        smtp_url=settings.smtp_url.get_secret_value(),
        sender=settings.sender,
        clock=sada.clock,
    )
    if any(outcome.state == "sent" for outcome in outcomes):
        told = [alarm.subject for alarm in digest.alarms if alarm.subject]
        tell_warnings(sada.database, campaign.slug, told, day, sada.clock())
    return outcomes


def write_digest(sada: Sada, campaign: Campaign, day: date, path: Path | None) -> str:
    """Writes the mail by `path`'s ending (.eml, .html, .txt) and says so; without one, its text."""
    mail = digest_mail(sada, campaign, day)
    if path is None:
        return f"{mail.subject}\n\n{mail.text}"
    content = _as_file(sada, campaign, day, mail, path)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise SadaError(f"{path}: cannot be written ({error.strerror}).") from error
    return f"digest: {path}"


def _as_file(sada: Sada, campaign: Campaign, day: date, mail: Mail, path: Path) -> bytes:
    if path.suffix == ".html":
        return _standalone(mail).encode()
    if path.suffix == ".txt":
        return f"{mail.subject}\n\n{mail.text}".encode()
    if path.suffix != ".eml":
        raise ConfigurationError(f"{path}: write a digest as .eml, .html or .txt.")
    sender = sada.settings.mail.sender
    message = build_message(
        mail,
        sender=sender,
        recipient=NOBODY,
        identity=message_id(campaign.slug, day, NOBODY, sender),
        now=sada.clock(),
    )
    return message.as_bytes()


def _standalone(mail: Mail) -> str:
    """The mail's HTML with its pictures inside, as a browser can open it."""
    html = mail.html
    for picture in mail.pictures:
        data = b64encode(picture.png).decode("ascii")
        html = html.replace(f"cid:{picture.name}", f"data:image/png;base64,{data}")
    return html


def write_campaign_report(sada: Sada, campaign: Campaign, folder: Path, language: Language) -> str:
    """Writes the report's page and tables into `folder`; says where."""
    from reports.report import write_report
    from reports.report_data import Provenance, gather_report

    report = gather_report(
        sada.database,
        campaign,
        today=sada.today(),
        now=sada.clock(),
        provenance=Provenance(__version__, revision(sada.settings.database) or ""),
        offensive_excluded=offensive_excluded(sada),
    )
    return f"report: {write_report(report, folder, translator(language))}"


def _material(sada: Sada, campaign: Campaign, day: date) -> Material:
    return gather(
        sada.database,
        campaign,
        today=day,
        now=sada.clock(),
        offensive_excluded=offensive_excluded(sada),
    )
