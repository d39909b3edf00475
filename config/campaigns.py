"""Reads campaign files and explains a broken one by file, line, field and remedy."""

from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from config.campaign import Campaign
from config.campaign_errors import field_of, said_of
from config.campaign_yaml import Document
from config.errors import ConfigurationError
from config.indicators import with_files

SHIPPED = Path(str(files("config") / "campaigns"))
REFERENCE = "docs/reference/campaign-file.md"


def load_campaigns(folder: Path | None = None) -> dict[str, Campaign]:
    """Every campaign of `folder` (default: those shipped) by slug, in order of file name.

    Raises `ConfigurationError` at the first file that cannot be used.
    """
    folder = SHIPPED if folder is None else folder
    if not folder.is_dir():
        raise ConfigurationError(
            f"SADA_CAMPAIGNS_DIR: {folder} is no folder. Make it, or unset the setting."
        )
    found: dict[str, Campaign] = {}
    for path in sorted(folder.glob("*.yaml")):
        campaign = load_campaign(path)
        if campaign.slug in found:
            raise ConfigurationError(f"{path}: slug '{campaign.slug}' is used by another file too.")
        found[campaign.slug] = campaign
    return found


def load_campaign(path: Path) -> Campaign:
    """The campaign of one file. Raises `ConfigurationError`."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8 text. Save it again as UTF-8.") from error
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}).") from error
    return with_files(parse_campaign(text, str(path)), path.parent)


def parse_campaign(text: str, name: str) -> Campaign:
    """The campaign written in `text`; `name` stands for the file in errors."""
    document = Document(text, name)
    if not isinstance(document.data, dict):
        raise ConfigurationError(f"{name}: is empty or no mapping of fields. See {REFERENCE}.")
    try:
        return Campaign.model_validate(document.data)
    except ValidationError as error:
        first = error.errors()[0]
        where = f"{name}:{document.line(first['loc'])}: {field_of(first)}"
        raise ConfigurationError(f"{where}: {said_of(first)}. See {REFERENCE}.") from error
