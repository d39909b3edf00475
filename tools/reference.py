"""Writes docs/reference/{settings,commands,campaign-file}.md from the code they describe.

`python tools/reference.py` writes them; a test compares them (`tests/sada/test_reference.py`).
"""

import sys
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import SecretStr

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
MADE = "<!-- Made by tools/reference.py; do not edit. -->\n\n"


def settings_page() -> str:
    """Every setting with its type, default and meaning."""
    from config.load import setting_names

    rows = [_field(name, field).strip() for name, field in setting_names().items()]
    return (
        f"{MADE}# Settings\n\n"
        "Read from the environment, then `.env`, then `sada.toml` in the working folder; the"
        " earlier wins. In `sada.toml` two underscores are a table: `SADA_X__BEARER_TOKEN` is"
        " `bearer_token` under `[x]`. Each secret may stand in a file named by the same setting"
        " with `_FILE`."
        " An unknown or malformed setting is an error that names it.\n\n"
        "| setting | type | default | meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def commands_page() -> str:
    """Every command with its arguments, as `--help` tells them."""
    import typer

    from sada.cli.app import app

    root = typer.main.get_command(app)
    parts = [f"{MADE}# Commands\n"]
    for path, command in _walk(root, ("sada",)):
        parts.append(f"\n## `{' '.join(path)}`\n\n{(command.help or '').strip()}\n")
        rows = [_parameter(one) for one in command.params if one.name != "help"]
        if rows:
            parts.append("\n| | |\n|---|---|\n" + "\n".join(rows) + "\n")
    parts.append(
        "\nErrors are one line on stderr: exit 2 for wrong use or configuration, 1 for a failure.\n"
    )
    return "".join(parts)


def campaign_page() -> str:
    """Every field of a campaign file, part by part."""
    from config import campaign
    from config.campaign import Campaign, Part

    models = [Campaign] + [
        one
        for one in vars(campaign).values()
        if isinstance(one, type) and issubclass(one, Part) and one not in (Part, Campaign)
    ]
    parts = [
        f"{MADE}# Campaign files\n\nOne YAML file a campaign, in `SADA_CAMPAIGNS_DIR`. Dates and"
        " hours are those of Africa/Casablanca. An unknown field is an error. `sada check` explains"
        " a broken file by line and field. The shipped ones are in `config/campaigns/`.\n"
    ]
    for model in models:
        parts.append(f"\n## {model.__name__}\n\n{_paragraphs(model.__doc__)}\n\n")
        parts.append("| field | type | default | |\n|---|---|---|---|\n")
        parts += [_field(name, field) for name, field in model.model_fields.items()]
    return "".join(parts)


def _walk(group, path):  # type: ignore[no-untyped-def]
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _walk(command, (*path, name))
        else:
            yield (*path, name), command


def _parameter(parameter) -> str:  # type: ignore[no-untyped-def]
    if parameter.param_type_name == "argument":
        return (
            f"| `{parameter.metavar or parameter.name.upper()}` | {_cell(parameter.help or '')} |"
        )
    names = ", ".join(f"`{name}`" for name in parameter.opts)
    default = parameter.default
    shown = f" Default: {default}." if default not in (None, False, ()) else ""
    return f"| {names} | {_cell(parameter.help or '')}{shown} |"


def _field(name, field) -> str:  # type: ignore[no-untyped-def]
    default = "**needed**" if field.is_required() else _cell(_plain(field.default))
    kind = _kind(field.annotation)
    return f"| `{name}` | {_cell(kind)} | {default} | {_cell(field.description or '')} |\n"


def _kind(annotation: object) -> str:
    """A type as a reader of a table wants it: `list of text`."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(inner[0])
    if origin in (Union, UnionType):
        return _kind(next(one for one in inner if one is not NoneType))
    if origin is Literal:
        return " or ".join(str(one) for one in inner)
    if origin is tuple:
        return f"list of {_kind(inner[0])}"
    if origin is dict:
        return f"{_kind(inner[0])} to {_kind(inner[1])}"
    return _NAMES.get(annotation, getattr(annotation, "__name__", str(annotation)))


_NAMES = {
    SecretStr: "secret",
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Path: "path",
}


def _plain(value: object) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return str(value) if isinstance(value, int | float | str | Path) else "see below"


def _paragraphs(text: str | None) -> str:
    return "\n".join(line.strip() for line in (text or "").strip().splitlines())


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


PAGES = {"settings": settings_page, "commands": commands_page, "campaign-file": campaign_page}

if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER.parent.parent))
    for page, write in PAGES.items():
        (FOLDER / f"{page}.md").write_text(write(), encoding="utf-8")
