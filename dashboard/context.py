"""What a page needs to draw itself: what is asked, of which campaign, when, in which words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config.campaign import Campaign
from config.i18n import CASABLANCA, Language, Translator
from dashboard.cache import Cache
from dashboard.data import Source
from dashboard.labelbook import LabelBook
from dashboard.view import View, parse, preferred_campaign, stretch
from dashboard.words import translator
from storage.rows import Cut


@dataclass(frozen=True, slots=True)
class Shown:
    """One campaign as one view asks for it, at the moment `now`; `campaigns` are all there are."""

    view: View
    campaign: Campaign
    t: Translator
    source: Source
    labels: LabelBook
    cache: Cache
    now: datetime
    offensive_excluded: frozenset[str]
    campaigns: Mapping[str, Campaign]

    @property
    def slug(self) -> str:
        return self.campaign.slug

    @property
    def language(self) -> Language:
        return self.view.language

    @property
    def today(self) -> date:
        return self.now.astimezone(CASABLANCA).date()

    @property
    def days(self) -> tuple[date, date]:
        """First and last day that the view is about."""
        return stretch(self.view, self.campaign, self.today)

    @property
    def cut(self) -> Cut:
        first, last = self.days
        return Cut(self.view.scope, self.view.platforms, first=first, last=last)

    @property
    def live(self) -> tuple[str, ...]:
        """Names of the sources that the campaign is collected from."""
        return tuple(plan.name for plan in self.campaign.sources)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the app is made with; answers what an address means."""

    source: Source
    labels: LabelBook
    campaigns: Mapping[str, Campaign]
    clock: Callable[[], datetime]
    language: Language
    offensive_excluded: frozenset[str]
    cache: Cache

    @property
    def today(self) -> date:
        return self.clock().astimezone(CASABLANCA).date()

    def preferred(self) -> str:
        """The slug of the campaign that is shown when the address names none."""
        posts = self.source.campaigns_with_posts()
        return preferred_campaign(self.campaigns, posts, self.today)

    def view(self, pathname: object, search: object) -> View:
        asked = parse(pathname, search, language=self.language, campaign="")
        if asked.campaign:
            return asked
        return parse(pathname, search, language=self.language, campaign=self.preferred())

    def shown(self, view: View) -> Shown | None:
        """The view with its campaign, `None` when there is no such campaign."""
        campaign = self.campaigns.get(view.campaign)
        if campaign is None:
            return None
        return Shown(
            view=view,
            campaign=campaign,
            t=translator(view.language),
            source=self.source,
            labels=self.labels,
            cache=self.cache,
            now=self.clock(),
            offensive_excluded=self.offensive_excluded,
            campaigns=self.campaigns,
        )
