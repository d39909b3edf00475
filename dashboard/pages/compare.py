"""Side by side: two campaigns or waves, a campaign and its conversation, the last days and those
before."""

from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from config.i18n import Translator
from dashboard import ids
from dashboard.comparing import Lately, Versus, lately, versus
from dashboard.comparison_file import lately_csv, versus_csv
from dashboard.context import Desk, Shown
from dashboard.pages.overview import nothing_in_view
from dashboard.parts.lately import lately_table
from dashboard.parts.notice import notice
from dashboard.parts.unusual import unusual_notice
from dashboard.parts.versus import changes, figures, who
from dashboard.view import THE_CONVERSATION, THE_DAYS, address
from dashboard.wording import change_amount, contrast_words, interval
from dashboard.words import isolate

LONGEST = 30
"""Days against as many: the only stretch that is long enough to be judged."""


def layout(shown: Shown) -> Any:
    missing = _cannot(shown)
    if missing is not None:
        return missing
    if shown.view.against == THE_DAYS:
        return _days(shown)
    return _sides(shown)


def _cannot(shown: Shown) -> Any:
    """What stands there instead where there is nothing to compare; `None` where there is."""
    t, against = shown.t, shown.view.against
    if against == THE_CONVERSATION and not shown.campaign.topic_query:
        return notice(
            t("compare.no_topic.title"),
            t("compare.no_topic.text", file=f"{shown.slug}.yaml"),
            html.Pre(html.Code(TOPIC_QUERY), dir="ltr", className="snippet"),
            dcc.Link(t("compare.the_days"), href=_link(shown, THE_DAYS), className="button"),
        )
    if against in (THE_DAYS, THE_CONVERSATION):
        return None
    if against == shown.slug:
        return notice(t("compare.itself.title"), t("compare.itself.text"), *_choices(shown))
    if against not in shown.campaigns:
        return notice(t("compare.unknown.title"), t("compare.unknown.text"), *_choices(shown))
    return None


TOPIC_QUERY = """\
topic_query:
  - concept: cyberviolence
    words: [cyberviolence, cyberharcèlement]"""


def _choices(shown: Shown) -> list[Any]:
    """Links to all that the campaign can be compared with."""
    names = [(THE_DAYS, shown.t("compare.the_days"))]
    names += [
        (slug, one.title[shown.language])
        for slug, one in shown.campaigns.items()
        if slug != shown.slug
    ]
    return [
        dcc.Link(name, href=_link(shown, against), className="button") for against, name in names
    ]


def _link(shown: Shown, against: str) -> str:
    return address(shown.view, against=against)


def _days(shown: Shown) -> Any:
    t = shown.t
    if not shown.source.campaigns_with_posts().get(shown.slug):
        return _no_posts(shown)
    found = lately(shown)
    counts = found.comparisons["posts"].values()
    if not any(one.now or one.before for one in counts) and shown.view.platforms:
        return nothing_in_view(shown)
    lead, mood = _days_lead(found, t)
    return html.Div(
        [
            html.Header(
                [
                    html.H1(lead, className=f"lead lead-{mood}"),
                    html.P(t("compare.days.note"), className="section-note"),
                    unusual_notice(shown),
                ],
                className="lead-box",
            ),
            lately_table(found, t),
            _file(t),
        ],
        className="compare",
    )


def _no_posts(shown: Shown) -> html.Div:
    t = shown.t
    return notice(
        t("empty.posts.title"),
        t("empty.posts.text"),
        html.Code(f"sada collect {shown.slug}", dir="ltr"),
        html.Code(f"sada import FILE --campaign {shown.slug}", dir="ltr"),
    )


def _days_lead(found: Lately, t: Translator) -> tuple[str, str]:
    change = found.comparisons["originals"][LONGEST].tested
    if change is None or change.verdict == "not_enough_data":
        reason = change.reason if change is not None else ""
        why = t(f"reason.{reason or 'unknown'}")
        return t("compare.days.not_enough", why=why), "not_enough_data"
    said = t(
        f"compare.days.{change.verdict}",
        amount=change_amount(change, "ratio", t),
        interval=interval(change, "ratio", t),
    )
    return said, change.verdict


def _sides(shown: Shown) -> Any:
    t, pair = shown.t, versus(shown)
    begun = [side.data.any_posts for side in pair.sides]
    if pair.conversation:
        begun = [any(row.posts for row in side.data.days) for side in pair.sides]
    if not any(begun):
        return _no_posts(shown)
    lead, mood = _sides_lead(pair, t)
    return html.Div(
        [
            html.Header(
                [
                    html.H1(lead, className=f"lead lead-{mood}"),
                    html.P(_caution(pair, t), className="section-note"),
                ],
                className="lead-box",
            ),
            html.Div(
                [who(s, t, posts=p) for s, p in zip(pair.sides, begun, strict=True)],
                className="sides",
            ),
            *changes(pair, t),
            figures(pair, t),
            _file(t),
        ],
        className="compare",
    )


def _sides_lead(pair: Versus, t: Translator) -> tuple[str, str]:
    names = {"first": isolate(pair.first.name), "other": isolate(pair.other.name)}
    found = pair.contrasts.get("originals", {}).get("during")
    if found is None:
        return t("compare.lead.none", **names), "waiting"
    if found.verdict == "not_enough_data":
        return t("compare.lead.not_enough_data", why=_why(pair, t), **names), found.verdict
    detail = contrast_words(found, "ratio", t).detail
    return t(f"compare.lead.{found.verdict}", detail=detail, **names), found.verdict


def _why(pair: Versus, t: Translator) -> str:
    """The reason of each side that has too little."""
    said = []
    for side in pair.sides:
        change = pair.change(side, "originals", "during")
        if change is not None and change.verdict == "not_enough_data":
            why = t(f"reason.{change.reason or 'unknown'}")
            said.append(t("colon", name=isolate(side.name), value=why))
    return t("compare.join").join(said) or t("reason.unknown")


def _caution(pair: Versus, t: Translator) -> str:
    if pair.conversation:
        return t("compare.caution.conversation")
    if pair.shared_days is None:
        return t("compare.caution.open")
    if pair.shared_days:
        return t("compare.caution.days", days=t.number(pair.shared_days))
    return t("compare.caution.none")


def _file(t: Translator) -> html.Div:
    return html.Div(
        [
            html.Button(
                t("compare.file"),
                id=ids.COMPARE_CSV,
                type="button",
                className="button button-quiet",
            ),
            html.Span(t("compare.file.note"), className="section-note"),
            dcc.Download(id=ids.COMPARE_FILE),
        ],
        className="compare-file",
    )


def register(app: Dash, desk: Desk) -> None:
    @app.callback(
        Output(ids.COMPARE_FILE, "data"),
        Input(ids.COMPARE_CSV, "n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def download(clicks: Any, search: Any) -> Any:
        shown = desk.shown(desk.view("/compare", search))
        if shown is None or not clicks or _cannot(shown) is not None:
            return no_update
        if shown.view.against == THE_DAYS:
            return _named(shown, "days", lately_csv(lately(shown)))
        name = shown.view.against.removeprefix("the_")
        return _named(shown, name, versus_csv(versus(shown)))


def _named(shown: Shown, against: str, text: str) -> dict[str, Any]:
    name = f"{shown.slug}-{against}-{shown.today.isoformat()}.csv"
    return {"filename": name, "content": text, "type": "text/csv;charset=utf-8", "base64": False}
