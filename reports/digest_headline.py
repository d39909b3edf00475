"""The first words of a digest: subject, title and date line."""

from config.campaign import Phase
from config.i18n import Translator
from reports.digest import Digest
from reports.gather import Material
from reports.words import counted, short_title, signed_percent

MARKED = 0.25
"""From this difference to an ordinary day on the title names it, though such days were seen."""


def subject(digest: Digest, t: Translator) -> str:
    """The subject line: the finding in words, after what is wrong with it."""
    parts = ["Sada", short_title(digest.material.campaign.title[t.language])]
    kinds = {alarm.kind for alarm in digest.alarms}
    if kinds & {"stale", "incomplete", "budget"}:
        parts.append(t("digest.subject.incomplete"))
    return " · ".join([*parts, _finding(digest, t)])


def title(digest: Digest, t: Translator) -> str:
    """What happened yesterday and whether that is unusual."""
    if digest.material.seen is None:
        return t("digest.title.empty")
    if digest.posts is None:
        return t("digest.title.none")
    posts = counted(t, "posts", digest.posts)
    if not digest.complete:
        return t("digest.title.least", posts=posts)
    if digest.usual is None:
        return t("digest.title.plain", posts=posts)
    days, difference = t.number(digest.usual.days), digest.usual.difference or 0.0
    standing: str = digest.usual.standing
    if standing == "within" and abs(difference) >= MARKED:
        standing = "seen"
    told = signed_percent(t, difference)
    return t(f"digest.title.{standing}", posts=posts, days=days, difference=told)


def dateline(material: Material, t: Translator) -> str:
    """The campaign, the day that is told of, and how far the campaign is."""
    campaign, yesterday = material.campaign, material.yesterday
    parts = [campaign.title[t.language], t.day(yesterday, "EEEE d MMMM yyyy")]
    phase = campaign.phase(yesterday)
    if phase is Phase.DURING:
        number = (yesterday - campaign.start).days + 1
        length = (campaign.end - campaign.start).days + 1 if campaign.end else None
        key = "digest.day_of" if length else "digest.day"
        parts.append(t(key, number=t.number(number), length=t.number(length or 0)))
    elif phase is not None:
        parts.append(t(f"digest.phase.{phase.value}"))
    return " · ".join(parts)


def _finding(digest: Digest, t: Translator) -> str:
    if digest.material.seen is None:
        return t("digest.subject.empty")
    if digest.posts is None:
        return t("digest.subject.none")
    posts = counted(t, "posts", digest.posts)
    difference = digest.usual.difference if digest.usual else None
    if not digest.complete:
        return t("digest.subject.least", posts=posts)
    if difference is None:
        return t("digest.subject.plain", posts=posts)
    return t("digest.subject.compared", posts=posts, difference=signed_percent(t, difference))
