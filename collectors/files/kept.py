"""Mappings that are kept by name, to be used again: YAML files in one folder."""

import re
from pathlib import Path

from collectors.files.errors import MappingError
from collectors.files.mapping import Mapping, as_yaml, load_mapping

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_ENDINGS = (".yaml", ".yml")


def kept_names(folder: Path) -> list[str]:
    """Names of the mappings in `folder`, sorted."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def keep_mapping(folder: Path, name: str, mapping: Mapping) -> Path:
    """Keeps a mapping, in place of an older one of that name; its file. Raises `MappingError`."""
    if not _NAME.fullmatch(name):
        raise MappingError(
            f"--save-mapping {name}: write a name of up to 40 letters a-z, digits, - and _"
        )
    path = folder / f"{name}.yaml"
    draft = path.with_suffix(".draft")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_text(as_yaml(mapping), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise MappingError(f"{path}: cannot be written ({error.strerror})") from error
    return path


def find_mapping(folder: Path, said: str) -> Mapping:
    """The mapping of a file, or kept under a name. Raises `MappingError`."""
    path = Path(said)
    if path.suffix in _ENDINGS or path.is_file():
        return load_mapping(path)
    if said not in kept_names(folder):
        known = ", ".join(kept_names(folder)) or "none"
        raise MappingError(f"--mapping {said}: is no file, and no kept mapping. Kept: {known}")
    return load_mapping(folder / f"{said}.yaml")
