"""What the report tells beyond the digest: the phases cut by platform, language, week and topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

from config.campaign import Campaign, Phase
from measures.suppress import enough, withheld
from reports.gather import Material, Stretch, gather, phase_days
from reports.standings import read_standings
from reports.topics import TopicCount, topic_counts
from storage import queries
from storage.database import Database
from storage.rows import Cut, DayRow


@dataclass(frozen=True, slots=True)
class Group:
    """Sums of one group of posts (a platform, a language, a standing) over one stretch.

    `row` is `None` where the figures are kept back: fewer than ten authors, or needed so that
    another group's cannot be had by difference.
    """

    name: str
    row: DayRow | None


@dataclass(frozen=True, slots=True)
class Week:
    """Up to seven days within one phase; `row` as in `Group`."""

    phase: Phase
    first: date
    last: date
    row: DayRow | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What it takes to make the same report again, told by the caller."""

    version: str
    revision: str
    classifier: str = ""
    """The model's published error, in the report's language, where the caller knows it."""


@dataclass(frozen=True, slots=True)
class ReportMaterial:
    """Everything that the report tells, with a hash over its data."""

    material: Material
    provenance: Provenance
    groups: Mapping[str, Mapping[Phase, Sequence[Group]]] = field(default_factory=dict)
    """By `platform`, `language` and `standing`."""
    weeks: Sequence[Week] = ()
    topics: Sequence[TopicCount] = ()
    shown: Mapping[Phase, bool] = field(default_factory=dict)
    """Whether a phase has the authors for figures of content."""
    data_hash: str = ""

    @property
    def campaign(self) -> Campaign:
        return self.material.campaign


def gather_report(
    database: Database,
    campaign: Campaign,
    *,
    today: date,
    now: datetime,
    provenance: Provenance,
    offensive_excluded: frozenset[str] = frozenset(),
) -> ReportMaterial:
    """Read what the report on `campaign` tells on `today`; arguments as for `gather`."""
    material = gather(
        database, campaign, today=today, now=now, offensive_excluded=offensive_excluded
    )
    spans = phase_days(campaign, today)
    groups = {
        "platform": _groups(database, material, spans, "platform"),
        "language": _groups(database, material, spans, "language"),
        "standing": {phase: _standings(database, material, span) for phase, span in spans.items()},
    }
    weeks = _weeks(database, campaign, spans)
    newest_first = {
        p.value: spans[p] for p in (Phase.DURING, Phase.BEFORE, Phase.AFTER) if p in spans
    }
    topics = topic_counts(database, campaign.slug, newest_first)
    shown = {phase: enough(material.authors.get(span, ())) for phase, span in spans.items()}
    told = (material.days, material.missing, material.authors, groups, weeks, topics)
    return ReportMaterial(
        material, provenance, groups, weeks, topics, shown, sha256(repr(told).encode()).hexdigest()
    )


def total(rows: Sequence[DayRow], day: date) -> DayRow | None:
    """The sums of `rows` as one row dated `day`; `None` without rows."""
    if not rows:
        return None
    names = [name for name in DayRow.__slots__ if name not in ("day", "platform", "language")]
    sums = {name: sum(getattr(row, name) for row in rows) for name in names}
    return DayRow(day=day, platform="", language="", **sums)


def _groups(
    database: Database, material: Material, spans: Mapping[Phase, Stretch], by: str
) -> dict[Phase, list[Group]]:
    return {phase: _cut(database, material.campaign, span, by) for phase, span in spans.items()}


def _standings(database: Database, material: Material, span: Stretch) -> list[Group]:
    found = read_standings(database, material.campaign, *span, missing=material.missing)
    groups = [
        (row.posts, Group(voice.standing, None if voice.figures is None else row))
        for voice in found.voices
        if (row := total(found.days[voice.standing], span[0])) is not None
    ]
    return [group for _, group in sorted(groups, key=lambda pair: (-pair[0], pair[1].name))]


def _cut(database: Database, campaign: Campaign, span: Stretch, by: str) -> list[Group]:
    rows = {name: total(found, span[0]) for name, found in _rows(database, campaign, span, by)}
    present = {name: row for name, row in rows.items() if row is not None}
    authors = {
        name: max(
            (found.authors for found in queries.authors(database, campaign.slug, cut)), default=0
        )
        for name in present
        for cut in [_only(by, name, span)]
    }
    hidden = withheld(authors)
    ordered = sorted(present, key=lambda name: (-present[name].posts, name))
    return [Group(name, None if name in hidden else present[name]) for name in ordered]


def _rows(
    database: Database, campaign: Campaign, span: Stretch, by: str
) -> list[tuple[str, list[DayRow]]]:
    slug, cut = campaign.slug, Cut(first=span[0], last=span[1])
    found: dict[str, list[DayRow]] = {}
    cuts = queries.daily(
        database, slug, cut, by=("platform",) if by == "platform" else ("language",)
    )
    for row in cuts:
        found.setdefault(row.platform if by == "platform" else row.language, []).append(row)
    return list(found.items())


def _only(by: str, name: str, span: Stretch) -> Cut:
    first, last = span
    if by == "platform":
        return Cut(platforms=(name,), first=first, last=last)
    return Cut(languages=(name,), first=first, last=last)


def _weeks(database: Database, campaign: Campaign, spans: Mapping[Phase, Stretch]) -> list[Week]:
    found = []
    for phase, (first, last) in spans.items():
        starts = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, 7)]
        stretches = {start: min(start + timedelta(days=6), last) for start in starts}
        authors = {
            start: max(
                (
                    row.authors
                    for row in queries.authors(database, campaign.slug, Cut(first=start, last=end))
                ),
                default=0,
            )
            for start, end in stretches.items()
        }
        hidden = withheld(authors)
        for start, end in stretches.items():
            rows = queries.daily(database, campaign.slug, Cut(first=start, last=end))
            found.append(Week(phase, start, end, None if start in hidden else total(rows, start)))
    return found
