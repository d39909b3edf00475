"""docs/reference/metrics.md, made from the dictionary: `python -m measures.reference > FILE`."""

import sys
from collections.abc import Iterator, Mapping

from measures.dictionary import LABELS, METRICS, Metric
from measures.fields import (
    ALERT_FIELDS,
    CHANGE_FIELDS,
    COMPARE_FIELDS,
    COMPARISON_FIELDS,
    CONTRAST_FIELDS,
    COPIES_FIELDS,
    CORRECTED_FIELDS,
    CORRECTION_FIELDS,
    DOCUMENT_FIELDS,
    ENGAGEMENT_FIELDS,
    FIGURE_FIELDS,
    INDICATOR_FIELDS,
    SHIFT_FIELDS,
    STANDING_FIELDS,
    TOPIC_FIELDS,
    WORD_FIELDS,
    WORDS_FIELDS,
)

_HEAD = """\
# Metrics

Made by `python -m measures.reference > docs/reference/metrics.md`; a test holds it up to date.

Posts of the campaign and of the wider conversation on its topic are counted together unless a page
says otherwise. Days are those of Africa/Casablanca. What is unknown is left out or `null`, never 0:
days that were not collected are counted as missing and are in no share, rate or change.
How a change is computed, and what it may not be used for: [change](../explanation/change.md).

## Dictionary
"""

_JSON = """\
## The JSON of `sada measure CAMPAIGN --json`

One document. Numbers have six significant digits; the same data give the same bytes. `null` is
unknown or not available. `format` is raised when a name disappears or changes its meaning; new
names may appear at any time.
"""


_COMPARE = """\
## The JSON of `sada compare CAMPAIGN OTHER --json`

Under the same rules as that of `sada measure`.
"""


def metrics_page() -> str:
    """The whole page, Markdown."""
    parts = [_HEAD, *(_entry(metric) for metric in METRICS.values()), _JSON, *_tables()]
    return "\n".join(parts)


def _entry(metric: Metric) -> str:
    name, definition = metric.name, metric.definition
    lines = [
        f"### {name.en}",
        "",
        f"`{metric.key}` · {name.fr} · {name.ar}",
        "",
        f"- {definition.en}",
        f"- {definition.fr}",
        f"- {definition.ar}",
        "",
        f"- Formula: {metric.formula.en}.",
        f"- Unit: {LABELS[metric.unit].en}.",
        *([f"- Denominator: {metric.denominator.en}."] if metric.denominator else []),
        f"- Platforms: {metric.platforms}.",
        f"- Source: {metric.source}.",
        f"- Version {metric.version}, valid from {metric.since.isoformat()}.",
        "",
    ]
    return "\n".join(lines)


def _tables() -> Iterator[str]:
    for title, described in (
        ("Top level", DOCUMENT_FIELDS),
        ("A phase (`phases.before`, `.during`, `.after`)", FIGURE_FIELDS),
        ("A platform's engagement (`engagement_by_platform.NAME`)", ENGAGEMENT_FIELDS),
        ("A change (`changes.METRIC.during`, `.after`)", CHANGE_FIELDS),
        ("An indicator (`indicators[]`)", INDICATOR_FIELDS),
        ("Copied texts (`copies.before`, `.during`, `.after`)", COPIES_FIELDS),
        ("A standing (`standing.PHASE.NAME`)", STANDING_FIELDS),
        ("A comparison (`comparisons.METRIC.1`, `.7`, `.30`)", COMPARISON_FIELDS),
        ("A topic (`topics.found[]`)", TOPIC_FIELDS),
        ("A shift of the mix (`topics.shift.during`, `.after`)", SHIFT_FIELDS),
        ("Changed words (`words.during`, `.after`)", WORDS_FIELDS),
        ("A changed word (`words.PERIOD.found[]`)", WORD_FIELDS),
        ("An alert (`alerts[]`)", ALERT_FIELDS),
        ("The correction by hand labels (`correction`)", CORRECTION_FIELDS),
        ("A corrected share (`correction.shares.METRIC.PHASE`)", CORRECTED_FIELDS),
    ):
        yield _table(title, described)
    yield _COMPARE
    yield _table("Top level of the comparison", COMPARE_FIELDS)
    yield _table("A contrast (`contrasts.METRIC.during`, `.after`)", CONTRAST_FIELDS)


def _table(title: str, described: Mapping[str, str]) -> str:
    rows = [f"| `{name}` | {text} |" for name, text in described.items()]
    return "\n".join([f"### {title}", "", "| name | what |", "|---|---|", *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(metrics_page())
