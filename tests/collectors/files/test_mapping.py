"""The mapping: its file, its short form, what it refuses, what it shows."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.files import (
    Mapping,
    MappingError,
    Spread,
    as_yaml,
    describe,
    inline_mapping,
    load_mapping,
    read_posts,
)

FULL = """
columns:
  text: Message|Légende
  id: hash
  likes: J'aime+J'adore
set:
  platform: Facebook
  created_at: 2025-10-03
dates: day-first
time_zone: UTC
"""


def test_a_mapping_file_is_read_and_written_back(write):
    mapping = load_mapping(write("m.yaml", FULL))
    assert mapping.columns["text"] == "Message|Légende"
    assert mapping.constants["created_at"] == "2025-10-03"
    assert load_mapping(write("again.yaml", as_yaml(mapping))) == mapping


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("columns: {texte: a}", "columns.texte: is no field of a post"),
        ("colums: {text: a}", "colums"),
        ("set: {text: same}", "text cannot be the same for all rows"),
        ("set: {created_at: soon}", "is no date"),
        ("set: {kind: shout}", "kind"),
        ("dates: whatever", "day-first"),
        ("time_zone: Mars/Base", "time zone Mars/Base is unknown"),
        ("spread: {first: 2025-10-05, last: 2025-10-01}", "ends"),
        ("- a\n- b", "a mapping has"),
        ("a: [", "not valid YAML"),
    ],
)
def test_a_wrong_mapping_file_is_told_in_one_line(write, text, says):
    with pytest.raises(MappingError) as refused:
        load_mapping(write("m.yaml", text))
    message = str(refused.value)
    assert says in message
    assert "m.yaml" in message
    assert "\n" not in message
    assert refused.value.exit_code == 2


def test_a_mapping_file_that_is_missing(tmp_path):
    with pytest.raises(MappingError, match="cannot be read"):
        load_mapping(tmp_path / "none.yaml")


def test_inline_wins_over_the_guess_and_an_empty_column_drops_a_field():
    guess = Mapping(columns={"text": "a", "id": "b", "likes": "c", "created_at": "d"})
    change = inline_mapping(["text=z", "likes="], ["platform=x", "created_at=2025-10-03"])
    merged = guess.updated(change)
    assert merged.columns == {"text": "z", "id": "b"}
    assert merged.constants == {"platform": "x", "created_at": "2025-10-03"}


def test_spread_takes_the_place_of_any_date_and_back():
    guess = Mapping(columns={"created_at": "d"})
    spread = guess.updated(inline_mapping(spread=("2025-10-01", "2025-10-02")))
    assert "created_at" not in spread.columns
    assert spread.invented == ("created_at",)
    assert spread.updated(inline_mapping(["created_at=d"])).spread is None


@pytest.mark.parametrize("item", ["text", "=x", ""])
def test_an_inline_pair_needs_both_sides(item):
    with pytest.raises(MappingError, match="FIELD=VALUE"):
        inline_mapping([item])


def test_an_unknown_inline_field_lists_the_known_ones():
    with pytest.raises(MappingError, match="text, id, created_at"):
        inline_mapping(["body=x"])


def test_an_unknown_column_is_told_with_those_of_the_file(write, table):
    path = write("a.csv", table())
    mapping = Mapping(columns={"text": "Message", "id": "id", "created_at": "created_at"})
    with pytest.raises(MappingError) as refused:
        read_posts(path, mapping)
    assert "no column “Message”" in str(refused.value)
    assert "id, created_at, author, text, likes" in str(refused.value)
    assert "--map text=COLUMN" in str(refused.value)


@pytest.mark.parametrize(
    ("columns", "constants", "remedy"),
    [
        ({"text": "text", "id": "id", "created_at": "created_at"}, {}, "--set platform="),
        ({"id": "id", "created_at": "created_at"}, {"platform": "x"}, "--map text="),
        ({"text": "text", "created_at": "created_at"}, {"platform": "x"}, "--map id=hash"),
        ({"text": "text", "id": "id"}, {"platform": "x"}, "--spread"),
    ],
)
def test_what_is_missing_is_told_before_reading(write, table, columns, constants, remedy):
    with pytest.raises(MappingError, match=remedy):
        read_posts(write("a.csv", table()), Mapping(columns=columns, constants=constants))


def test_description_says_what_is_read_fixed_invented_and_absent():
    mapping = Mapping(
        columns={"text": "Message", "id": "hash"},
        constants={"platform": "facebook"},
        spread=Spread(first=date(2025, 10, 1), last=date(2025, 10, 3)),
    )
    shown = "\n".join(describe(mapping))
    assert "text        < column “Message”" in shown
    assert "platform    = facebook" in shown
    assert "created_at  = invented, spread evenly from 2025-10-01 to 2025-10-03" in shown
    assert "views" in shown.partition("not in the file: ")[2]
    assert "Note: not the platform's own: id and created_at" in shown


def test_times_without_zone_are_said_to_be_of_casablanca():
    shown = "\n".join(describe(Mapping(columns={"created_at": "date"})))
    assert "times without a zone are Africa/Casablanca" in shown


@given(st.text(max_size=40))
def test_spread_stays_in_its_days_and_never_moves(key):
    spread = Spread(first=date(2025, 2, 27), last=date(2025, 3, 2))  # the clocks change within
    zone = ZoneInfo("Africa/Casablanca")
    moment = spread.moment(key, zone)
    assert spread.first <= moment.astimezone(zone).date() <= spread.last
    assert moment == spread.moment(key, zone)


def test_spread_fills_all_days_alike():
    spread = Spread(first=date(2025, 10, 1), last=date(2025, 10, 4))
    zone = ZoneInfo("Africa/Casablanca")
    days = [spread.moment(str(n), zone).astimezone(zone).day for n in range(4000)]
    assert all(900 < days.count(day) < 1100 for day in (1, 2, 3, 4))
