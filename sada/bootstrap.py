"""The one place where settings are read and parts are put together (collectors: `sada.sources`)."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from collectors.retry import Patience
from config.campaign import Campaign
from config.campaigns import load_campaigns
from config.errors import ConfigurationError, SadaError
from config.i18n import CASABLANCA
from config.load import load_settings
from config.settings import Settings
from storage.database import Database, open_database
from storage.migrate import is_blank, require_current, upgrade

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
    clock: Clock
    patience: Patience = field(default_factory=Patience)
    """How long collectors wait for a platform."""

    @property
    def timezone(self) -> ZoneInfo:
        """Whose days and hours campaigns follow. It is no setting: a day means the same in the
        database, on every page and in every report."""
        return CASABLANCA

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
    """Whether the embedded database was never made, or a kill came while it was made."""
    if settings.database_url is not None:
        return False
    return not (settings.home / "sada.db").exists() or is_blank(settings.database)
