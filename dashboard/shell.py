"""What stands around every page: name, pages, controls, freshness, language, theme."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from config.i18n import LANGUAGES, Translator
from dashboard import ids
from dashboard.context import Desk
from dashboard.controls import controls
from dashboard.definitions import dictionary
from dashboard.freshness import Freshness
from dashboard.parts.aria import HIDDEN, aria
from dashboard.parts.card import tip
from dashboard.parts.notice import skeleton
from dashboard.view import PAGES, View, address
from dashboard.words import translator

REFRESH_MINUTES = 3
LANGUAGE_NAMES = {"fr": "Français", "ar": "العربية", "en": "English"}
SHORT_NAMES = {"fr": "FR", "ar": "ع", "en": "EN"}


def root() -> dmc.MantineProvider:
    """The part of the app that is there before anything is known of the view."""
    return dmc.MantineProvider(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Interval(id=ids.TICK, interval=REFRESH_MINUTES * 60_000),
            dcc.Store(id=ids.FRAMED),
            dcc.Store(id=ids.SINK),
            html.Div(id=ids.BUSY, className="busy", **HIDDEN),
            html.Div(id=ids.PROBLEM, role="alert"),
            html.Div(skeleton(), id=ids.FRAME),
        ],
        defaultColorScheme="auto",
        theme={
            "fontFamily": "inherit",
            "primaryColor": "teal",
            "primaryShade": {"light": 8, "dark": 6},
            "defaultRadius": "md",
            "focusRing": "auto",
        },
    )


def frame(desk: Desk, view: View) -> dmc.DirectionProvider:
    """The header, the controls and an empty page, in the language of `view`."""
    t = translator(view.language)
    return dmc.DirectionProvider(
        html.Div(
            [
                html.A(t("skip"), href="#main", className="skip"),
                _header(view, t),
                controls(desk, view, t),
                html.Div(id=ids.READING, className="reading-box", role="status"),
                html.Main(skeleton(), id=ids.MAIN, className="main", tabIndex=-1),
                _footer(t),
                _navigation(view, t, "tabs"),
                _method(t),
                dcc.Store(id=ids.STAMP),
                dcc.Store(id=ids.DEFAULTS, data={"campaign": view.campaign}),
            ],
            className="shell",
            lang=view.language,
            dir=t.direction,
        ),
        direction=t.direction,
    )


def _header(view: View, t: Translator) -> html.Header:
    return html.Header(
        [
            html.Div(
                [
                    html.Span(className="brand-mark", **HIDDEN),
                    html.Span("Sada", className="brand-latin", lang="fr"),
                    html.Span("صدى", className="brand-arabic", lang="ar"),
                ],
                className="brand",
            ),
            _navigation(view, t, "top"),
            html.Div(id=ids.FRESH, className="fresh-box", role="status"),
            html.Div(
                [
                    _languages(view, t),
                    html.Button(
                        html.Span(t("method.open"), className="sr-only"),
                        id=ids.METHOD_OPEN,
                        type="button",
                        className="icon-button icon-help",
                        title=t("method.open"),
                    ),
                    dmc.ColorSchemeToggle(
                        lightIcon=html.Span(className="icon-moon"),
                        darkIcon=html.Span(className="icon-sun"),
                        variant="subtle",
                        color="gray",
                        size="lg",
                        **aria(label=t("theme")),
                    ),
                ],
                className="tools",
            ),
        ],
        className="header",
    )


def _navigation(view: View, t: Translator, place: str) -> html.Nav:
    return html.Nav(
        [
            dcc.Link(
                [
                    html.Span(className=f"icon icon-{page}", **HIDDEN),
                    html.Span(t(f"page.{page}")),
                ],
                id={**ids.nav(page), "place": place},
                href=address(view, page=page, topic=None),
                className="nav-link",
            )
            for page in PAGES
        ],
        className=f"nav nav-{place}",
        **aria(label=t(f"nav.{place}")),
    )


def _languages(view: View, t: Translator) -> html.Div:
    """Plain links, so that the page comes anew in the other language and direction."""
    return html.Div(
        [
            html.A(
                SHORT_NAMES[language],
                id={"type": "language", "language": language},
                href=address(view, language=language),
                title=LANGUAGE_NAMES[language],
                lang=language,
                className="language language-on" if language == view.language else "language",
                **aria(label=LANGUAGE_NAMES[language]),
            )
            for language in LANGUAGES
        ],
        className="languages",
        role="group",
        **aria(label=t("language")),
    )


def _footer(t: Translator) -> html.Footer:
    return html.Footer(html.P(t("footer")), className="footer")


def _method(t: Translator) -> dmc.Drawer:
    return dmc.Drawer(
        dictionary(t),
        id=ids.METHOD,
        title=t("method.title"),
        position="right",
        lockScroll=False,  # locking empties a right-to-left page in Chromium
        size="lg",
        closeButtonProps={"aria-label": t("close")},
    )


def badge(fresh: Freshness, t: Translator) -> Any:
    """When data last came in; orange when that is longer ago than it should be."""
    return tip(
        html.Span(
            [
                html.Span(className="fresh-dot", **HIDDEN),
                html.Span(fresh.text, className="fresh-text"),
            ],
            className=f"fresh fresh-{fresh.mood}",
            tabIndex=0,
            **aria(label=t("colon", name=t("fresh.label"), value=fresh.text)),
        ),
        fresh.detail,
    )


def problem(t: Translator) -> list[Any]:
    """What a reader sees when something went wrong that is not theirs to mend."""
    return [html.Strong(t("problem.title")), html.Span(t("problem.text"))]
