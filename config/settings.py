"""Settings from the environment (`SADA_…`), `.env` and `sada.toml`, in that order of precedence.

Nested names are joined by two underscores (`SADA_X__BEARER_TOKEN`). Every secret may also be given
as the path of a file that holds it, by the same name with `_FILE` (`SADA_X__BEARER_TOKEN_FILE`).
"""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr


def http_address(value: str) -> str:
    """`value` without a slash at its end. Raises `ValueError` unless it is an http(s) address."""
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


HttpAddress = Annotated[str, AfterValidator(http_address)]


def _hub_model(value: str) -> str:
    if not value.strip() or value != value.strip() or "\n" in value:
        raise ValueError("must be a hub id such as owner/name@revision, or a folder")
    return value


def _labels(pairs: tuple[str, ...]) -> tuple[str, ...]:
    for pair in pairs:
        name, sign, meaning = pair.rpartition("=")
        if not (name.strip() and sign and meaning.strip()):
            raise ValueError(f"'{pair}' must be written as name=meaning")
    return pairs


HubModel = Annotated[str, AfterValidator(_hub_model)]
Labels = Annotated[tuple[str, ...], AfterValidator(_labels)]


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
    dollars_per_count: float = Field(
        default=0.010, ge=0, description="What X bills for a counts request of the archive."
    )
    backfill_share: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Part of what a campaign's budget leaves that days over a week old may cost."
        " They are counted first, and not read where that would cost more.",
    )
    compliance_jobs: bool = Field(
        default=True,
        description="Whether X is asked daily by compliance jobs, which it does not bill, which"
        " stored posts were deleted or edited.",
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
    comment_trees: bool = Field(
        default=True,
        description="Whether all comments under posts that matched are read, up to a week.",
    )


class YouTubeSettings(Section):
    """Access to the YouTube Data API v3."""

    api_key: SecretStr | None = Field(
        default=None, description="Key of a Google Cloud project that has YouTube Data API v3."
    )
    api_url: HttpAddress = Field(
        default="https://www.googleapis.com/youtube/v3",
        description="Base address: the platform or a sandbox.",
    )
    searches_per_day: int = Field(
        default=100,
        ge=1,
        description="Search calls that the project may make a day; all campaigns share them. They"
        " are spread over the day.",
    )
    comments: bool = Field(
        default=True, description="Whether comments and replies of the videos found are read."
    )
    comments_per_video: int = Field(
        default=1000, ge=1, description="Comments of one video that are read in one pass."
    )


class BlueskySettings(Section):
    """Access to Bluesky."""

    handle: str | None = Field(
        default=None, description="Handle of the account, such as my-ngo.bsky.social."
    )
    app_password: SecretStr | None = Field(
        default=None, description="An app password of the account, never its own password."
    )
    api_url: HttpAddress = Field(
        default="https://bsky.social",
        description="Base address: the account's server or a sandbox.",
    )


class TikTokSettings(Section):
    """Access to the TikTok Research API."""

    client_key: str | None = Field(default=None, description="Key of the research client.")
    client_secret: SecretStr | None = Field(
        default=None, description="Secret of the research client."
    )
    api_url: HttpAddress = Field(
        default="https://open.tiktokapis.com",
        description="Base address: the platform or a sandbox.",
    )
    regions: tuple[str, ...] = Field(
        default=("MA",),
        description="Countries whose creators give words of the whole world a context, by commas.",
    )
    comments: bool = Field(
        default=True, description="Whether comments of the videos found are read."
    )


def _server(value: str) -> str:
    return http_address(value if "://" in value else f"https://{value}")


Server = Annotated[str, AfterValidator(_server)]


class MastodonSettings(Section):
    """Which Mastodon servers are read."""

    instances: tuple[Server, ...] = Field(
        default=("https://mastodon.social",),
        description="Servers whose hashtag timelines are read, by commas.",
    )
    access_tokens: SecretStr | None = Field(
        default=None,
        description="host=token of an account, by commas, for servers that show nothing without.",
    )
    user_agent: str = Field(
        default="sada/0.1 (campaign evaluation)",
        min_length=4,
        description="How Sada names itself to servers; an address to write to is good manners.",
    )


class NewsSettings(Section):
    """Feeds of the press."""

    feeds: Path | None = Field(
        default=None, description="List of feeds (YAML). Default: the Moroccan press, as shipped."
    )
    api_url: HttpAddress | None = Field(
        default=None, description="Base address in place of every feed's own: a sandbox."
    )
    comments: bool = Field(
        default=True, description="Whether feeds of readers' comments are read too."
    )
    user_agent: str = Field(
        default="sada/0.1 (campaign evaluation; feed reader)",
        min_length=4,
        description="How Sada names itself to the press; an address to write to is good manners.",
    )


class NetworkSettings(Section):
    """Where requests may go."""

    allow: tuple[str, ...] = Field(
        default=(),
        description="Hosts on private networks that feeds, Mastodon servers and API addresses may"
        " be on, by commas, as they stand in the address. All others are refused.",
    )


class NlpSettings(Section):
    """Which models understand the texts: the embedded one where nothing else is said."""

    batch_size: int = Field(
        default=512, ge=1, description="Most texts that are read and stored in one step."
    )
    sentiment_model: HubModel | None = Field(
        default=None,
        description="Model for sentiment: hub id such as owner/name or owner/name@revision, or a"
        " folder. Default: the embedded one.",
    )
    offensive_model: HubModel | None = Field(
        default=None, description="Model for offensiveness, written in the same way."
    )
    language_model: HubModel | None = Field(
        default=None, description="Model for the language, written in the same way."
    )
    sentiment_labels: Labels = Field(
        default=(),
        description="What the sentiment model's labels mean (neg, neu, pos) where Sada does not"
        " know: LABEL_0=neg,LABEL_1=neu,LABEL_2=pos.",
    )
    offensive_labels: Labels = Field(
        default=(), description="The same for offensiveness: 1=offensive,*=harmless."
    )
    language_labels: Labels = Field(
        default=(), description="The same for the language: ar=arb,*=other."
    )
    onnx_file: str | None = Field(
        default=None,
        description="Which file of a model's folder is run, such as onnx/model_quantized.onnx."
        " Default: the exact export, else the safetensors.",
    )
    max_tokens: int = Field(
        default=256, ge=8, le=8192, description="Tokens of a text that a hub model reads."
    )
    offline: bool = Field(
        default=False, description="Never fetch models; only those that are kept are used."
    )
    hub_url: HttpAddress | None = Field(
        default=None, description="Address of a mirror of the hub. Default: https://huggingface.co."
    )
    models_dir: Path | None = Field(
        default=None, description="Where fetched models are kept. Default: models under SADA_HOME."
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
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much Sada says on stderr."
    )
    x: XSettings = XSettings()
    reddit: RedditSettings = RedditSettings()
    youtube: YouTubeSettings = YouTubeSettings()
    bluesky: BlueskySettings = BlueskySettings()
    tiktok: TikTokSettings = TikTokSettings()
    mastodon: MastodonSettings = MastodonSettings()
    news: NewsSettings = NewsSettings()
    network: NetworkSettings = NetworkSettings()
    nlp: NlpSettings = NlpSettings()
    mail: MailSettings = MailSettings()
    dashboard: DashboardSettings = DashboardSettings()
    privacy: PrivacySettings = PrivacySettings()

    @property
    def database(self) -> str:
        """The SQLAlchemy address in use."""
        return self.database_url or f"sqlite:///{self.home / 'sada.db'}"
