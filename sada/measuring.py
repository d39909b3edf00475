"""`sada measure`: every metric of a campaign, as a document and as lines for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from config.campaign import Campaign
from measures.dictionary import METRICS
from measures.document import as_json, plain
from measures.fields import STANDING_FIELDS
from measures.labelling import PRECISION
from measures.standing import Voice
from reports.gather import gather, phase_days
from reports.standings import read_standings
from sada.bootstrap import Sada
from sada.measuring_topics import alerts_document, topics_document
from sada.policy import offensive_excluded
from storage.database import Database
from storage.queries import copied
from storage.rows import Cut
from storage.topics import changed_words

Document = Mapping[str, Any]
NAMED = 26
"""Signs of the column that names the figures."""


def measure_campaign(sada: Sada, campaign: Campaign) -> Document:
    """The document of `sada measure --json`; its fields stand in docs/reference/metrics.md."""
    material = gather(
        sada.database,
        campaign,
        today=sada.today(),
        now=sada.clock(),
        offensive_excluded=offensive_excluded(sada),
    )
    return {
        **as_json(material.summary),
        "copies": copies_document(sada, campaign),
        "standing": standing_document(sada, campaign, material.missing),
        "comparisons": plain(material.comparisons),
        "topics": topics_document(sada.database, campaign, material),
        "words": words_document(sada.database, campaign),
        "alerts": alerts_document(material.unusual),
    }


def copies_document(sada: Sada, campaign: Campaign) -> Document:
    """By phase, what was copied and co-ordinated, and the shares without copies beside the main
    ones; `None` where nothing was annotated."""
    found = {}
    for phase, (first, last) in phase_days(campaign, sada.today()).items():
        counts = copied(sada.database, campaign.slug, Cut(first=first, last=last))
        found[phase.value] = {
            "originals": counts.originals,
            "copies": counts.copies,
            "coordinated_posts": counts.coordinated,
            "coordinated_texts": counts.groups,
            "coordinated_accounts": counts.accounts,
            "not_compared_yet": counts.waiting,
            "negative_share_without_copies": _share(counts.neg, counts.annotated),
            "positive_share_without_copies": _share(counts.pos, counts.annotated),
            "signposting_rate_without_copies": _share(
                counts.signposted, counts.originals - counts.copies
            ),
        }
    return found


def words_document(database: Database, campaign: Campaign) -> Document | None:
    """The words whose use had changed when topics were last found; `None` before that."""
    kept = changed_words(database, campaign.slug)
    return None if kept is None else kept[1]


def standing_document(
    sada: Sada, campaign: Campaign, missing: Mapping[date, float]
) -> Document | None:
    """By phase, what owned, partner and earned posts came to; `None` without listed accounts."""
    if not campaign.accounts:
        return None
    excluded = offensive_excluded(sada)
    return {
        phase.value: {
            voice.standing: _voice(voice)
            for voice in read_standings(
                sada.database, campaign, *days, missing=missing, offensive_excluded=excluded
            ).voices
        }
        for phase, days in phase_days(campaign, sada.today()).items()
    }


def _voice(voice: Voice) -> Document:
    names = [name for name in STANDING_FIELDS if name != "unnamed"]
    told = {name: plain(getattr(voice.figures, name, None)) for name in names}
    return {**told, "unnamed": voice.unnamed}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def measure_lines(document: Document) -> Iterator[str]:
    """The same figures for a person: a table of phases, then what changed."""
    yield f"{document['campaign']}: {document['state']} on {document['today']}"
    phases = {name: figures for name, figures in document["phases"].items() if figures}
    yield f"{'':<{NAMED}}" + "".join(f"{name:>16}" for name in phases)
    yield from figure_lines(list(phases.values()), 16)
    yield from _corrected(document)
    yield from _copied(document["copies"])
    yield ""
    for key, periods in document["changes"].items():
        for period, change in periods.items():
            yield f"{METRICS[key].name['en']} {period}: {change_words(change)}"
    yield from _topics(document["topics"])
    yield from _words(document["words"])
    yield from _alerts(document["alerts"])


def figure_lines(columns: Sequence[Mapping[str, Any] | None], width: int) -> Iterator[str]:
    """Every metric that any of `columns` has as a number, one a line, columns `width` wide.

    What a rate is relative to stands beneath it, as it may differ from column to column.
    """
    for key, metric in METRICS.items():
        values = [figures.get(key) if figures else None for figures in columns]
        if any(isinstance(value, int | float) for value in values):
            shown = "".join(f"{number_words(value):>{width}}" for value in values)
            yield f"{metric.name['en']:<{NAMED}}{shown}"
            if key == "engagement_rate":
                per = [(figures or {}).get("engagement_denominator") for figures in columns]
                shown = "".join(f"{f'per {one}' if one else '':>{width}}" for one in per)
                yield f"{'':<{NAMED}}{shown}"


def _topics(topics: Mapping[str, Any]) -> Iterator[str]:
    """The topics whose share changed by a claim that holds for all together."""
    for topic in topics["found"]:
        for period, change in topic["changes"].items():
            if change["verdict"] in ("rose", "fell"):
                yield f"topic «{topic['label']}» {period}: {change_words(change)}"


def _words(words: Mapping[str, Any] | None) -> Iterator[str]:
    for period, found in (words or {}).items():
        for one in found["found"]:
            yield f"word «{one['word']}» {period}: {change_words(one['change'])}"


def _alerts(alerts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for alert in alerts:
        where = alert["platform"] or "all platforms"
        topic = f"; topic «{alert['topic']['label']}»" if alert["topic"] else ""
        yield (
            f"unusual {alert['day']} ({where}): {alert['count']:g} {alert['metric']},"
            f" {alert['expected']:.0f} expected [{alert['low']:.0f}, {alert['high']:.0f}],"
            f" one day in {alert['one_in']}{topic}"
        )


def _copied(phases: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for phase, found in phases.items():
        if found["copies"] or found["coordinated_posts"]:
            yield (
                f"copied {phase}: {found['copies']} of {found['originals']} originals; without them"
                f" {number_words(found['negative_share_without_copies'])} negative;"
                f" co-ordinated: {found['coordinated_posts']} posts of"
                f" {found['coordinated_texts']} texts by {found['coordinated_accounts']} accounts"
            )


def _corrected(document: Document) -> Iterator[str]:
    """The tones again as hand labels correct them, or how to get there."""
    correction = document["correction"]
    if not correction["shares"]:
        known = " or ".join(f"{labels} (±{points} points)" for labels, points in PRECISION)
        yield (
            "Tones are the model's own, uncorrected. Labels that correct them:"
            f" sada labels draw {document['campaign']}, about {known} a period."
        )
    for key, phases in correction["shares"].items():
        for phase, share in phases.items():
            interval = f"[{share['low']:.3f}, {share['high']:.3f}]"
            yield (
                f"{METRICS[key].name['en']} {phase}: {share['share']:.3f} {interval}, corrected by"
                f" {share['labels']} labels; model's own {share['uncorrected']:.3f}"
            )


def number_words(value: object) -> str:
    """A figure for a terminal; what is not known says so."""
    if value is None:
        return "unknown"
    return f"{value:,.3f}" if isinstance(value, float) else f"{value:,}"


def change_words(change: Mapping[str, Any]) -> str:
    """A change of the document: its verdict, and its interval or why there is none."""
    verdict = change["verdict"].replace("_", " ")
    if change["verdict"] == "not_enough_data":
        return f"{verdict} ({change['reason'].replace('_', ' ')})"
    interval = f"{change['effect']:.3g} [{change['low']:.3g}, {change['high']:.3g}]"
    return f"{verdict}, {interval}"
