"""Settings from the environment (`SADA_…`), `.env` and `sada.toml`, in that order of precedence.

Nested names are joined by two underscores (`SADA_X__BEARER_TOKEN`). Every secret may also be given
as the path of a file that holds it, by the same name with `_FILE` (`SADA_X__BEARER_TOKEN_FILE`).
"""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr


def _http_address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    try:
        parts = urlsplit(value)
        whole = bool(parts.hostname) and (parts.port or 1) > 0 and not parts.username
    except ValueError:
        whole = False
    if not whole or any(sign.isspace() for sign in value):
        raise ValueError("must be an address such as https://host:port/path")
    return value.rstrip("/")


HttpAddress = Annotated[str, AfterValidator(_http_address)]


class Section(BaseModel):
    """A group of settings; an unknown name in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class XSettings(Section):
    """Access to the X API v2."""

    bearer_token: SecretStr | None = Field(default=None, description="The app's bearer token.")
    api_url: HttpAddress = Field(
        default="https://api.twitter.com", description="Base address: the platform or a sandbox."
    )
    archive: bool = Field(
        default=False,
        description="Whether the key may use full-archive search to fill days over a week old.",
    )
    dollars_per_post: float = Field(
        default=0.005, ge=0, description="What X bills for a post that is read."
    )
    dollars_per_user: float = Field(
        default=0.010, ge=0, description="What X bills for an author that is read."
    )
    offensive_analysis_permitted: bool = Field(
        default=False,
        description="Set when X has given written permission to analyse content against its rules.",
    )


class RedditSettings(Section):
    """Access to the Reddit API."""

    client_id: str | None = Field(default=None, description="Id of the script app.")
    client_secret: SecretStr | None = Field(default=None, description="Secret of the script app.")
    api_url: HttpAddress | None = Field(
        default=None, description="Base address in place of www.reddit.com and oauth.reddit.com."
    )
    user_agent: str = Field(
        default="python:sada:0.1 (campaign evaluation)",
        min_length=7,
        description="How Sada names itself to Reddit; name your account in it.",
    )
    subreddits: tuple[str, ...] = Field(
        default=("Morocco",), description="Whose new posts and comments are read, by commas."
    )


class NlpSettings(Section):
    """Which models understand the texts."""

    batch_size: int = Field(
        default=512, ge=1, description="Texts that are read and stored in one step."
    )


class MailSettings(Section):
    """How the digest is sent."""

    smtp_url: SecretStr | None = Field(
        default=None, description="smtp://user:password@host:port, or smtps:// for implicit TLS."
    )
    sender: str = Field(default="Sada <sada@localhost>", description="From whom mails come.")
    dashboard_url: HttpAddress | None = Field(
        default=None, description="Address of the dashboard that mails link to."
    )


class DashboardSettings(Section):
    """How the dashboard is served."""

    host: str = Field(
        default="127.0.0.1", description="This version has no log-in and serves loopback only."
    )
    port: int = Field(default=8050, ge=1, le=65535, description="Port of the dashboard.")
    language: Literal["fr", "ar", "en"] = Field(
        default="fr", description="Language until a reader chooses another."
    )
    secret_key: SecretStr | None = Field(
        default=None, description="Kept for log-ins, which this version has not yet."
    )


class PrivacySettings(Section):
    """How persons are protected."""

    key: SecretStr | None = Field(
        default=None,
        description="Secret that author pseudonyms are made with. Default: made once, kept under"
        " SADA_HOME. Whoever loses it can no longer recognise an author that was seen before.",
    )


class Settings(Section):
    """Everything that Sada can be told apart from its campaigns."""

    home: Path = Field(default=Path("sada-data"), description="Where Sada keeps its files.")
    database_url: str | None = Field(
        default=None, description="SQLAlchemy address. Default: SQLite file under SADA_HOME."
    )
    campaigns_dir: Path | None = Field(
        default=None, description="Folder of campaign files. Default: those shipped with Sada."
    )
    timezone: str = Field(
        default="Africa/Casablanca", description="Zone whose days and hours campaigns follow."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much Sada says on stderr."
    )
    x: XSettings = XSettings()
    reddit: RedditSettings = RedditSettings()
    nlp: NlpSettings = NlpSettings()
    mail: MailSettings = MailSettings()
    dashboard: DashboardSettings = DashboardSettings()
    privacy: PrivacySettings = PrivacySettings()

    @property
    def database(self) -> str:
        """The SQLAlchemy address in use."""
        return self.database_url or f"sqlite:///{self.home / 'sada.db'}"
