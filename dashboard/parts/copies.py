"""What was copied and what was posted in concert: counted apart, shown, never hidden."""

from typing import Any

from dash import html

from config.i18n import Translator
from dashboard.context import Shown
from dashboard.parts.panel import panel
from storage.rows import CoordinatedGroup, Copied


def copies(shown: Shown) -> html.Section | None:
    """`None` where nothing in the view was copied."""
    counts = counted(shown)
    if not counts.copies and not counts.coordinated:
        return None
    t = shown.t
    groups = shown.source.coordinated(shown.slug, shown.cut) if counts.coordinated else []
    body: list[Any] = [html.P(_beside(counts, t))] if counts.annotated else []
    if groups:
        body.append(html.Ol([_group(group, t) for group in groups], className="concert"))
    title = t(
        "copies.title",
        share=t.percent(counts.copies / counts.originals if counts.originals else 0),
        posts=t.number(counts.coordinated),
    )
    notes = [t("copies.note"), t("copies.rule") if groups else ""]
    return panel(title, body, question=t("copies.question"), notes=notes, wide=True)


def counted(shown: Shown) -> Copied:
    """What of the view was copied, from the cache when nothing came since."""
    key = ("copies", shown.slug, shown.cut, shown.source.last_change(shown.slug))
    counts: Copied = shown.cache.get(key, lambda: shown.source.copied(shown.slug, shown.cut))
    return counts


def without_copies(shown: Shown) -> str:
    """The tone of first appearances alone, to stand beside that of all; empty without copies."""
    counts = counted(shown)
    if not counts.copies or not counts.annotated:
        return ""
    return shown.t(
        "copies.beside_all",
        negative=shown.t.percent(counts.neg / counts.annotated),
        share=shown.t.percent(counts.copies / counts.originals),
    )


def _beside(counts: Copied, t: Translator) -> str:
    return t(
        "copies.beside",
        negative=t.percent(counts.neg / counts.annotated),
        positive=t.percent(counts.pos / counts.annotated),
        originals=t.number(counts.originals - counts.copies),
    )


def _group(group: CoordinatedGroup, t: Translator) -> html.Li:
    minutes = max(1, round((group.last - group.first).total_seconds() / 60))
    return html.Li(
        [
            html.P(group.text, className="concert-text", dir="auto"),
            html.Span(
                t(
                    "copies.group",
                    posts=t.number(group.posts),
                    accounts=t.number(group.accounts),
                    first=t.moment(group.first, "d MMM HH:mm"),
                    minutes=t.number(minutes),
                ),
                className="section-note",
            ),
        ]
    )
