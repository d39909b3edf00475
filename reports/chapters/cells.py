"""Cells of the report's tables, the same in each chapter."""

from collections.abc import Callable, Sequence

from config.campaign import Phase
from config.i18n import Translator
from measures.figures import Figures
from measures.suppress import LEAST_AUTHORS
from reports.report_data import Group, ReportMaterial
from reports.words import OPEN, metric_name, percent

UNKNOWN = "–"


def phases_of(report: ReportMaterial) -> list[tuple[Phase, Figures]]:
    """The phases that have begun, in order."""
    phases = report.material.summary.phases
    return [(phase, figures) for phase in Phase if (figures := phases.get(phase)) is not None]


def figure_row(
    report: ReportMaterial, t: Translator, key: str, shown: Callable[[Figures], str]
) -> tuple[str, ...]:
    """One metric over the phases, kept back where too few authors stand behind it."""
    cells = (
        shown(figures) if key in OPEN or report.shown.get(phase) else withheld_cell(t)
        for phase, figures in phases_of(report)
    )
    return (metric_name(t, key), *cells)


def phase_heads(report: ReportMaterial, t: Translator) -> tuple[str, ...]:
    return tuple(t(f"phase.{phase.value}") for phase, _ in phases_of(report))


def withheld_cell(t: Translator) -> str:
    return t("note.few", least=t.number(LEAST_AUTHORS))


def count_cell(t: Translator, value: float | None, digits: int = 0) -> str:
    return UNKNOWN if value is None else t.number(value, digits)


def share_cell(t: Translator, value: float | None) -> str:
    return UNKNOWN if value is None else percent(t, value, 1).replace("-", "−")


def group_rows(
    report: ReportMaterial,
    t: Translator,
    by: str,
    name: Callable[[str], str],
    shown: Callable[[Group], str],
) -> tuple[tuple[str, ...], ...]:
    """One row a group and one column a phase; "–" where a group has nothing in a phase."""
    phases = [phase for phase, _ in phases_of(report)]
    of_phase = {
        phase: {group.name: group for group in report.groups.get(by, {}).get(phase, ())}
        for phase in phases
    }
    names: Sequence[str] = list(dict.fromkeys(n for found in of_phase.values() for n in found))
    return tuple(
        (name(group), *(_group_cell(of_phase[phase].get(group), t, shown) for phase in phases))
        for group in names
    )


def _group_cell(group: Group | None, t: Translator, shown: Callable[[Group], str]) -> str:
    if group is None:
        return UNKNOWN
    return withheld_cell(t) if group.row is None else shown(group)
