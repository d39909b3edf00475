"""The topics: what do people talk about, and what moved?"""

from typing import Any

from dash import dcc, html

from config.campaign import Phase
from config.i18n import Translator
from dashboard.context import Shown
from dashboard.figures.sparkline import sparkline
from dashboard.figures.style import every_day
from dashboard.pages.overview import nothing_in_view
from dashboard.parts.aria import aria
from dashboard.parts.changed_words import changed_words
from dashboard.parts.notice import notice
from dashboard.parts.panel import split
from dashboard.parts.topic_change import mix_words, topic_change
from dashboard.topicmix import mix_of
from dashboard.view import address
from dashboard.words import isolate
from measures.topic_mix import TopicMix
from storage.rows import TopicView

WORDS = 8


def layout(shown: Shown) -> Any:
    t = shown.t
    found = shown.source.topics(shown.slug, shown.cut)
    if not found:
        return notice(
            t("empty.topics.title"),
            t("empty.topics.text"),
            html.Code(f"sada topics {shown.slug}", dir="ltr"),
        )
    named = [topic for topic in found if topic.number >= 0 and _posts(topic)]
    if not named:
        return nothing_in_view(shown)
    named.sort(key=_posts, reverse=True)
    total = sum(_posts(topic) for topic in found)
    mix = mix_of(shown)
    rest = sum(_posts(topic) for topic in found if topic.number < 0)
    return html.Div(
        [
            _lead(named, total, t),
            html.P(
                t("topics.note", rest=t.percent(rest / total if total else 0)),
                className="section-note",
            ),
            mix_words(mix, {topic.number: topic_name(topic, t) for topic in named}, t),
            changed_words(shown),
            html.Ol([_topic(topic, total, mix, shown) for topic in named], className="topics"),
        ]
    )


def _posts(topic: TopicView) -> int:
    """Originals of the topic within the view."""
    return sum(topic.by_day.values())


def _lead(named: list[TopicView], total: int, t: Translator) -> html.Header:
    first = named[0]
    share = t.percent(_posts(first) / total)
    lead = t(
        "topics.lead", topic=isolate(topic_name(first, t)), share=share, count=t.number(len(named))
    )
    return html.Header(html.H1(lead, className="lead"), className="lead-box")


def topic_name(topic: TopicView, t: Translator) -> str:
    if topic.number < 0:
        return t("topics.none")
    return topic.label or " · ".join(topic.words[:3]) or t("topics.number", number=topic.number)


def _topic(topic: TopicView, total: int, mix: TopicMix | None, shown: Shown) -> html.Li:
    t = shown.t
    count = _posts(topic)
    picture = sparkline(
        topic.by_day,
        days=every_day(*shown.days),
        campaign=(shown.campaign.start, shown.campaign.end),
        rtl=t.direction == "rtl",
    )
    tones = topic.neg + topic.neu + topic.pos
    return html.Li(
        [
            html.Div(
                [
                    html.H2(html.Bdi(topic_name(topic, t)), className="topic-name"),
                    html.Ul(
                        [html.Li(html.Bdi(word), className="word") for word in topic.words[:WORDS]],
                        className="words",
                        **aria(label=t("topics.words")),
                    ),
                ],
                className="topic-what",
            ),
            html.Div(
                [
                    html.Div(t("topics.count", count=t.number(count)), className="topic-count"),
                    html.Div(
                        t.percent(count / total, 1 if count / total < 0.1 else 0),
                        className="topic-share",
                    ),
                ],
                className="topic-size",
            ),
            html.Div(
                [
                    html.Img(
                        src=picture,
                        className="sparkline",
                        alt=t("topics.trend_alt", shift=shift(topic, shown)),
                    ),
                    topic_change(mix, topic.number, t)
                    or html.Div(shift(topic, shown), className="topic-shift"),
                ],
                className="topic-trend",
            ),
            html.Div(
                [
                    split(topic.neg, topic.neu, topic.pos, tone(topic, t)),
                    html.Div(tone(topic, t), className="topic-tone-text"),
                ]
                if tones
                else t("topics.no_tone"),
                className="topic-tone",
            ),
            dcc.Link(
                t("topics.posts"),
                href=address(shown.view, page="posts", topic=topic.number),
                className="button button-quiet",
            ),
        ],
        className="topic",
    )


def tone(topic: TopicView, t: Translator) -> str:
    total = topic.neg + topic.neu + topic.pos
    if not total:
        return t("topics.no_tone")
    return t(
        "card.sentiment.note",
        neg=t.percent(topic.neg / total),
        neu=t.percent(topic.neu / total),
        pos=t.percent(topic.pos / total),
    )


def shift(topic: TopicView, shown: Shown) -> str:
    """Originals a day before and during the campaign, as a description without a claim."""
    t = shown.t
    rates = []
    first, last = shown.days
    for phase in (Phase.BEFORE, Phase.DURING):
        days = shown.campaign.phase_days(phase, shown.today)
        if days is None or days[0] < first or days[0] > last:
            return t("topics.no_shift")
        span = every_day(days[0], min(days[1], last))
        rates.append(sum(topic.by_day.get(day, 0) for day in span) / len(span))
    return t("topics.shift", before=t.number(rates[0], 1), during=t.number(rates[1], 1))
