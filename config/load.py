"""Reads `Settings` from where an operator wrote them and says plainly what is wrong."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

from dotenv import dotenv_values
from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from config.errors import ConfigurationError
from config.settings import Settings

PREFIX = "SADA_"
Tree = dict[str, Any]


def load_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Settings from `environ`, then `.env`, then `sada.toml` in `folder` (the earlier wins).

    Raises `ConfigurationError` that names the setting and where it was written.
    """
    environ = os.environ if environ is None else environ
    folder = Path() if folder is None else folder
    merged: Tree = {}
    origin: dict[str, str] = {}
    for where, tree in (
        (f"{folder / 'sada.toml'}", _toml(folder / "sada.toml")),
        (f"{folder / '.env'}", _from_names(_dotenv(folder / ".env"))),
        ("the environment", _from_names(environ)),
    ):
        _merge(merged, tree, where, origin)
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise ConfigurationError(_explain(error.errors()[0], origin)) from error


def setting_names() -> dict[str, FieldInfo]:
    """Every setting by its environment name."""
    return dict(_names(Settings, PREFIX))


def _names(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _names(kind, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}", field


def _toml(path: Path) -> Tree:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path}: not valid TOML ({error}). Mend it or remove it."
        ) from error


def _dotenv(path: Path) -> dict[str, str]:
    return {k: v for k, v in dotenv_values(path).items() if v is not None} if path.is_file() else {}


def _from_names(names: Mapping[str, str]) -> Tree:
    tree: Tree = {}
    secrets, lists = _secret_names(), _list_names()
    for name, value in names.items():
        if not name.startswith(PREFIX) or value == "":
            continue
        if name.endswith("_FILE") and name.removesuffix("_FILE") in secrets:
            name, value = name.removesuffix("_FILE"), _secret_file(name, value)  # noqa: PLW2901
        told = _listed(value) if name in lists else value
        _put(tree, name.removeprefix(PREFIX).lower().split("__"), told)
    return tree


def _secret_names() -> set[str]:
    return {
        name for name, field in setting_names().items() if SecretStr in get_args(field.annotation)
    }


def _list_names() -> set[str]:
    """Settings that a text with commas stands for."""
    return {
        name for name, field in setting_names().items() if get_origin(field.annotation) is tuple
    }


def _listed(value: str) -> list[str]:
    return [one for part in value.split(",") if (one := part.strip())]


def _secret_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{name}: the file {path} cannot be read ({error}). Give a readable file or unset it."
        ) from error


def _put(tree: Tree, path: list[str], value: str | list[str]) -> None:
    *parents, leaf = path
    for parent in parents:
        if not isinstance(tree.setdefault(parent, {}), dict):
            tree[parent] = {}  # SADA_X=… beside SADA_X__…: the section wins and is checked
        tree = tree[parent]
    tree[leaf] = value


def _merge(into: Tree, tree: Tree, where: str, origin: dict[str, str], path: str = "") -> None:
    for name, value in tree.items():
        here = f"{path}__{name}" if path else name
        if isinstance(value, dict) and isinstance(into.get(name, {}), dict):
            _merge(into.setdefault(name, {}), value, where, origin, here)
        else:
            into[name] = value
        origin[here] = where


def _explain(error: ErrorDetails, origin: dict[str, str]) -> str:
    path = "__".join(str(part) for part in error["loc"])
    known = [part for part in origin if path == part or path.startswith(f"{part}__")]
    where = origin[max(known, key=len)] if known else "the settings"
    name = PREFIX + path.upper()
    if error["type"] == "extra_forbidden":
        return f"{name} (in {where}) is no setting of Sada. See docs/reference/settings.md."
    said = error["msg"].removeprefix("Value error, ")
    return f"{name} (in {where}) is malformed: {said}. See docs/reference/settings.md."
