from datetime import date, time, timedelta
from pathlib import Path

import pytest

from config.campaign import Phase, Standing, State
from config.campaigns import load_campaign, load_campaigns, parse_campaign
from config.errors import ConfigurationError

SMALL = """\
slug: small
title: {fr: Petite, ar: صغيرة, en: Small}
start: 2025-03-10
end: 2025-03-20
families:
  - concept: name
    words: [small]
"""


def test_the_five_shipped_campaigns_are_valid() -> None:
    assert set(load_campaigns()) == {
        "mamhkoumch-2025",
        "cmrpi-5e-campagne-2025",
        "safe-online-morocco",
        "signaler-cest-se-proteger-2023",
        "16-jours-2025",
    }


def test_shipped_campaigns_name_the_help_lines() -> None:
    for campaign in load_campaigns().values():
        numbers = {number for one in campaign.signposts for number in one.numbers}
        assert {"8350", "19"} <= numbers
        assert campaign.topic_query


def test_shipped_campaigns_follow_one_conversation_tied_to_morocco() -> None:
    [topic] = {campaign.topic_query for campaign in load_campaigns().values()}
    contexts = {family.context for family in topic}
    assert len(contexts) == 2
    assert () in contexts  # darija says by itself where it is spoken
    assert all({"maroc", "morocco", "المغرب"} <= set(one) for one in contexts if one)


def test_every_day_has_one_phase() -> None:
    campaign = parse_campaign(SMALL, "small.yaml")
    days = [campaign.first_day + timedelta(days=n) for n in range(-1, 28 + 11 + 14 + 1)]
    phases = [campaign.phase(day) for day in days]
    assert phases == [None] + [Phase.BEFORE] * 28 + [Phase.DURING] * 11 + [Phase.AFTER] * 14 + [
        None
    ]


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2025, 2, 9), State.PENDING),
        (date(2025, 2, 10), State.RUNNING),
        (date(2025, 3, 20), State.RUNNING),
        (date(2025, 3, 21), State.FOLLOWUP),
        (date(2025, 4, 3), State.FOLLOWUP),
        (date(2025, 4, 4), State.CLOSED),
    ],
)
def test_state_follows_the_calendar(today: date, state: State) -> None:
    assert parse_campaign(SMALL, "small.yaml").state(today) is state


@pytest.mark.parametrize(
    ("today", "before", "during", "after"),
    [
        (date(2025, 2, 9), None, None, None),
        (date(2025, 3, 10), (date(2025, 2, 10), date(2025, 3, 9)), (date(2025, 3, 10),) * 2, None),
        (
            date(2025, 9, 1),
            (date(2025, 2, 10), date(2025, 3, 9)),
            (date(2025, 3, 10), date(2025, 3, 20)),
            (date(2025, 3, 21), date(2025, 4, 3)),
        ),
    ],
)
def test_days_of_each_phase_so_far(
    today: date, before: object, during: object, after: object
) -> None:
    campaign = parse_campaign(SMALL, "small.yaml")
    found = [campaign.phase_days(phase, today) for phase in Phase]
    assert found == [before, during, after]


def test_an_open_campaign_never_closes() -> None:
    campaign = parse_campaign(SMALL.replace("end: 2025-03-20\n", ""), "small.yaml")
    assert campaign.state(date(2035, 1, 1)) is State.RUNNING
    assert campaign.last_day is None


def test_accounts_are_recognised_with_or_without_at_sign() -> None:
    text = SMALL + "accounts:\n  - {platform: x, handle: '@Ong', standing: owned}\n"
    campaign = parse_campaign(text, "small.yaml")
    assert campaign.standing("x", "ong") is Standing.OWNED
    assert campaign.standing("reddit", "ong") is Standing.EARNED
    assert campaign.standing("x", None) is Standing.EARNED


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("start: 2025-03-10", "start: 2025-13-10"), 3, "start: "),
        (("end: 2025-03-20", "end: 2025-03-01"), 1, "is before start"),
        (("    words: [small]", "    word: [small]"), 7, "families.0.word: "),
        (("    words: [small]", "    hashtags: ['#a b']"), 7, "letters, digits and _"),
        (("    words: [small]", ""), 6, "at least one hashtag, word or phrase"),
        (("slug: small", "slug: Small One"), 1, "lower-case"),
        (("title: {fr: Petite, ar: صغيرة, en: Small}", "title: {fr: Petite}"), 2, "title.ar"),
        (("families:", "families: ["), 6, "not valid YAML"),
        (
            ("start: 2025-03-10", "start: 10/03/2025"),
            3,
            "start: is no date. Write it as 2025-10-02",
        ),
        (("title: {fr: Petite, ar: صغيرة, en: Small}", "title: Petite"), 2, "in each language"),
        (("    words: [small]", "    words: [8350]"), 7, "read as 8350, not as a text"),
        (("    words: [small]", "    hashtags:\n      - #small"), 8, "begins a comment in YAML"),
        (("    words: [small]", "    words: small"), 7, "must be a list"),
        (
            ("    words: [small]", "    hashtag: [small]"),
            7,
            "is no field here (hashtags is meant?)",
        ),
        (("start: 2025-03-10", "start: 2025-03-10\nslug: other"), 4, "twice, first in line 1"),
        (("families:", "digest: {hour: 25:00}\nfamilies:"), 5, "Write it as 08:30"),
        (("families:", "digest: {recipients: [a at b.ma]}\nfamilies:"), 5, "is no address such"),
        (("families:", "sources: [x]\nfamilies:"), 5, "sources.0: needs fields of its own"),
        (
            ("families:", "sources: [{name: x, calls_per_day: 0}]\nfamilies:"),
            5,
            "must be 1 or more",
        ),
    ],
)
def test_a_broken_file_is_explained(change: tuple[str, str], line: int, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_campaign(SMALL.replace(*change), "small.yaml")
    message = str(caught.value)
    assert message.startswith(f"small.yaml:{line}: "), message
    assert said in message
    assert "\n" not in message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_bytes(SMALL.encode("utf-16"))
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        load_campaign(path)
    path.write_text("")
    with pytest.raises(ConfigurationError, match="is empty"):
        load_campaign(path)
    path.write_text(SMALL)
    (tmp_path / "two.yaml").write_text(SMALL)
    with pytest.raises(ConfigurationError, match="used by another file"):
        load_campaigns(tmp_path)
    with pytest.raises(ConfigurationError, match="is no folder"):
        load_campaigns(tmp_path / "none")


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("8", time(8)),
        ("8:30", time(8, 30)),  # in YAML 1.1 this is 510, and 510 seconds are 00:08:30
        ("08:30", time(8, 30)),
        ("18:00", time(18)),
        ("18h", time(18)),
        ("7h45", time(7, 45)),
        ("23:59:00", time(23, 59)),
    ],
)
def test_the_hour_of_the_mail_is_the_one_that_was_written(written: str, hour: time) -> None:
    campaign = parse_campaign(f"{SMALL}digest: {{hour: {written}}}\n", "small.yaml")
    assert campaign.digest.hour == hour


def test_numbers_with_a_leading_zero_stay_numbers_of_a_telephone() -> None:
    text = f"{SMALL}signposts:\n  - {{name: line, numbers: [0537012345]}}\n"
    assert parse_campaign(text, "small.yaml").signposts[0].numbers == ("0537012345",)


def test_no_depth_of_nesting_crashes() -> None:
    with pytest.raises(ConfigurationError, match="nested too deep"):
        parse_campaign("[" * 5000, "deep.yaml")


def test_yaml_tags_build_nothing() -> None:
    with pytest.raises(ConfigurationError):
        parse_campaign("slug: !!python/object/apply:os.getcwd []\n", "evil.yaml")
