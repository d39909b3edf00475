"""`sada compare`: two campaigns, or a campaign and the conversation around it, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from config.campaign import Campaign
from config.errors import ConfigurationError
from measures.compare_campaigns import compare_campaigns, shared_days
from measures.dictionary import METRICS
from measures.document import FORMAT, as_json, plain
from measures.summary import Summary
from reports.gather import basis
from sada.bootstrap import Sada
from sada.measuring import NAMED, change_words, figure_lines
from sada.policy import offensive_excluded

Document = Mapping[str, Any]

WORDS = {
    "higher": "more than the other",
    "lower": "less than the other",
    "not_detectable": "no difference detectable",
    "not_enough_data": "not enough data",
}


def compare_document(sada: Sada, first: Campaign, other: Campaign | None) -> Document:
    """The document of `sada compare --json`; its fields stand in docs/reference/metrics.md.

    Without `other`, the campaign's own posts against the rest of the conversation that it is part
    of. Raises `ConfigurationError` for a campaign and itself, or one without a conversation.
    """
    if other is None:
        summaries = _conversation(sada, first)
    elif first.slug == other.slug:
        raise ConfigurationError(
            f"{first.slug}: nothing to compare it with. Name another campaign; a second wave has"
            " a campaign file of its own."
        )
    else:
        summaries = [_summary(sada, campaign, "all") for campaign in (first, other)]
    return {
        "format": FORMAT,
        "today": sada.today().isoformat(),
        "against": "conversation" if other is None else "campaign",
        "first": as_json(summaries[0]),
        "other": as_json(summaries[1]),
        "shared_days": shared_days(first, other or first),
        "contrasts": plain(compare_campaigns(*summaries)),
    }


def _conversation(sada: Sada, campaign: Campaign) -> list[Summary]:
    if not campaign.topic_query:
        raise ConfigurationError(
            f"{campaign.slug}: no conversation to compare it with. Write topic_query into its"
            " campaign file, or name another campaign."
        )
    return [_summary(sada, campaign, scope) for scope in ("campaign", "topic")]


def _summary(sada: Sada, campaign: Campaign, scope: str) -> Summary:
    return basis(
        sada.database,
        campaign,
        today=sada.today(),
        now=sada.clock(),
        offensive_excluded=offensive_excluded(sada),
        scope=scope,
    ).summary


def compare_lines(document: Document) -> Iterator[str]:
    """The same for a person: figures of each phase side by side, then each change."""
    pair = (document["first"], document["other"])
    names = _names(document)
    yield f"{names[0]} and {names[1]} on {document['today']}"
    for phase in ("before", "during", "after"):
        figures = [one["phases"][phase] for one in pair]
        if any(figures):
            yield ""
            yield f"{phase:<{NAMED}}" + "".join(f"{name[:22]:>24}" for name in names)
            yield from figure_lines(figures, 24)
    yield ""
    yield from _changes(document, names)
    yield from _caution(document)


def _names(document: Document) -> list[str]:
    slugs = [document[one]["campaign"] for one in ("first", "other")]
    return slugs if document["against"] == "campaign" else [slugs[0], "the conversation"]


def _changes(document: Document, names: Sequence[str]) -> Iterator[str]:
    sides = (document["first"], document["other"])
    for key, periods in document["contrasts"].items():
        for period, contrast in periods.items():
            yield f"{METRICS[key].name['en']} {period}: {_contrast(contrast)}"
            for name, one in zip(names, sides, strict=True):
                yield f"  {name}: {change_words(_told(one, key, period, contrast))}"


def _told(one: Document, key: str, period: str, contrast: Mapping[str, Any]) -> Mapping[str, Any]:
    """The change that the contrast was made of."""
    changes = one["correction"]["changes"] if contrast["corrected"] else one["changes"]
    found: Mapping[str, Any] = changes[key][period]
    return found


def _contrast(contrast: Mapping[str, Any]) -> str:
    said = WORDS[contrast["verdict"]]
    if contrast["verdict"] == "not_enough_data":
        return said
    corrected = ", corrected by hand labels" if contrast["corrected"] else ""
    interval = f"{contrast['effect']:.3g} [{contrast['low']:.3g}, {contrast['high']:.3g}]"
    return f"{said}, {interval}{corrected}"


def _caution(document: Document) -> Iterator[str]:
    days = document["shared_days"]
    if document["against"] == "conversation":
        yield ""
        yield (
            "Both are of the same days: what moved both is in both changes, and the intervals take"
            " them as independent."
        )
    elif days != 0:
        shared = f"share {days} days" if days else "both still run"
        yield ""
        yield (
            f"The campaigns {shared}: what moved both is in both changes, and the intervals take "
            "them as independent."
        )
