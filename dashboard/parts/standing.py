"""Who speaks: the campaign's own accounts, its partners, institutions, the public."""

from typing import Any

from dash import html

from config.campaign import Standing
from config.i18n import Translator
from dashboard.cards import engagement_note, reach_words
from dashboard.context import Shown
from dashboard.parts.notice import notice
from dashboard.parts.panel import panel
from dashboard.parts.table import versus_table
from dashboard.parts.versus import named
from dashboard.standings import Standings, standings
from dashboard.words import known
from measures.figures import Figures
from measures.standing import Voice
from measures.suppress import LEAST_AUTHORS

COLUMNS = ("posts", "originals", "potential_reach", "views", "engagement")
ACCOUNTS = """\
accounts:
  - {platform: x, handle: mamhkoumch, standing: owned}
  - {platform: x, handle: association_partenaire, standing: partner}"""


def standing(shown: Shown) -> html.Section:
    """Reach, posts and engagement by standing, or what to write so that they can be told apart."""
    t, found = shown.t, standings(shown)
    if found is None:
        return panel(
            t("standing.none.title"),
            notice(
                t("not_available"),
                t("standing.none.text", file=f"{shown.slug}.yaml"),
                html.Pre(html.Code(ACCOUNTS), dir="ltr", className="snippet"),
            ),
            question=t("standing.question"),
            wide=True,
        )
    title = _title(found, t)
    head = [named("standing", t), *[named(key, t) for key in COLUMNS]]
    labels = [t(f"standing.column.{key}") for key in COLUMNS]
    posts = sum(one.figures.posts or 0 for one in found.voices if one.figures)
    rows = [_row(one, posts, t) for one in found.voices]
    return panel(
        title,
        versus_table(head, labels, rows, title, short=True),
        question=t("standing.question"),
        notes=_notes(found, t),
        wide=True,
    )


def _title(found: Standings, t: Translator) -> str:
    counts = {one.standing: one.figures.posts for one in found.voices if one.figures}
    total = sum(count or 0 for count in counts.values())
    earned = counts.get(Standing.EARNED.value)
    if earned is None or not total:
        return t("standing.title_none")
    share = earned / total
    return t("standing.title", share=t.percent(share, 0 if share < 0.99 else 1))


def _row(one: Voice, posts: int, t: Translator) -> list[Any]:
    name = known(t, "standing.many", one.standing)
    if one.figures is None:
        kept = html.Span(t("standing.withheld", least=t.number(LEAST_AUTHORS)), className="soft")
        return [name, kept, *["—"] * (len(COLUMNS) - 1)]
    figures = one.figures
    return [
        name,
        _counted(figures.posts, posts, t),
        t("unknown") if figures.originals is None else t.number(figures.originals),
        html.Div(_reach(figures, t), className="lines"),
        t("not_available") if figures.views is None else t.compact(figures.views),
        _engagement(figures, t),
    ]


def _counted(posts: int | None, total: int, t: Translator) -> Any:
    if posts is None:
        return t("unknown")
    share = posts / total if total else 0.0
    told = t.percent(share, 0 if share >= 0.01 or not posts else 1)
    return [html.Strong(t.number(posts)), html.Div(told, className="versus-levels")]


def _reach(figures: Figures, t: Translator) -> str:
    return reach_words(figures, t) if figures.potential_reach else t("not_available")


def _engagement(figures: Figures, t: Translator) -> Any:
    if figures.engagement is None:
        return t("not_available")
    note = html.Div(engagement_note(figures, t), className="versus-levels")
    return [html.Strong(t.compact(figures.engagement)), note]


def _notes(found: Standings, t: Translator) -> list[str]:
    unnamed = sum(one.unnamed for one in found.voices if one.standing == Standing.EARNED)
    platforms = t("topics.join").join(map(t.platform, found.unlisted))
    return [
        t("standing.note"),
        t("standing.unlisted", platforms=platforms) if platforms else "",
        t("standing.unnamed", count=t.number(unnamed)) if unnamed else "",
    ]
