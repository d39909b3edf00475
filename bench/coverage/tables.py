"""The scores as Markdown."""

from collections.abc import Mapping, Sequence

from bench.coverage.scores import Score

LEAST, MOST, ALARMS = 0.93, 0.98, 0.06
"""What is asked of the intervals: coverage within, false alarms at most."""


def cell(one: Score) -> str:
    """Coverage % / false alarms % / median width."""
    alarms = "–" if one.alarms is None else f"{100 * one.alarms:.1f}"
    return f"{100 * one.coverage:.1f} / {alarms} / {one.width:.2f}"


def line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def heading(columns: Sequence[str]) -> list[str]:
    return [line(columns), line(["---"] * len(columns))]


def pooled(scores: Sequence[Score]) -> Score:
    """Scenarios together: mean coverage and false alarms, the middle width."""
    alarms = [one.alarms for one in scores if one.alarms is not None]
    return Score(
        coverage=sum(one.coverage for one in scores) / len(scores),
        alarms=sum(alarms) / len(alarms) if alarms else None,
        width=sorted(one.width for one in scores)[len(scores) // 2],
        milliseconds=max(one.milliseconds for one in scores),
        campaigns=sum(one.campaigns for one in scores),
    )


def missed(scores: Mapping[tuple[str, str, str], Score], errors: float = 0.0) -> list[str]:
    """The rows (generator, scenario, metric) outside of what is asked, by more than so many
    standard errors of a true 95 %: by more than two it is hardly chance."""
    found = []
    for (generator, scenario, metric), one in scores.items():
        slack = errors * (0.95 * 0.05 / one.campaigns) ** 0.5
        low, high = one.coverage < LEAST - slack, one.coverage > MOST + slack
        loud = one.alarms is not None and one.alarms > ALARMS + slack
        if low or high or loud:
            found.append(f"{metric}, {generator}, {scenario}: {cell(one)}")
    return found


def summary(scores: Mapping[tuple[str, str, str], Score]) -> list[str]:
    """A row a generator and metric: least, mean and greatest coverage, most false alarms."""
    lines = heading(
        ["generator", "metric", "coverage, least – mean – most", "false alarms, mean – most"]
    )
    for generator, metric in dict.fromkeys((key[0], key[2]) for key in scores):
        chosen = [one for key, one in scores.items() if (key[0], key[2]) == (generator, metric)]
        covered = [100 * one.coverage for one in chosen]
        alarms = [100 * one.alarms for one in chosen if one.alarms is not None]
        lines.append(
            line(
                [
                    generator,
                    metric,
                    f"{min(covered):.1f} – {sum(covered) / len(covered):.1f} – {max(covered):.1f}",
                    f"{sum(alarms) / len(alarms):.1f} – {max(alarms):.1f}",
                ]
            )
        )
    return lines
