"""The summary through a campaign's life, and its JSON."""

import json
import random
from datetime import date, timedelta

import pytest

from config.campaign import Phase, State
from measures.change import Change
from measures.document import as_json
from measures.summary import (
    CHANGES,
    Corrected,
    Engagement,
    Figures,
    LabelledShares,
    Summary,
    summarise,
)

START = date(2025, 10, 1)


def life(row, first: date, last: date, *, platform: str = "x", seed: int = 1) -> list:
    chance = random.Random(seed)
    rows, day = [], first
    while day <= last:
        inside = START <= day <= date(2025, 10, 10)
        originals = round(chance.gauss(300 if inside else 100, 8))
        labels = chance.choices(
            ["neg", "neu", "pos"], (2, 6, 2) if inside else (5, 3, 2), k=originals
        )
        mood = {label: labels.count(label) for label in ("neg", "neu", "pos")}
        signposted = chance.choices([0, 1], (3, 1) if inside else (19, 1), k=originals)
        rows.append(
            row(
                day, platform, originals=originals, likes=2 * originals, annotated=originals,
                offensive=originals // 20, signposted=sum(signposted), **mood,
            )
        )  # fmt: skip
        day += timedelta(days=1)
    return rows


def test_a_campaign_in_its_follow_up(row, crowd, campaign) -> None:
    today = date(2025, 10, 21)
    rows = life(row, date(2025, 9, 3), today)
    many = [crowd("x", (1,) * 100, (10,) * 100)]
    found = summarise(campaign(), rows, dict.fromkeys(Phase, many), {}, today, campaign_days=rows)
    assert (found.campaign, found.state) == ("essai", State.FOLLOWUP)
    spans = {phase: (f.first, f.last, f.days) for phase, f in found.phases.items() if f}
    assert spans == {
        "before": (date(2025, 9, 3), date(2025, 9, 30), 28),
        "during": (START, date(2025, 10, 10), 10),
        "after": (date(2025, 10, 11), today, 11),
    }
    assert set(found.changes) == set(CHANGES)
    verdicts = {key: change["during"].verdict for key, change in found.changes.items()}
    assert verdicts["originals"] == "rose"
    assert verdicts["negative_share"] == "fell"
    assert verdicts["net_sentiment"] == "rose"
    assert verdicts["signposting_rate"] == "rose"
    assert verdicts["positive_share"] == "not_detectable"
    net = found.changes["net_sentiment"]["during"]
    assert net.effect == pytest.approx(0.3, abs=0.1)
    assert net.baseline == pytest.approx(-0.3, abs=0.05)
    assert found.changes["originals"]["after"].verdict == "not_detectable"


def test_today_is_unfinished_and_in_no_change(row, campaign) -> None:
    today = date(2025, 10, 5)
    rows = life(row, date(2025, 9, 3), date(2025, 10, 4))
    late = summarise(campaign(), rows, {}, {}, today)
    early = summarise(campaign(), [*rows, row(today, originals=1)], {}, {}, today)
    assert late.changes == early.changes
    assert set(early.changes["originals"]) == {"during"}
    assert early.phases[Phase.AFTER] is None
    during = early.phases[Phase.DURING]
    assert during is not None
    assert during.last == today


def test_before_the_start_there_is_nothing_to_compare(row, campaign) -> None:
    today = date(2025, 9, 20)
    found = summarise(campaign(), life(row, date(2025, 9, 3), today), {}, {}, today)
    assert found.phases[Phase.BEFORE] is not None
    assert (found.phases[Phase.DURING], found.phases[Phase.AFTER]) == (None, None)
    assert found.changes == {}


def test_on_the_first_day_nothing_is_claimed_yet(row, campaign) -> None:
    found = summarise(campaign(), life(row, date(2025, 9, 3), START), {}, {}, START)
    assert found.phases[Phase.DURING] is not None
    assert found.changes == {}


def test_a_pending_campaign(campaign) -> None:
    found = summarise(campaign(), [], {}, {}, date(2025, 8, 1))
    assert found.state is State.PENDING
    assert dict(found.phases) == dict.fromkeys(Phase)
    assert found.changes == {}


def test_an_open_campaign_has_no_after(row, campaign) -> None:
    today = date(2025, 11, 30)
    rows = life(row, date(2025, 9, 3), today)
    found = summarise(campaign(end=None), rows, {}, {}, today)
    assert found.phases[Phase.AFTER] is None
    assert set(found.changes["originals"]) == {"during"}


def test_without_a_baseline(row, campaign) -> None:
    today = date(2025, 10, 8)
    found = summarise(campaign(baseline_days=0), life(row, START, today), {}, {}, today)
    assert found.phases[Phase.BEFORE] is None
    change = found.changes["originals"]["during"]
    assert (change.verdict, change.reason) == ("not_enough_data", "baseline_too_short")
    assert change.level is not None


def test_a_baseline_without_posts_has_no_authors(row, campaign) -> None:
    """However many posts follow: a ratio to nothing would be one to the half post that is added."""
    found = summarise(campaign(), life(row, START, date(2025, 10, 21)), {}, {}, date(2025, 10, 21))
    change = found.changes["originals"]["during"]
    assert (change.verdict, change.reason) == ("not_enough_data", "too_few_authors")
    assert (change.baseline, change.level is not None) == (0, True)


def test_without_posts_no_change_is_claimed(campaign) -> None:
    found = summarise(campaign(), [], {}, {}, date(2025, 10, 21))
    assert found.changes["originals"]["during"].verdict == "not_enough_data"
    assert found.changes["negative_share"]["during"].reason == "period_without_data"


def test_all_days_missing(campaign) -> None:
    today = date(2025, 10, 21)
    missing = {date(2025, 9, 3) + timedelta(days=n): 1.0 for n in range(60)}
    found = summarise(campaign(), [], {}, missing, today)
    before = found.phases[Phase.BEFORE]
    assert before is not None
    assert before.posts is None
    assert found.changes["originals"]["during"].reason == "period_without_data"


def test_a_day_that_was_hardly_collected_is_left_out(row, campaign) -> None:
    today = date(2025, 10, 21)
    rows = life(row, date(2025, 9, 3), today)
    low = [r if r.day != date(2025, 9, 12) else row(r.day, originals=1) for r in rows]
    missing = {date(2025, 9, 12): 0.9}
    whole = summarise(campaign(), rows, {}, missing, today)
    assert (
        summarise(campaign(), low, {}, missing, today).changes["originals"]
        == (whole.changes["originals"])
    )


def test_imports_know_nothing_outside_of_their_days(row, campaign) -> None:
    today = date(2025, 10, 21)
    rows = life(row, date(2025, 9, 25), today)
    seen = (date(2025, 9, 25), today)
    found = summarise(campaign(), rows, {}, {}, today, seen=seen)
    before = found.phases[Phase.BEFORE]
    assert before is not None
    assert before.missing == 22
    assert found.changes["originals"]["during"].reason == "baseline_too_short"


def test_few_authors_forbid_verdicts(row, crowd, campaign) -> None:
    today = date(2025, 10, 21)
    rows = life(row, date(2025, 9, 3), today)
    authors = {Phase.BEFORE: [crowd("x", (50,) * 29)], Phase.DURING: [crowd("x", (1,) * 99)]}
    found = summarise(campaign(), rows, authors, {}, today)
    assert found.changes["originals"]["during"].reason == "too_few_authors"


def test_an_excluded_platform_has_no_offensive_change(row, campaign) -> None:
    today = date(2025, 10, 21)
    rows = life(row, date(2025, 9, 3), today)
    found = summarise(campaign(), rows, {}, {}, today, offensive_excluded=frozenset({"x"}))
    assert "offensive_share" not in found.changes
    assert "share_of_voice" not in found.changes


def corrected(verdict: str, labels: int = 200) -> LabelledShares:
    """Labels that say something else than the model, whose own verdict is that it fell."""
    reason = "too_few_labels" if verdict == "not_enough_data" else ""
    change = Change(-0.1, -0.2, 0.05, verdict, 0.2, reason, 0.4, 0.3)
    share = Corrected(0.3, 0.2, 0.4, 0.2, 900, labels)
    return LabelledShares(
        dict.fromkeys((Phase.BEFORE, Phase.DURING), labels),
        {"negative_share": dict.fromkeys((Phase.BEFORE, Phase.DURING), share)},
        {"negative_share": {"during": change}},
    )


def test_what_labels_say_is_told_in_place_of_the_models_own(row, crowd, campaign) -> None:
    today = date(2025, 10, 21)
    rows = life(row, date(2025, 9, 3), today)
    many = {phase: [crowd("x", (1,) * 100)] for phase in Phase}

    def told(labelled: LabelledShares | None, authors=many) -> Summary:
        return summarise(campaign(), rows, authors, {}, today, labelled=labelled)

    plain, labelled = told(None), told(corrected("not_detectable"))
    assert plain.told_changes == plain.changes == labelled.changes
    assert labelled.told_changes["negative_share"]["during"].verdict == "not_detectable"
    assert labelled.changes["negative_share"]["during"].verdict == "fell"
    for key, period in (("negative_share", "after"), ("originals", "during")):
        assert labelled.told_changes[key][period] is labelled.changes[key][period]
    assert labelled.corrected_change("negative_share", "during")
    assert not labelled.corrected_change("negative_share", "after")
    assert not labelled.corrected_change("offensive_share", "during")
    few = told(corrected("not_enough_data", 20))
    assert few.told_changes["negative_share"]["during"].verdict == "fell"
    alone = told(corrected("rose"), {phase: [crowd("x", (50,) * 5)] for phase in Phase})
    assert alone.told_changes["negative_share"]["during"].reason == "too_few_authors"


def test_the_json_tells_the_correction_apart(row, campaign) -> None:
    today = date(2025, 10, 21)
    rows = life(row, date(2025, 9, 3), today)
    documents = [
        as_json(summarise(campaign(), rows, {}, {}, today, labelled=labelled))["correction"]
        for labelled in (None, corrected("fell"), corrected("not_enough_data", 20))
    ]
    assert documents[0] == {"labels": {}, "shares": {}, "changes": {}}
    share = {"share": 0.3, "low": 0.2, "high": 0.4, "uncorrected": 0.2, "posts": 900, "labels": 200}
    assert documents[1]["shares"] == {"negative_share": {"before": share, "during": share}}
    assert documents[2]["shares"] == {}
    assert documents[2]["labels"] == {"before": 20, "during": 20}
    assert documents[2]["changes"]["negative_share"]["during"]["reason"] == "too_few_labels"


def test_the_json_is_plain_stable_and_has_every_field(row, crowd, campaign) -> None:
    today = date(2025, 10, 21)
    rows = life(row, date(2025, 9, 3), today) + life(
        row, date(2025, 9, 3), today, platform="reddit", seed=2
    )
    authors = {phase: [crowd("x", (1, 2), (5, 6)), crowd("reddit", (3,))] for phase in Phase}

    def document() -> str:
        found = summarise(campaign(), rows, authors, {}, today, campaign_days=rows[:40])
        return json.dumps(as_json(found), allow_nan=False)

    straight = document()
    random.Random(3).shuffle(rows)
    rows.sort(key=lambda r: r.day)  # `campaign_days` above takes the first forty
    rows.sort(key=lambda r: r.platform, reverse=True)
    assert document() == straight
    plain = json.loads(straight)
    assert list(plain["phases"]) == ["before", "during", "after"]
    assert set(plain["phases"]["during"]) == set(Figures.__dataclass_fields__)
    assert set(plain["phases"]["during"]["engagement_by_platform"]["x"]) == set(
        Engagement.__dataclass_fields__
    )
    assert set(plain["changes"]["originals"]["during"]) == set(Change.__dataclass_fields__)
    assert plain["today"] == "2025-10-21"
    assert plain["phases"]["during"]["views"] is None
