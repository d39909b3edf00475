"""What platforms' terms let Sada compute."""

from sada.bootstrap import Sada


def offensive_excluded(sada: Sada) -> frozenset[str]:
    """Platforms whose terms forbid the share of offensive posts without written permission."""
    return frozenset() if sada.settings.x.offensive_analysis_permitted else frozenset({"x"})
