"""What the settings make of a source."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from collectors.base import CollectorError, Page, Refused
from collectors.jobs import Occupied
from collectors.news import NewsCollector
from collectors.reddit.collector import RedditCollector
from collectors.x.backfill import Means
from config.campaign import SourcePlan
from config.errors import ConfigurationError
from config.feeds import load_feeds
from config.i18n import LANGUAGES, load_translator
from sada.bootstrap import Sada
from sada.sources import SOURCES, build_collector, queries_of, rates_of
from sada.sources.network import api_guard, guard_of
from sada.sources.x import means_for_days_gone_by
from tests.sada.support import post
from tests.sada.test_collect import Scripted, run


def test_half_of_what_the_budget_leaves_may_go_to_days_gone_by(sada: Sada) -> None:
    campaign = sada.campaign("small")
    assert means_for_days_gone_by(sada, campaign) == Means(dollars=0.5)
    # two queries, a page each
    run(sada, Scripted(Page([post(1)], {}, billed=1, dollars=0.3)))
    means = means_for_days_gone_by(sada, campaign)
    assert means.dollars == pytest.approx(0.2)
    run(sada, Scripted(Page([post(2)], {}, billed=1, dollars=0.3)))
    assert means_for_days_gone_by(sada, campaign).dollars == 0


def test_a_daily_limit_is_shared_by_days_gone_by_and_today(make_sada: Callable[..., Sada]) -> None:
    sada = make_sada(SADA_X__BACKFILL_SHARE="0.25")
    plan = SourcePlan(name="x", posts_per_day=100, posts_in_all=1000)
    campaign = sada.campaign("small").model_copy(update={"sources": (plan,)})
    assert means_for_days_gone_by(sada, campaign) == Means(posts=250, posts_today=25)


def test_comment_trees_can_be_left_away(make_sada: Callable[..., Sada]) -> None:
    sada = make_sada()
    keys = [query.key for query in queries_of("reddit", sada.campaign("small"), sada)]
    assert keys[-2:] == ["trees-campaign", "trees-topic"]
    without = make_sada(SADA_REDDIT__COMMENT_TREES="false")
    assert keys[:-2] == [
        query.key for query in queries_of("reddit", without.campaign("small"), without)
    ]


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_says_what_to_set_or_can_be_built(sada: Sada, name: str) -> None:
    said = "SADA_… docs/how-to/…"
    try:
        assert build_collector(sada, sada.campaign("small"), SourcePlan(name=name)).name == name
    except Refused as error:
        said = str(error)
    assert "SADA_" in said
    assert "docs/how-to/" in said


USUAL = "https://api.platform.example"


def test_the_platforms_own_address_is_not_watched(sada: Sada) -> None:
    assert api_guard(sada, "x", USUAL, USUAL) is None
    assert api_guard(sada, "reddit", None, None) is None


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:8077/x", {"127.0.0.1"}),
        ("http://localhost:8077", {"localhost"}),
        ("http://[::1]:8077", {"::1"}),
        ("http://192.168.1.5", set()),
        ("http://169.254.169.254", set()),
        ("https://mirror.example", set()),
    ],
)
def test_only_this_machine_is_allowed_by_being_written_out(
    sada: Sada, url: str, allowed: set[str]
) -> None:
    guard = api_guard(sada, "x", url, USUAL)
    assert guard is not None
    assert guard.allowed == allowed


def test_hosts_may_be_allowed_by_name(make_sada: Callable[..., Sada]) -> None:
    sada = make_sada(SADA_NETWORK__ALLOW="Feeds.lan, 10.0.0.7")
    assert guard_of(sada, "news").allowed == {"feeds.lan", "10.0.0.7"}


def test_the_press_is_asked_feed_by_feed_comments_last(sada: Sada) -> None:
    queries = queries_of("news", sada.campaign("small"), sada)
    assert queries[0].text == "https://www.hespress.com/feed"
    kinds = ["/comments/" in query.text for query in queries]
    assert kinds == sorted(kinds)
    assert any(kinds)
    assert [query.sampled for query in queries] == kinds
    assert all(query.in_context and query.strict for query in queries)
    assert {query.scope for query in queries} == {"topic"}


LISTED = """\
outlets:
  - {name: Essai, host: Essai.example, articles: [https://essai.example/feed/], in_context: false}
"""


def test_an_operators_own_list(make_sada: Callable[..., Sada], tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text(LISTED, encoding="utf-8")
    sada = make_sada(SADA_NEWS__FEEDS=str(path))
    (query,) = queries_of("news", sada.campaign("small"), sada)
    assert (query.text, query.in_context) == ("https://essai.example/feed/", False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("outlets: []", "outlets"),
        ("outlets: [{name: a, host: a.example, feeds: []}]", "feeds"),
        ("outlets: [{name: a, host: a b}]", "host"),
        ("outlets: [{name: a, host: a, articles: ['file:///etc/passwd']}]", "http"),
        ("outlets: [{name: a, host: a, articles: [http://a, http://a]}]", "twice"),
        ("{", "no YAML"),
        ("!!python/object:os.system x", "no YAML"),
        (None, "cannot be read"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "feeds.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said) as caught:
        load_feeds(path)
    assert str(path) in str(caught.value)


def test_each_hashtag_is_asked_of_each_server(make_sada: Callable[..., Sada]) -> None:
    sada = make_sada(SADA_MASTODON__INSTANCES="Piaille.example, http://10.0.0.7:3000/")
    queries = queries_of("mastodon", sada.campaign("small"), sada)
    texts = [query.text for query in queries]
    assert "https://Piaille.example/tags/sghira" in texts
    assert "http://10.0.0.7:3000/tags/cyberviolence" in texts
    assert len({query.key for query in queries}) == len(texts) == 4
    assert all(query.strict for query in queries)


@pytest.mark.parametrize("tokens", ["piaille.example", "=x", "other.example=x", "a=b, c"])
def test_tokens_that_cannot_be_used_are_said(make_sada: Callable[..., Sada], tokens: str) -> None:
    sada = make_sada(
        SADA_MASTODON__INSTANCES="piaille.example", SADA_MASTODON__ACCESS_TOKENS=tokens
    )
    with pytest.raises(ConfigurationError, match="SADA_MASTODON__ACCESS_TOKENS"):
        build_collector(sada, sada.campaign("small"), SourcePlan(name="mastodon"))


def test_each_server_of_mastodon_gives_calls_of_its_own(make_sada: Callable[..., Sada]) -> None:
    sada = make_sada(SADA_MASTODON__INSTANCES="a.example, b.example")
    rates = rates_of("mastodon", sada.campaign("small"), sada)
    assert (rates.posts_per_call, rates.calls_per_day) == (40, 2 * 86_400)


def test_nobody_caps_the_calls_for_feeds(sada: Sada) -> None:
    rates = rates_of("news", sada.campaign("small"), sada)
    assert (rates.posts_per_call, rates.calls_per_day) == (10, None)


def test_each_reason_for_a_gap_has_words_in_every_language() -> None:
    kinds: list[type[CollectorError]] = [CollectorError, Occupied]
    for kind in kinds:
        kinds += kind.__subclasses__()
    codes = {kind.code for kind in kinds}
    codes |= {NewsCollector.reach.code, RedditCollector.reach.code}
    codes |= {"over_a_week", "too_dear", "begun_late", "read_in_part", "interrupted", "crashed"}
    assert len(codes) == 18
    for language in LANGUAGES:
        known = load_translator(language, Path(str(files("dashboard") / "translations"))).messages
        assert {f"why.{code}" for code in codes} <= known.keys()
