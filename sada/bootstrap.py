"""The one place where settings are read and parts are put together."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collectors.base import Collector, Refused
from config.campaign import Campaign, SourcePlan
from config.campaigns import load_campaigns
from config.errors import ConfigurationError, SadaError
from config.load import load_settings
from config.settings import Settings
from storage.database import Database, open_database
from storage.migrate import require_current, upgrade

Clock = Callable[[], datetime]
KEY_BYTES = 32


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Sada:
    """The parts of a running Sada, handed down to whatever does work."""

    settings: Settings
    campaigns: Mapping[str, Campaign]
    database: Database
    secret: bytes
    timezone: ZoneInfo
    clock: Clock

    def campaign(self, slug: str) -> Campaign:
        """Raises `ConfigurationError` that lists the known ones."""
        try:
            return self.campaigns[slug]
        except KeyError as error:
            known = ", ".join(self.campaigns) or "none"
            raise ConfigurationError(f"'{slug}' is no campaign. Known: {known}.") from error

    def today(self) -> date:
        """The day it is in the campaigns' time zone."""
        return self.clock().astimezone(self.timezone).date()


def assemble(
    settings: Settings | None = None, *, clock: Clock = utc_now, migrate: bool | None = None
) -> Sada:
    """Reads settings and campaigns and opens the database.

    `migrate`: True brings the schema up to date, False demands that it is; by default only a
    database that does not exist yet is made. Raises `SadaError`.
    """
    settings = load_settings() if settings is None else settings
    campaigns = load_campaigns(settings.campaigns_dir)
    make_home(settings.home)
    if migrate or (migrate is None and _is_new(settings)):
        upgrade(settings.database)
    else:
        require_current(settings.database)
    return Sada(
        settings=settings,
        campaigns=campaigns,
        database=open_database(settings.database),
        secret=privacy_key(settings),
        timezone=zone(settings.timezone),
        clock=clock,
    )


def make_home(home: Path) -> None:
    """Makes SADA_HOME, readable by its owner only. Raises `SadaError`."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SadaError(
            f"SADA_HOME: the folder {home} cannot be made ({error.strerror}). Choose another one."
        ) from error


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigurationError(
            f"SADA_TIMEZONE: '{name}' is no time zone. Give one such as Africa/Casablanca."
        ) from error


def privacy_key(settings: Settings) -> bytes:
    """The secret behind author pseudonyms: the setting, else made once under SADA_HOME."""
    if settings.privacy.key is not None:
        key = settings.privacy.key.get_secret_value().encode()
        if len(key) < KEY_BYTES:
            raise ConfigurationError(f"SADA_PRIVACY__KEY: must have at least {KEY_BYTES} bytes.")
        return key
    path = settings.home / "privacy.key"
    try:
        key = _kept_key(path)
    except OSError as error:
        raise SadaError(f"{path}: cannot be made or read ({error.strerror}).") from error
    if len(key) < KEY_BYTES:
        raise SadaError(f"{path}: is cut short. Restore it from where you keep a copy of it.")
    return key


def _kept_key(path: Path) -> bytes:
    """Makes the file at most once, however many processes start together."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(KEY_BYTES), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes().strip()


def _is_new(settings: Settings) -> bool:
    return settings.database_url is None and not (settings.home / "sada.db").exists()


def build_collector(sada: Sada, campaign: Campaign, plan: SourcePlan) -> Collector:
    """The collector of one source of a campaign.

    Raises `Refused` when its credentials are not set, `ConfigurationError` for an unknown source.
    """
    try:
        build = _BUILDERS[plan.name]
    except KeyError as error:
        known = ", ".join(_BUILDERS)
        raise ConfigurationError(
            f"{campaign.slug}: source '{plan.name}' is not known. Known: {known}."
        ) from error
    return build(sada, campaign)


def _x(sada: Sada, campaign: Campaign) -> Collector:
    from collectors.x import XCollector

    settings = sada.settings.x
    if settings.bearer_token is None:
        raise Refused("x", "no key. Set SADA_X__BEARER_TOKEN (docs/how-to/x.md).")
    return XCollector(
        settings.bearer_token.get_secret_value(),
        api_url=settings.api_url,
        archive=settings.archive,
        dollars_per_post=settings.dollars_per_post,
        dollars_per_user=settings.dollars_per_user,
        clock=sada.clock,
    )


def _reddit(sada: Sada, campaign: Campaign) -> Collector:
    from collectors.query import Matcher
    from collectors.reddit import RedditCollector

    settings = sada.settings.reddit
    if settings.client_id is None or settings.client_secret is None:
        raise Refused(
            "reddit",
            "no key. Set SADA_REDDIT__CLIENT_ID and SADA_REDDIT__CLIENT_SECRET"
            " (docs/how-to/reddit.md).",
        )
    matcher = Matcher(campaign.families, campaign.topic_query)
    return RedditCollector(
        client_id=settings.client_id,
        client_secret=settings.client_secret.get_secret_value(),
        user_agent=settings.user_agent,
        api_url=settings.api_url,
        match=lambda text: matcher.match(text, in_context=True) is not None,
        match_anywhere=lambda text: matcher.match(text) is not None,
        clock=sada.clock,
    )


_BUILDERS: Mapping[str, Callable[[Sada, Campaign], Collector]] = {"x": _x, "reddit": _reddit}
SOURCES = tuple(_BUILDERS)
