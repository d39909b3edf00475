"""Reads campaign files and explains a broken one by file, line, field and remedy."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import ValidationError

from config.campaign import Campaign
from config.errors import ConfigurationError
from config.indicators import with_files

SHIPPED = Path(str(files("config") / "campaigns"))
REFERENCE = "docs/reference/campaign-file.md"


class _Loader(yaml.SafeLoader):
    """Leaves dates and times as text, so that a wrong one is reported with its field and line."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, form) for tag, form in known if tag != "tag:yaml.org,2002:timestamp"]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


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
    try:
        node = yaml.compose(text, Loader=_Loader)
        data = _Loader("").construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}:{mark.line + 1}" if mark else name
        problem = getattr(error, "problem", None) or error
        raise ConfigurationError(f"{place}: not valid YAML ({problem}).") from error
    if not isinstance(data, dict):
        raise ConfigurationError(f"{name}: is empty or no mapping of fields. See {REFERENCE}.")
    try:
        return Campaign.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        line = _line(node, first["loc"])
        field = ".".join(str(part) for part in first["loc"]) or "campaign"
        said = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise ConfigurationError(f"{name}:{line}: {field}: {said}. See {REFERENCE}.") from error


def _line(node: yaml.Node | None, path: Sequence[str | int]) -> int:
    """The line (from 1) of the deepest part of `path` that stands in the file."""
    line = 1
    for part in path:
        step = _child(node, part)
        if step is None:
            break
        line, node = step
    return line


def _child(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        child = node.value[part]
        return child.start_mark.line + 1, child
    return None
