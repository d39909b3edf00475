"""What the reader asked to see, as the address of the page says it.

The address is the only place where this is kept, so every view can be linked, reloaded and gone
back to. Whatever an address holds, `parse` answers a view that can be shown.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, TypeVar, get_args
from urllib.parse import parse_qsl, urlencode

from config.campaign import Campaign
from config.i18n import LANGUAGES, Language
from storage.rows import Cut

Scope = Literal["all", "campaign", "topic"]
"""`topic`, the conversation without the campaign, is a side of a comparison; no address has it."""
Period = Literal["life", "during", "30", "7", "custom"]
PERIODS: tuple[Period, ...] = get_args(Period)
PAGES = ("overview", "topics", "compare", "posts", "sources", "labels")
THE_DAYS, THE_CONVERSATION = "the_days", "the_conversation"
"""What a campaign is compared with where it is no other campaign; no slug has an underscore."""
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
"""Days outside are nobody's campaign, and near the calendar's ends sums of days fail."""
LONGEST = 800
"""Days of the longest stretch that is drawn."""
_TEXT_LIMIT = 100
Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True, slots=True)
class View:
    """One state of the dashboard. `campaign` may be a slug that does not exist."""

    page: str = "overview"
    campaign: str = ""
    language: Language = "fr"
    scope: Scope = "all"
    period: Period = "life"
    first: date | None = None
    last: date | None = None
    platforms: tuple[str, ...] = ()
    topic: int | None = None
    against: str = THE_DAYS
    """What it is compared with: another campaign's slug (which may not exist) or one of the two."""

    @property
    def cut(self) -> Cut:
        """The cut of scope and platforms, without days."""
        return Cut(scope=self.scope, platforms=self.platforms)


def page_of(pathname: object) -> str:
    """The page of an address' path; empty for one that does not exist."""
    name = str(pathname or "/").strip("/")
    if not name:
        return "overview"
    return name if name in PAGES else ""


def path_of(page: str) -> str:
    return "/" if page == "overview" else f"/{page}"


def parse(pathname: object, search: object, *, language: Language, campaign: str) -> View:
    """The view of an address; `language` and `campaign` are used where it names none."""
    asked = _fields(str(search or "").lstrip("?")[:2000])
    first, last = _day(asked.get("from")), _day(asked.get("to"))
    if first and last and first > last:
        first, last = last, first
    period = _choice(asked.get("period"), PERIODS, "life")
    if period == "custom" and not (first and last):
        period = "life"
    platforms = [p for p in asked.get("platforms", "").split(",") if p.isidentifier()]
    return View(
        page=page_of(pathname),
        campaign=asked.get("campaign", campaign)[:_TEXT_LIMIT],
        language=_choice(asked.get("lang"), LANGUAGES, language),
        scope=_choice(asked.get("scope"), ("all", "campaign"), "all"),
        period=period,
        first=first if period == "custom" else None,
        last=last if period == "custom" else None,
        platforms=tuple(sorted({p[:30] for p in platforms[:20]})),
        topic=whole_number(asked.get("topic")),
        against=asked.get("with", THE_DAYS)[:_TEXT_LIMIT],
    )


def address(view: View, **changes: object) -> str:
    """The address of `view` with `changes`; what is the default is left out."""
    wanted = replace(view, **changes)  # type: ignore[arg-type]
    parts: dict[str, str] = {"campaign": wanted.campaign, "lang": wanted.language}
    if wanted.scope != "all":
        parts["scope"] = wanted.scope
    if wanted.period != "life":
        parts["period"] = wanted.period
    if wanted.first and wanted.last:
        parts |= {"from": wanted.first.isoformat(), "to": wanted.last.isoformat()}
    if wanted.platforms:
        parts["platforms"] = ",".join(wanted.platforms)
    if wanted.topic is not None:
        parts["topic"] = str(wanted.topic)
    if wanted.against != THE_DAYS:
        parts["with"] = wanted.against
    return f"{path_of(wanted.page)}?{urlencode(parts)}"


def stretch(view: View, campaign: Campaign, today: date) -> tuple[date, date]:
    """First and last day that the view is about; never a day that has yet to come."""
    end = min(today, campaign.last_day or today)
    if view.period == "custom" and view.first and view.last:
        first, last = view.first, view.last
    elif view.period == "during":
        first, last = campaign.start, min(today, campaign.end or today)
    elif view.period in ("7", "30"):
        first, last = end - timedelta(days=int(view.period) - 1), end
    else:
        first, last = campaign.first_day, end
    last = min(last, today)
    return min(max(first, last - timedelta(days=LONGEST - 1)), last), last


def preferred_campaign(
    campaigns: Mapping[str, Campaign], posts: Mapping[str, int], today: date
) -> str:
    """The campaign shown first: a living one with posts, else the one with most posts."""
    alive = {"running", "followup"}

    def rank(slug: str) -> tuple[bool, bool, int]:
        state = campaigns[slug].state(today).value
        return posts.get(slug, 0) > 0, state in alive, posts.get(slug, 0)

    return max(campaigns, key=rank, default="")


def _choice(value: str | None, known: Collection[Choice], default: Choice) -> Choice:
    return next((option for option in known if option == value), default)


def _fields(search: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(search, max_num_fields=20))
    except ValueError:  # too many of them: no address of ours
        return {}


def _day(value: str | None) -> date | None:
    try:
        day = date.fromisoformat(value or "")
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def whole_number(value: object) -> int | None:
    """`value` as a number of up to six digits, `None` for anything else."""
    text = str(value)
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else None
