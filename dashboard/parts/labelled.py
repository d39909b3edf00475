"""What labels tell: progress, corrected shares, agreement, the classifier's errors."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from config.campaign import Phase
from config.i18n import Translator
from dashboard.definitions import metric_name
from dashboard.parts.card import explain
from dashboard.parts.panel import panel
from dashboard.words import figure, language_name
from measures.agreement import RELIABLE, TENTATIVE, Agreement, Confusion
from measures.labelled import LEAST_LABELS, Corrected, LabelledShares
from measures.labelling import FLAGS, PRECISION, Labelling
from measures.summary import Summary

SHOWN = ("negative_share", "neutral_share", "positive_share", "net_sentiment", "offensive_share")


def results(state: Labelling, summary: Summary, t: Translator) -> html.Div:
    """All panels; `summary` has the model's own figures beside the corrected ones."""
    return html.Div(
        [
            html.Div([_progress(state, t), _agreement(state, t)], className="label-column"),
            _corrected(summary, t),
            _confusions(state, t),
        ],
        className="panels label-results",
    )


def share_words(key: str, share: Corrected | None, t: Translator) -> str:
    """A corrected share with its interval; empty where there is none."""
    if share is None or share.share is None or share.low is None or share.high is None:
        return ""
    value, low, high = (_amount(key, one, t) for one in (share.share, share.low, share.high))
    return t("labels.share", value=value, interval=t("between", low=low, high=high))


def _amount(key: str, value: float, t: Translator) -> str:
    if key == "net_sentiment":
        return t("unit.points", value=figure(t.points(value)))
    return t.percent(value)


def precision(t: Translator) -> str:
    """How many labels give what."""
    labels, points = zip(*PRECISION, strict=True)
    return t(
        "labels.precision",
        few=t.number(labels[0]),
        wide=t.number(points[0]),
        many=t.number(labels[1]),
        narrow=t.number(points[1]),
    )


def _table(head: Sequence[Any], rows: Sequence[Sequence[Any]], caption: str) -> html.Div:
    """A table that scrolls within itself; the first cell of each row names it."""
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="sr-only"),
                html.Thead(html.Tr([html.Th(cell, scope="col") for cell in head])),
                html.Tbody(
                    [
                        html.Tr([html.Th(row[0], scope="row"), *[_cell(one) for one in row[1:]]])
                        for row in rows
                    ]
                ),
            ],
            className="table",
        ),
        className="table-box",
        tabIndex=0,
    )


def _cell(value: Any) -> html.Td:
    return value if isinstance(value, html.Td) else html.Td(value)


def _progress(state: Labelling, t: Translator) -> html.Section:
    done = sum(one.labelled for one in state.progress.values())
    drawn = sum(one.drawn for one in state.progress.values())
    head = [t("labels.period"), *(t(f"labels.head.{name}") for name in
            ("drawn", "labelled", "twice", "disputed"))]  # fmt: skip
    rows = [
        [t(f"phase.{phase}"), *map(t.number, (one.drawn, one.labelled, one.twice, one.disputed))]
        for phase, one in state.progress.items()
    ]
    people = " · ".join(f"{name} {t.number(count)}" for name, count in state.annotators.items())
    title = t("labels.progress.title", done=t.number(done), drawn=t.number(drawn))
    notes = [
        t("labels.people", people=people) if people else "",
        t("labels.outdated", count=t.number(state.outdated)) if state.outdated else "",
        t("labels.skipped", count=t.number(state.skipped)) if state.skipped else "",
    ]
    return panel(title, _table(head, rows, title), notes=notes)


def _corrected(summary: Summary, t: Translator) -> html.Section:
    labelled, phases = summary.labelled, _phases(summary)
    rows = [
        [
            html.Span([metric_name(key, t), " ", explain(key, t)]),
            *[_compared(summary, labelled, key, phase, t) for phase in phases],
        ]
        for key in SHOWN
        if any(_own(summary, key, phase) is not None for phase in phases)
    ]
    ready = any(labelled.share(key, phase) for key in SHOWN for phase in phases)
    title = t("labels.corrected.title" if ready else "labels.corrected.none")
    head = [t("labels.metric"), *[t(f"phase.{phase}") for phase in phases]]
    notes = [t("labels.corrected.least", least=t.number(LEAST_LABELS)), precision(t)]
    question = t("labels.corrected.question")
    return panel(title, _table(head, rows, title), question=question, notes=notes)


def _phases(summary: Summary) -> list[Phase]:
    return [phase for phase in Phase if summary.phases.get(phase) is not None]


def _own(summary: Summary, key: str, phase: Phase) -> float | None:
    figures = summary.phases.get(phase)
    value = None if figures is None else getattr(figures, key)
    return None if value is None else float(value)


def _compared(
    summary: Summary, labelled: LabelledShares, key: str, phase: Phase, t: Translator
) -> html.Td:
    own = _own(summary, key, phase)
    told = t("unknown") if own is None else _amount(key, own, t)
    share = labelled.share(key, phase)
    if share is None:
        return html.Td([told, html.Div(t("labels.own"), className="soft")])
    return html.Td(
        [
            html.Strong(share_words(key, share, t)),
            html.Div(t("labels.own.beside", own=told, labels=t.number(share.labels)),
                     className="soft"),
        ]
    )  # fmt: skip


def _agreement(state: Labelling, t: Translator) -> html.Section:
    found = (("labels.sentiment", state.sentiment), ("labels.offensive", state.offensive))
    rows = [[t(name), *_agreed(one, t)] for name, one in found]
    head = [t("labels.asked"), t("labels.alpha"), t("labels.same"), t("labels.texts")]
    title = t(f"labels.agreement.{_level(state.sentiment)}")
    question = t("labels.agreement.question")
    notes = [t("labels.agreement.note"), _reason(state.sentiment, t)]
    return panel(title, _table(head, rows, title), question=question, notes=notes)


def _agreed(one: Agreement, t: Translator) -> list[Any]:
    texts = t.number(one.texts)
    same = "—" if one.same is None else t.percent(one.same)
    if one.alpha is None:
        return ["—", same, texts]
    alpha = figure(_decimal(one.alpha, t))
    if one.low is None or one.high is None:
        return [alpha, same, texts]
    interval = t("between", low=figure(_decimal(one.low, t)), high=figure(_decimal(one.high, t)))
    return [t("labels.share", value=alpha, interval=interval), same, texts]


def _decimal(value: float, t: Translator) -> str:
    sign = "−" if round(value, 2) < 0 else ""
    return sign + t.number(abs(value), 2)


def _level(one: Agreement) -> str:
    if one.alpha is None:
        return "none"
    return "good" if one.alpha >= RELIABLE else "fair" if one.alpha >= TENTATIVE else "poor"


def _reason(one: Agreement, t: Translator) -> str:
    return t(f"labels.agreement.{one.reason}") if one.reason else ""


def _confusions(state: Labelling, t: Translator) -> html.Section:
    whole = state.sentiment_confusion[""]
    if not whole.total:
        return panel(t("labels.confusion.none"), html.P(t("labels.confusion.none.text")), wide=True)
    title = t(
        "labels.confusion.title",
        share=t.percent(whole.right or 0),
        count=t.number(whole.total),
    )
    flags = _tables(
        state.offensive_confusion, {f: t(f"labels.flag.{f}") for f in FLAGS}, t, flagged=True
    )
    parts: list[Any] = [
        *_tables(state.sentiment_confusion, {m: t(f"label.{m}") for m in whole.values}, t),
        *flags[:1],
    ]
    if flags[1:]:
        more = html.Summary(t("labels.confusion.more"))
        rest = html.Div(flags[1:], className="confusions")
        parts.append(html.Details([more, rest], className="confusions-more"))
    question = t("labels.confusion.question")
    return panel(title, html.Div(parts, className="confusions"), question=question, wide=True)


def _tables(
    tables: Mapping[str, Confusion],
    names: Mapping[str, str],
    t: Translator,
    *,
    flagged: bool = False,
) -> list[html.Figure]:
    return [
        _confusion(language, table, names, t, flagged=flagged)
        for language, table in tables.items()
        if table.total and not (language and len(tables) == 2)
    ]


def _confusion(
    language: str, table: Confusion, names: Mapping[str, str], t: Translator, *, flagged: bool
) -> html.Figure:
    most = max(max(row) for row in table.counts) or 1
    title = language_name(t, language) if language else t("labels.all_languages")
    if flagged:
        title = t("colon", name=t("labels.offensive"), value=title)
    head = [html.Span(t("labels.corner")), *[names[value] for value in table.values]]
    rows = [
        [
            names[value],
            *[
                html.Td(
                    t.number(count),
                    className="hit" if column == n else "miss",
                    style={"--weight": f"{count / most:.2f}"},
                )
                for column, count in enumerate(row)
            ],
        ]
        for n, (value, row) in enumerate(zip(table.values, table.counts, strict=True))
    ]
    told = t("labels.right", share=t.percent(table.right or 0), count=t.number(table.total))
    return html.Figure(
        [
            html.Figcaption([html.Strong(title), html.Span(told, className="soft")]),
            _table(head, rows, title),
        ],
        className="confusion",
    )
