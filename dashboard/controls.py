"""What the reader can set: campaign, period, scope, platforms. Each writes into the address."""

from collections.abc import Iterable
from typing import Any

import dash_mantine_components as dmc
from dash import html

from config.i18n import Translator
from dashboard import ids
from dashboard.comparing import same_campaign
from dashboard.context import Desk
from dashboard.parts.aria import aria
from dashboard.view import PERIODS, THE_CONVERSATION, THE_DAYS, View
from storage.rows import Cut


def controls(desk: Desk, view: View, t: Translator) -> html.Div:
    return html.Div(
        [
            html.Button(
                t("controls.show"),
                id=ids.CONTROLS_TOGGLE,
                type="button",
                className="controls-toggle",
                **aria(controls=ids.CONTROLS, expanded="false"),
            ),
            html.Div(
                [
                    _campaign(desk, view, t),
                    _period(view, t),
                    _range(desk, view, t),
                    _scope(view, t),
                    _platforms(desk, view, t),
                ],
                id=ids.CONTROLS,
                className="controls",
            ),
            _against(desk, view, t),
        ],
        className="controls-box",
        role="search",
        **aria(label=t("controls.title")),
    )


def _against(desk: Desk, view: View, t: Translator) -> dmc.Select:
    """What the campaign is compared with; shown on that page alone."""
    return dmc.Select(
        id=ids.AGAINST,
        label=t("controls.against"),
        data=against_options(desk, view, t),
        value=view.against,
        placeholder=t("controls.choose"),
        allowDeselect=False,
        searchable=len(desk.campaigns) > 8,
        nothingFoundMessage=t("nothing_found"),
        className="control-against",
        size="sm",
    )


def against_options(desk: Desk, view: View, t: Translator) -> list[dict[str, Any]]:
    """Its own past, its conversation, its other waves, and all other campaigns, in groups."""
    named = desk.campaigns.get(view.campaign)
    others = [one for slug, one in desk.campaigns.items() if slug != view.campaign]
    waves = [one for one in others if named is not None and same_campaign(named, one)]
    groups = [
        ("itself", [(name, t(f"compare.{name}")) for name in (THE_DAYS, THE_CONVERSATION)]),
        ("waves", [(one.slug, one.title[view.language]) for one in waves]),
        (
            "others",
            [(one.slug, one.title[view.language]) for one in others if one not in waves],
        ),
    ]
    return [
        {
            "group": t(f"compare.group.{name}"),
            "items": [{"value": value, "label": label} for value, label in found],
        }
        for name, found in groups
        if found
    ]


def _campaign(desk: Desk, view: View, t: Translator) -> dmc.Select:
    return dmc.Select(
        id=ids.CAMPAIGN,
        label=t("controls.campaign"),
        data=[
            {"value": slug, "label": campaign.title[view.language]}
            for slug, campaign in desk.campaigns.items()
        ],
        value=view.campaign if view.campaign in desk.campaigns else None,
        placeholder=t("controls.choose"),
        allowDeselect=False,
        searchable=len(desk.campaigns) > 8,
        nothingFoundMessage=t("nothing_found"),
        className="control-campaign",
        size="sm",
    )


def _period(view: View, t: Translator) -> dmc.Select:
    return dmc.Select(
        id=ids.PERIOD,
        label=t("controls.period"),
        data=[{"value": period, "label": t(f"period.{period}")} for period in PERIODS],
        value=view.period,
        allowDeselect=False,
        className="control-period",
        size="sm",
    )


def _range(desk: Desk, view: View, t: Translator) -> html.Div:
    chosen = [d.isoformat() for d in (view.first, view.last) if d]
    picker = dmc.DatePickerInput(
        id=ids.RANGE,
        type="range",
        label=t("controls.range"),
        value=chosen if len(chosen) == 2 else [],
        valueFormat="D MMM YYYY",
        defaultDate=(view.first or desk.today).isoformat(),
        maxDate=desk.today.isoformat(),
        placeholder=t("controls.choose"),
        allowSingleDateInRange=True,
        size="sm",
        ariaLabels={
            "previousMonth": t("calendar.previous"),
            "nextMonth": t("calendar.next"),
        },
    )
    shown = "control-range" if view.period == "custom" else "control-range control-hidden"
    return html.Div(
        dmc.DatesProvider(picker, settings={"locale": view.language, "firstDayOfWeek": 1}),
        id=ids.RANGE_BOX,
        className=shown,
    )


def _scope(view: View, t: Translator) -> html.Div:
    name = html.Label(t("controls.scope"), className="control-label", htmlFor=ids.SCOPE)
    return html.Div(
        [
            name,
            dmc.SegmentedControl(
                id=ids.SCOPE,
                data=[{"value": s, "label": t(f"scope.choice.{s}")} for s in ("all", "campaign")],
                value=view.scope,
                size="sm",
            ),
        ],
        className="control-scope",
    )


def _platforms(desk: Desk, view: View, t: Translator) -> dmc.MultiSelect:
    return dmc.MultiSelect(
        id=ids.PLATFORMS,
        label=t("controls.platforms"),
        data=platform_options(desk, view, t),
        value=list(view.platforms),
        placeholder=t("all_of_them"),
        clearable=True,
        size="sm",
        className="control-platforms",
    )


def platform_options(desk: Desk, view: View, t: Translator) -> list[dict[str, Any]]:
    """The platforms that the campaign has posts from, is collected from, or that are chosen."""
    names: set[str] = set(view.platforms)
    campaign = desk.campaigns.get(view.campaign)
    if campaign is not None:
        names |= {plan.name for plan in campaign.sources}
        names |= _seen_platforms(desk, view)
    return [{"value": n, "label": t.platform(n)} for n in sorted(names, key=t.platform)]


def _seen_platforms(desk: Desk, view: View) -> set[str]:
    def find() -> set[str]:
        rows: Iterable[Any] = desk.source.daily(view.campaign, Cut(), ("platform",))
        return {row.platform for row in rows if row.platform}

    return desk.cache.get(("platforms", view.campaign), find)
