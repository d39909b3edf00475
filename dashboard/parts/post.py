"""One post as a row of the grid and in full. The text is masked; no link leads back to it."""

from collections.abc import Mapping
from typing import Any

from dash import html

from config.i18n import Translator
from dashboard.context import Shown
from dashboard.words import known, language_name
from storage.rows import PostView

METRICS = ("likes", "reposts", "replies", "views")


def row(post: PostView, shown: Shown) -> dict[str, Any]:
    """The post as texts in the reader's language; `None` where the platform did not say."""
    t = shown.t
    hidden = post.platform in shown.offensive_excluded or post.offensive is None
    counts = [n for n in (post.likes, post.reposts, post.replies) if n is not None]
    return {
        "id": str(post.id),
        "when": t.moment(post.created_at, "d MMM HH:mm"),
        "moment": t.moment(post.created_at, "EEEE d MMMM yyyy HH:mm"),
        "text": post.text,
        "platform": t.platform(post.platform),
        "author": post.author,
        "standing": known(t, "standing", post.standing),
        "scope": known(t, "scope", post.scope),
        "kind": known(t, "kind", post.kind),
        "language": language_name(t, post.language),
        "label": t(f"label.{post.label}") if post.label else "",
        "tone": post.label or "",
        "shares": [t.percent(p) for p in (post.neg, post.neu, post.pos) if p is not None],
        "offensive": "—" if hidden else t.percent(post.offensive or 0),
        "topic": post.topic or "",
        "matched": list(post.matched),
        "mark": _mark(post, t),
        "engagement": t.number(sum(counts)) if counts else "—",
        **{name: _count(getattr(post, name), t) for name in METRICS},
    }


def _mark(post: PostView, t: Translator) -> str:
    """What is to be known of a text that others posted too."""
    if post.coordinated:
        return t("mark.coordinated")
    return t("mark.copied") if post.copied else ""


def _count(value: int | None, t: Translator) -> str:
    return t("not_available") if value is None else t.number(value)


def detail(shown: Mapping[str, Any], t: Translator) -> html.Article:
    """All that may be told of a post, from its row."""
    shares = shown.get("shares")
    parts = shares if isinstance(shares, list) and len(shares) == 3 else []
    names = [t(f"label.{label}") for label in ("neg", "neu", "pos")]
    tone = " · ".join(f"{name} {share}" for name, share in zip(names, parts, strict=False))
    matched = shown.get("matched")
    facts = [
        ("column.when", shown.get("moment")),
        ("column.platform", shown.get("platform")),
        ("column.author", f"{shown.get('author', '')} ({shown.get('standing', '')})"),
        ("posts.kind", shown.get("kind")),
        ("posts.scope", shown.get("scope")),
        ("posts.copies", shown.get("mark")),
        ("column.language", shown.get("language")),
        ("column.label", tone or shown.get("label")),
        ("column.offensive", shown.get("offensive")),
        ("column.topic", shown.get("topic")),
        ("posts.matched", ", ".join(str(m) for m in matched) if isinstance(matched, list) else ""),
        *[(f"column.{name}", shown.get(name)) for name in METRICS],
    ]
    return html.Article(
        [
            html.P(str(shown.get("text", "")), className="post-text", dir="auto"),
            html.P(t("posts.masked"), className="section-note"),
            html.Dl(
                [
                    html.Div([html.Dt(t(key)), html.Dd(html.Bdi(str(value)))])
                    for key, value in facts
                    if value
                ],
                className="facts facts-long",
            ),
        ],
        className="post-detail",
    )
