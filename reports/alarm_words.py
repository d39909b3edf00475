"""A warning in words."""

from config.i18n import Translator
from measures.unusual import RAREST, Driver, Unusual
from reports.alarms import Alarm
from reports.gather import Material
from reports.topics import safe_label, safe_words
from reports.words import counted, isolated, percent


def alarm_words(material: Material, alarm: Alarm, t: Translator) -> str:
    """What the mail says of `alarm`."""
    if alarm.unusual is not None:
        return _unusual(alarm.unusual, t)
    campaign = material.campaign
    kind = "stale_ever" if alarm.kind == "stale" and alarm.since is None else alarm.kind
    return t(
        f"alarm.{kind}",
        source=t.platform(alarm.source),
        since=t.moment(alarm.since, "EEEE d MMMM HH:mm") if alarm.since else "",
        hours=counted(t, "hours", alarm.hours),
        share=percent(t, alarm.share),
        texts=counted(t, "texts", alarm.count),
        posts=counted(t, "posts", alarm.count),
        first=t.day(campaign.first_day),
        last=t.day(campaign.last_day) if campaign.last_day else "",
    )


def _unusual(unusual: Unusual, t: Translator) -> str:
    alert = unusual.alert
    where = t.platform(unusual.platform) if unusual.platform else t("alarm.unusual.everywhere")
    said = t(
        f"alarm.unusual.{'loud' if alert.count > alert.expected else 'quiet'}",
        where=where,
        originals=counted(t, "originals", round(alert.count)),
        expected=t.number(round(alert.expected)),
        low=t.number(round(alert.low)),
        high=t.number(round(alert.high)),
    )
    rare = "rarer" if unusual.one_in >= RAREST else "rare"
    said = f"{said} {t(f'alarm.unusual.{rare}', days=t.number(unusual.one_in))}"
    return said if unusual.topic is None else f"{said} {_driven(unusual.topic, t)}"


def _driven(topic: Driver, t: Translator) -> str:
    label = safe_label(topic.label, safe_words(topic.words))
    return t(
        "alarm.unusual.topic",
        topic=isolated(label),
        share=percent(t, topic.share),
        usual=percent(t, topic.usual),
    )
