"""Several changes judged together: with twenty topics one "changes" by chance alone."""

from collections.abc import Mapping
from dataclasses import replace

from measures.change import Change

LEVEL = 0.05


def holm(chances: Mapping[str, float]) -> dict[str, float]:
    """Holm's adjusted p-values (1979), in the order given: under `LEVEL` is a claim that holds for
    all claims together."""
    adjusted: dict[str, float] = {}
    highest = 0.0
    for rank, key in enumerate(sorted(chances, key=lambda key: chances[key])):
        highest = max(highest, min((len(chances) - rank) * chances[key], 1.0))
        adjusted[key] = highest
    return {key: adjusted[key] for key in chances}


def together(changes: Mapping[str, Change]) -> dict[str, Change]:
    """The same changes with `chance` adjusted by Holm for all that have data.

    A verdict of rose or fell that does not hold for all together becomes `not_detectable`. Effects
    and intervals stay those of each alone.
    """
    adjusted = holm(
        {
            key: one.chance
            for key, one in changes.items()
            if one.chance is not None and one.verdict != "not_enough_data"
        }
    )
    return {key: _held(one, adjusted.get(key)) for key, one in changes.items()}


def _held(change: Change, chance: float | None) -> Change:
    if chance is None:
        return change
    claims = change.verdict in ("rose", "fell") and chance < LEVEL
    return replace(change, chance=chance, verdict=change.verdict if claims else "not_detectable")
