"""What platforms' terms let Sada compute."""

from collections.abc import Callable

from sada.bootstrap import Sada


def offensive_excluded(sada: Sada) -> frozenset[str]:
    """Platforms whose terms forbid the share of offensive posts without written permission."""
    return frozenset() if sada.settings.x.offensive_analysis_permitted else frozenset({"x"})


def held_apart(sada: Sada) -> Callable[[str], bool] | None:
    """Which texts annotators are not shown: those in which somebody tells of being a victim.

    Nothing finds such texts yet, so none is held apart. What finds them is answered here, and no
    draw, page or sheet shows them any more.
    """
    return None
