"""The key figures as texts: what a card says, for any phase. Pure; `parts.card` draws it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from config.campaign import Phase
from config.i18n import Translator
from dashboard.gather import Overview
from dashboard.wording import Verdict, between, scale, verdict
from dashboard.words import figure
from measures.figures import Figures
from measures.labelled import TONES

Say = Callable[[Figures, Translator], str]
LINES = "\n"
"""Between the platforms of a figure that must not be added up; cards keep line breaks."""
WHOLE, FIRST = 3, 2
"""So many platforms are shown together; of more only the first, the others on demand."""


@dataclass(frozen=True, slots=True)
class Card:
    """One figure with its phases. `key` names it in the dictionary of metrics."""

    key: str
    value: str
    note: str
    phases: Mapping[Phase, str] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    warning: str = ""
    correction: str = ""
    """Of a share of tone: what corrected it, or that nothing did."""
    link: str = ""
    """Where texts can be labelled, as long as nothing corrects the share."""
    more: tuple[str, ...] = ()
    """The figures of further platforms, shown on demand."""


@dataclass(frozen=True, slots=True)
class _Spec:
    key: str
    value: Say
    note: Say
    phase: Say
    change: str = ""


def cards(data: Overview, t: Translator, *, whole: bool, label_link: str = "") -> list[Card]:
    """The cards in reading order; `whole` when the view is about the whole life of the campaign.

    The large figure is then that of the campaign so far, else that of the view's days. Shares of
    tone are corrected by hand labels where there are enough; `label_link` is where to make them.
    """
    phases = data.summary.phases
    main = (phases.get(Phase.DURING) or data.period) if whole else data.period
    made = [_card(spec, main, data, t) for spec in _SPECS]
    return [
        _toned(card, data, t, whole, label_link) if card.key in TONES else card for card in made
    ]


def _toned(card: Card, data: Overview, t: Translator, whole: bool, link: str) -> Card:
    """A card of tone as hand labels correct it, or with the word that nothing does."""
    labelled, key = data.summary.labelled, card.key
    phases = {
        phase: _amount(key, share.share, t)
        if (share := labelled.share(key, phase)) and share.share is not None
        else told
        for phase, told in card.phases.items()
    }
    share = labelled.share(key, _so_far(data)) if whole else None
    if share is None or share.share is None:
        if card.value == t("unknown"):
            return card
        return replace(card, phases=phases, correction=t("card.uncorrected"), link=link)
    low, high = (_amount(key, value or 0.0, t) for value in (share.low, share.high))
    own = t("unknown") if share.uncorrected is None else _amount(key, share.uncorrected, t)
    return replace(
        card,
        value=_amount(key, share.share, t),
        note=t("between", low=low, high=high),
        phases=phases,
        correction=t("card.corrected", labels=t.number(share.labels), own=own),
    )


def _so_far(data: Overview) -> Phase:
    """The phase that the large figures are about."""
    return Phase.DURING if data.summary.phases.get(Phase.DURING) else Phase.BEFORE


def _amount(key: str, value: float, t: Translator) -> str:
    if key == "net_sentiment":
        return t("unit.points", value=figure(t.points(value, 1)))
    return t.percent(value, 1)


def _card(spec: _Spec, main: Figures, data: Overview, t: Translator) -> Card:
    changes = data.summary.told_changes.get(spec.change, {})
    few = spec.key in ("authors", "net_sentiment") and main.few_authors
    note = spec.note(main, t)
    if spec.key == "offensive_share" and data.without_offensive:
        names = ", ".join(map(t.platform, data.without_offensive))
        note = t("card.offensive.excluded", platforms=names)
    lines = spec.value(main, t).split(LINES)
    shown = FIRST if len(lines) > WHOLE else len(lines)
    return Card(
        key=spec.key,
        value=LINES.join(lines[:shown]),
        more=tuple(lines[shown:]),
        note=note,
        phases={
            phase: spec.phase(figures, t)
            for phase, figures in data.summary.phases.items()
            if figures is not None
        },
        verdicts={
            period: verdict(change, scale(spec.change), t) for period, change in changes.items()
        },
        warning=t("card.few_authors") if few else "",
    )


def _count(value: int | float | None, t: Translator) -> str:
    return t("unknown") if value is None else t.compact(value)


def _a_day(value: int | None, figures: Figures, t: Translator) -> str:
    collected = figures.days - figures.missing
    if value is None or collected <= 0:
        return t("unknown")
    rate = value / collected
    return t("unit.a_day", value=t.number(rate, 0 if rate >= 100 else 1))


def _share(value: float | None, t: Translator, digits: int = 1) -> str:
    return t("unknown") if value is None else t.percent(value, digits)


def _each(values: Mapping[str, str], t: Translator) -> str:
    if not values:
        return t("unknown")
    if len(values) == 1:
        return next(iter(values.values()))
    return LINES.join(f"{t.platform(name)} {text}" for name, text in values.items())


def _authors(f: Figures, t: Translator) -> str:
    ranked = sorted(f.authors, key=lambda name: -f.authors[name])
    return _each({name: t.compact(f.authors[name]) for name in ranked}, t)


def _authors_then(f: Figures, t: Translator) -> str:
    """Of a phase: of many platforms how many equal voices they amount to."""
    if len(f.authors) > WHOLE and f.effective_authors is not None:
        return t("card.authors.voices", count=t.number(f.effective_authors))
    return _authors(f, t)


def _authors_note(f: Figures, t: Translator) -> str:
    if f.effective_authors is None:
        return t("card.authors.note")
    return t("card.authors.effective", count=t.number(f.effective_authors))


def reach_words(f: Figures, t: Translator) -> str:
    """The interval of each platform that gives one, the widest reach first."""
    ranked = sorted(f.potential_reach.items(), key=lambda pair: -pair[1].high)
    return _each({name: between(interval, t) for name, interval in ranked}, t)


def _reach_then(f: Figures, t: Translator) -> str:
    """Of a phase: of many platforms the first."""
    lines = reach_words(f, t).split(LINES)
    return LINES.join([*lines[:FIRST], "…"] if len(lines) > WHOLE else lines)


def engagement_note(f: Figures, t: Translator) -> str:
    """The rate beside a sum of interactions, with what it is relative to."""
    if f.engagement_rate is None or f.engagement_denominator is None:
        return t("card.engagement.note")
    if f.engagement_denominator == "views":
        return t("card.engagement.views", rate=t.percent(f.engagement_rate, 1))
    return t("card.engagement.originals", rate=t.number(f.engagement_rate, 1))


def _engagement_rate(f: Figures, t: Translator) -> str:
    if f.engagement_rate is None:
        return _a_day(f.engagement, f, t)
    if f.engagement_denominator == "views":
        return t.percent(f.engagement_rate, 1)
    return t("unit.an_original", value=t.number(f.engagement_rate, 1))


def _views(f: Figures, t: Translator) -> str:
    return t("not_available") if f.views is None else t.compact(f.views)


def _views_note(f: Figures, t: Translator) -> str:
    if f.views is None:
        return t("card.views.none")
    return t("card.views.note", viewed=t.compact(f.viewed), posts=_count(f.posts, t))


def _net(f: Figures, t: Translator) -> str:
    if f.net_sentiment is None:
        return t("unknown")
    return t("unit.points", value=figure(t.points(f.net_sentiment, 1)))


def _net_note(f: Figures, t: Translator) -> str:
    if f.neutral_share is None:
        return t("card.sentiment.none")
    return t(
        "card.sentiment.note",
        neg=t.percent(f.negative_share or 0),
        neu=t.percent(f.neutral_share),
        pos=t.percent(f.positive_share or 0),
    )


def _text(key: str) -> Say:
    return lambda _f, t: t(key)


_SPECS = (
    _Spec(
        "originals",
        lambda f, t: _count(f.originals, t),
        lambda f, t: t("card.originals.note", posts=_count(f.posts, t)),
        lambda f, t: _a_day(f.originals, f, t),
        "originals",
    ),
    _Spec(
        "posts",
        lambda f, t: _count(f.posts, t),
        lambda f, t: t(
            "card.posts.note",
            reposts=_count(f.reposts_made, t),
            replies=_count(f.replies_made, t),
            quotes=_count(f.quotes_made, t),
        ),
        lambda f, t: _a_day(f.posts, f, t),
    ),
    _Spec("authors", _authors, _authors_note, _authors_then),
    _Spec("potential_reach", reach_words, _text("card.reach.note"), _reach_then),
    _Spec("views", _views, _views_note, lambda f, t: _a_day(f.views, f, t)),
    _Spec("engagement", lambda f, t: _count(f.engagement, t), engagement_note, _engagement_rate),
    _Spec("net_sentiment", _net, _net_note, _net, "net_sentiment"),
    _Spec(
        "share_of_voice",
        lambda f, t: _share(f.share_of_voice, t),
        lambda f, t: t("card.voice.none" if f.share_of_voice is None else "card.voice.note"),
        lambda f, t: _share(f.share_of_voice, t),
        "share_of_voice",
    ),
    _Spec(
        "signposting_rate",
        lambda f, t: _share(f.signposting_rate, t),
        _text("card.signposting.note"),
        lambda f, t: _share(f.signposting_rate, t),
        "signposting_rate",
    ),
    _Spec(
        "offensive_share",
        lambda f, t: _share(f.offensive_share, t),
        _text("card.offensive.note"),
        lambda f, t: _share(f.offensive_share, t),
        "offensive_share",
    ),
)
