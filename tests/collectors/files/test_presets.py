"""Every known export, from files in its own form: which it is, and what becomes of its rows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from collectors.base import Kind, Post
from collectors.files import (
    PRESETS,
    MappingError,
    Rejected,
    inline_mapping,
    is_native,
    read_posts,
    sniff,
)

DATA = Path(__file__).parents[2] / "data" / "collectors" / "files"
FILES = sorted(path.name for path in DATA.iterdir())
ORIGINAL, REPOST, REPLY, QUOTE = Kind.ORIGINAL, Kind.REPOST, Kind.REPLY, Kind.QUOTE
ONG = "1973000000000000001"
FIRST = "1974000000000000001"


def read(name):
    """(posts, rejected) of an export, with a platform where it names none."""
    guess = sniff(DATA / name)
    mapping = guess.mapping
    if "platform" not in {*mapping.constants, *mapping.columns}:
        mapping = mapping.updated(inline_mapping(sets=["platform=bluesky"]))
    found = list(read_posts(DATA / name, mapping, guess=guess))
    return (
        [item for item in found if isinstance(item, Post)],
        [item for item in found if isinstance(item, Rejected)],
    )


def test_every_preset_has_a_file_and_every_file_a_preset():
    shown = {sniff(DATA / name).export for name in FILES}
    assert shown == {preset.name for preset in PRESETS}
    for name in FILES:
        assert sniff(DATA / name).export.startswith(name.split(".")[0].split("-")[0])


@pytest.mark.parametrize("name", FILES)
def test_naming_the_export_reads_it_as_recognising_it_does(name):
    guess = sniff(DATA / name)
    assert sniff(DATA / name, export=guess.export) == guess


def test_a_wrong_or_unknown_export_is_refused_in_one_line():
    with pytest.raises(MappingError, match=r"is no YouTube Data Tools, videos export"):
        sniff(DATA / "mcl-facebook.csv", export="ytdt-videos")
    with pytest.raises(MappingError, match="--formats"):
        sniff(DATA / "mcl-facebook.csv", export="myspace")


@pytest.mark.parametrize("name", FILES)
def test_rows_are_taken_or_rejected(name):
    posts, rejected = read(name)
    assert posts
    assert all(item.reason == "has no text" for item in rejected)
    assert all(post.author and post.text and post.created_at.year in (2023, 2025) for post in posts)
    assert all(post.parent_id != post.platform_id != post.root_id for post in posts)


@pytest.mark.parametrize(
    ("name", "platform", "threads"),
    [
        (
            "mcl-facebook.csv",
            "facebook",
            [
                ("1042880001112223", ORIGINAL, None, None),
                ("1042880001112224", QUOTE, None, "1042880001112223"),
            ],
        ),
        (
            "mcl-facebook-comments.csv",
            "facebook",
            [
                ("9001", REPLY, "1042880001112223", "1042880001112223"),
                ("9002", REPLY, "1042880001112223", "9001"),
            ],
        ),
        (
            "zeeschuimer-tiktok-comments.ndjson",
            "tiktok",
            [
                ("7555000000000000901", REPLY, "7555000000000000001", None),
                ("7555000000000000902", REPLY, "7555000000000000001", "7555000000000000901"),
            ],
        ),
        (
            "zeeschuimer-threads.ndjson",
            "threads",
            [("DPthreads01", ORIGINAL, None, None), ("DPthreads02", REPLY, None, None)],
        ),
        (
            "zeeschuimer-x.ndjson",
            "x",
            [
                (ONG, ORIGINAL, None, None),
                ("1973000000000000002", REPOST, None, ONG),
                ("1973000000000000003", REPLY, ONG, ONG),
                ("1973000000000000004", QUOTE, None, ONG),
            ],
        ),
        (
            "4cat-x.csv",
            "x",
            [
                (ONG, ORIGINAL, None, None),
                ("1973000000000000002", REPOST, None, None),
                ("1973000000000000003", REPLY, ONG, None),
            ],
        ),
        ("4cat.csv", "bluesky", [("501", REPLY, "500", None), ("500", ORIGINAL, None, None)]),
        (
            "twarc.csv",
            "x",
            [
                (FIRST, ORIGINAL, None, None),
                ("1974000000000000002", REPOST, None, FIRST),
                ("1974000000000000003", REPLY, FIRST, FIRST),
            ],
        ),
        (
            "ytdt-comments.csv",
            "youtube",
            [
                ("UgxInvente1", REPLY, "vidINVENTE1", "vidINVENTE1"),
                ("UgxInvente1.r1", REPLY, "vidINVENTE1", "UgxInvente1"),
            ],
        ),
        (
            "ytdt-comments.old.tab",
            "youtube",
            [("UgxAncien1", REPLY, None, None), ("UgxAncien1.r1", REPLY, None, "UgxAncien1")],
        ),
        ("reddit-comments.ndjson", "reddit", [("t1_nzbbb", REPLY, "t3_1nzaaa", "t3_1nzaaa")]),
    ],
)
def test_who_answers_repeats_and_quotes_whom(name, platform, threads):
    posts, _ = read(name)
    assert {post.platform for post in posts} == {platform}
    found = [(post.platform_id, post.kind, post.root_id, post.parent_id) for post in posts]
    assert found == threads


def test_zeeschuimer_and_4cat_name_a_post_alike():
    for platform in ("tiktok", "tiktok-comments", "threads", "x"):
        ours, _ = read(f"zeeschuimer-{platform}.ndjson")
        theirs, _ = read(f"4cat-{platform}.ndjson")
        assert ours == theirs
    ids = {name: read(name)[0][0].platform_id for name in FILES if "-threads" in name}
    assert set(ids.values()) == {"DPthreads01"}


def test_the_x_api_reads_the_same_whole_flat_or_pretty():
    pages, _ = read("x-api.pages.ndjson")
    assert read("x-api.flat.ndjson")[0] == pages
    assert read("x-api.page.json")[0] == pages[:3]
    original, repost, reply, quote = pages
    assert original.text == "Texte entier, avec le 8350 & E-Blagh #Mamhkoumch"
    assert (repost.kind, repost.text) == (REPOST, original.text)
    assert (reply.kind, reply.language_hint) == (REPLY, None)
    assert (quote.kind, quote.metrics.reposts, quote.parent_id) == (QUOTE, 2, FIRST)
    assert original.author
    assert original.author.followers == 4200


def test_a_changed_mapping_takes_the_native_parser_out():
    guess = sniff(DATA / "x-api.flat.ndjson")
    assert is_native(guess, guess.mapping)
    changed = guess.mapping.updated(inline_mapping(["likes="]))
    assert not is_native(guess, changed)
    posts = list(read_posts(DATA / "x-api.flat.ndjson", changed, guess=guess))
    assert [post.metrics.likes for post in posts] == [None] * 4
    assert [post.kind for post in posts] == [ORIGINAL, REPOST, REPLY, QUOTE]


def test_reposts_on_x_have_the_whole_text_of_what_they_repeat():
    posts, _ = read("zeeschuimer-x.ndjson")
    assert posts[1].text == posts[0].text
    assert "8350" in posts[1].text


def test_reposts_on_x_bring_no_reposts_of_their_own():
    for name in ("zeeschuimer-x.ndjson", "x-api.flat.ndjson"):
        posts, _ = read(name)
        assert [post.kind for post in posts[:2]] == [ORIGINAL, REPOST]
        assert posts[0].metrics.reposts
        assert posts[1].metrics.reposts is None


def test_views_that_meta_does_not_count_are_unknown_and_not_none():
    posts, rejected = read("mcl-facebook.csv")
    assert [post.metrics.views for post in posts] == [1830, None]
    assert posts[0].metrics.likes == 42  # all reactions
    assert [item.line for item in rejected] == [5]  # line breaks inside a text count
    assert [post.metrics.views for post in read("mcl-instagram.csv")[0]] == [None, 5400]


def test_crowdtangle_times_bear_their_zone_and_zero_views_are_unknown():
    posts, _ = read("crowdtangle-facebook.csv")
    assert [post.created_at for post in posts] == [
        datetime(2023, 11, 27, 18, 5, 12, tzinfo=UTC),
        datetime(2023, 7, 27, 16, 5, 12, tzinfo=UTC),
    ]
    assert (posts[0].metrics.likes, posts[0].metrics.views) == (966, None)
    assert posts[0].author
    assert posts[0].author.followers == 12_340
    assert "facebook.com" not in posts[0].platform_id


def test_4cats_semicolons_and_seconds():
    posts, _ = read("4cat-tiktok.csv")
    assert posts[1].text == "سولو عليها; قبل ما يفوت الفوت"
    assert posts[0].created_at == datetime(2025, 10, 3, 8, 26, 40, tzinfo=UTC)
    assert [post.metrics.views for post in posts] == [20_400, None]


def test_a_long_tiktok_id_that_is_a_number_keeps_its_digits():
    (post,), _ = read("tiktok-research.ndjson")
    assert post.platform_id == "7555000000000000011"


def test_bluesky_ids_are_those_of_the_live_source():
    posts, _ = read("communalytic.csv")
    assert posts[1].parent_id == posts[0].platform_id
    assert posts[0].platform_id == "at://did:plc:inventee/app.bsky.feed.post/3kaaa"


def test_presets_say_what_they_carry():
    for preset in PRESETS:
        assert {"text", "id", "created_at"} <= set(preset.carries)
        assert preset.name in ("4cat", "communalytic") or "platform" in preset.carries
