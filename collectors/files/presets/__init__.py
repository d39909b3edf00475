"""The exports that Sada knows, those with the most particular signs first."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from collectors.files.columns import fitted, plain
from collectors.files.errors import MappingError
from collectors.files.presets import (
    archives,
    communalytic,
    crowdtangle,
    fourcat,
    meta,
    x,
    youtube,
    zeeschuimer,
)
from collectors.files.presets.base import Preset

PRESETS: Final[Sequence[Preset]] = (
    *meta.PRESETS,
    *crowdtangle.PRESETS,
    *zeeschuimer.ZEESCHUIMER,
    *zeeschuimer.FOURCAT,
    *fourcat.PRESETS,
    *x.PRESETS,
    *youtube.PRESETS,
    *archives.PRESETS,
    *communalytic.PRESETS,
)


def preset_of(columns: Sequence[str]) -> Preset | None:
    """The export that these columns come from, if it is a known one."""
    present = {plain(column) for column in columns}
    return next((preset for preset in PRESETS if _shows(preset, present)), None)


def preset_named(name: str, path: Path, columns: Sequence[str]) -> Preset:
    """The export that the user says it is. Raises `MappingError` when it cannot be."""
    forms = [preset for preset in PRESETS if preset.name == name]
    if not forms:
        raise MappingError(f"--format {name}: is unknown. See sada import --formats")
    present = {plain(column) for column in columns}
    for preset in (*(one for one in forms if _shows(one, present)), *forms):
        needed = (preset.columns[one] for one in ("text", "id") if one in preset.columns)
        if all(fitted(expression, columns) for expression in needed):
            return preset
    wanted = ", ".join(forms[0].signs)
    raise MappingError(
        f"{path}: is no {forms[0].title} export (it would have {wanted}; it has"
        f" {', '.join(columns[:30])}). Leave --format away, or name another one"
    )


def _shows(preset: Preset, present: set[str]) -> bool:
    there = all(plain(sign) in present for sign in preset.signs)
    return there and not any(plain(sign) in present for sign in preset.absent)


__all__ = ["PRESETS", "Preset", "preset_named", "preset_of"]
