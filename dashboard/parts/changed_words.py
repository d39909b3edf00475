"""Words that are used more or less than before the campaign, as of the last search for topics."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from config.i18n import Translator
from dashboard.context import Shown
from dashboard.parts.aria import aria
from dashboard.parts.card import chip, explain
from dashboard.parts.panel import panel
from dashboard.wording import interval, level, verdict
from dashboard.words import isolate, language_name
from measures.change import Change

PERIODS = ("during", "after")
NAMED = 3
"""Words in the title."""
Found = Sequence[Mapping[str, Any]]


def changed_words(shown: Shown) -> html.Section | html.P | None:
    """`None` while there is nothing to compare; a run of an older version asks for a new one."""
    t, kept = shown.t, shown.source.changed_words(shown.slug)
    if kept is None:
        return html.P(t("words.next_run"), className="section-note")
    made_at, periods = kept
    told = [(period, periods[period]) for period in PERIODS if period in periods]
    if not told:
        return None
    notes = [
        t("words.note", tested=t.number(max(one["tested"] for _, one in told))),
        t("words.made_at", moment=t.moment(made_at)),
    ]
    return panel(
        _title(told[0][1], t),
        [_period(period, one, t) for period, one in told],
        question=html.Span(
            [t("words.question"), " ", explain("changed_words", t)], className="versus-name"
        ),
        notes=notes,
        wide=True,
    )


def _title(one: Mapping[str, Any], t: Translator) -> str:
    said = []
    for way in ("rose", "fell"):
        names = [
            isolate(word["word"]) for word in _ways(one["found"], way) if not word["offensive"]
        ]
        if names:
            joined = t("topics.join").join(names[:NAMED])
            said.append(t(f"words.title.{way}", words=joined))
    return " ".join(said) or t("words.title.none")


def _ways(found: Found, way: str) -> Found:
    return [word for word in found if word["change"]["verdict"] == way]


def _period(period: str, one: Mapping[str, Any], t: Translator) -> html.Div:
    body: Any = html.Ul([_word(word, t) for word in one["found"]], className="changed")
    if one["reason"]:
        body = html.P(t("words.not_enough", why=t(f"reason.{one['reason']}")), className="soft")
    elif not one["found"]:
        body = html.P(t("words.nothing", tested=t.number(one["tested"])), className="soft")
    return html.Div([html.H3(t(f"words.{period}"), className="changed-when"), body])


def _word(word: Mapping[str, Any], t: Translator) -> html.Li:
    change = Change(**word["change"])
    before, now = (level(value or 0.0, "share", t) for value in (change.baseline, change.level))
    return html.Li(
        [
            html.Div(
                [
                    _veiled(word["word"], t)
                    if word["offensive"]
                    else html.Bdi(word["word"], className="changed-word"),
                    html.Span(language_name(t, word["language"]), className="word")
                    if word["language"]
                    else None,
                ],
                className="changed-what",
            ),
            chip(verdict(change, "share", t), t),
            html.Div(
                t("topics.interval", interval=interval(change, "share", t)),
                className="topic-interval",
            ),
            html.Div(
                t("words.shares", before=before, now=now, authors=t.number(word["authors"])),
                className="topic-interval",
            ),
        ]
    )


def _veiled(word: str, t: Translator) -> html.Details:
    """A word that mostly stands in offensive posts, to be seen by those who ask for it."""
    return html.Details(
        [
            html.Summary(
                [html.Bdi(f"{word[:1]}•••"), html.Span(t("words.show"), className="sr-only")],
                title=t("words.show"),
                **aria(label=t("words.show")),
            ),
            html.Bdi(word),
        ],
        className="changed-word veiled",
    )
