"""JSON arrays and objects over several lines, cut out of a stream."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.base import Post
from collectors.files import EncodingError, Rejected, inline_mapping, read_posts, sniff
from collectors.files.json_objects import iter_objects

ON_X = inline_mapping(sets=["platform=x"])
ITEM = {"id": "1", "date": "2025-10-02", "text": 'dit "}{" \\ et\n[مرحبا]'}


def read(path, **options):
    guess = sniff(path, **options)
    return guess, list(read_posts(path, guess.mapping.updated(ON_X), guess=guess))


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("pack", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_arrays_on_one_line_or_many(write, indent, pack, encoding):
    items = [{**ITEM, "id": str(n)} for n in range(500)]
    text = json.dumps(items, ensure_ascii=False, indent=indent)
    guess, found = read(write("a.json", text.encode(encoding), pack=pack))
    assert guess.format == "json"
    assert [post.platform_id for post in found] == [str(n) for n in range(500)]
    assert {post.text for post in found} == {ITEM["text"]}


def test_objects_that_stretch_over_lines_without_an_array(write):
    text = "\n".join(json.dumps({**ITEM, "id": str(n)}, indent=1) for n in range(3))
    guess, found = read(write("a.json", text))
    assert (guess.format, len(found)) == ("json", 3)


def test_damage_harms_its_own_object_alone(write):
    parts = [json.dumps({**ITEM, "id": str(n)}) for n in range(4)]
    parts[1] = parts[1].replace('"date":', '"date"')
    _, found = read(write("a.json", "[\n" + ",\n".join(parts) + ",\n 7]\n"))
    assert [getattr(item, "line", None) for item in found] == [None, 3, None, None, 6]
    assert "stands between" in found[-1].reason


def test_bytes_that_are_not_utf8_harm_their_own_object_alone(write):
    data = json.dumps([ITEM, {**ITEM, "id": "2", "text": "caf?"}], ensure_ascii=False).encode()
    guess, _ = read(write("good.json", data))
    path = write("a.json", data.replace(b"caf?", b"caf\xe9"))
    found = list(read_posts(path, guess.mapping.updated(ON_X), guess=guess))
    assert isinstance(found[0], Post)
    assert (found[1].reason, "caf" in str(found[1].raw)) == ("not UTF-8 text", True)


def test_an_object_that_is_never_closed_and_one_that_is_too_long(write, monkeypatch):
    _, found = read(write("a.json", f'[{json.dumps(ITEM)}, {{"id": "2"'))
    assert "never closed" in found[1].reason
    monkeypatch.setattr("collectors.files.json_objects.MAX_LINE", 5000)
    long = {**ITEM, "id": "2", "text": "a" * 6000}
    _, found = read(write("a.json", json.dumps([ITEM, long, ITEM])))
    assert [isinstance(item, Post) for item in found] == [True, False, True]
    assert "longer than" in found[1].reason


def test_another_encoding_stops_an_array(write):
    text = json.dumps([ITEM] * 3, ensure_ascii=False).encode("utf-16-le")
    with pytest.raises(EncodingError, match="utf-16-le"):
        read(write("a.json", text))
    with pytest.raises(EncodingError, match="not utf-16 text"):
        read(write("b.json", text[:-1]), encoding="utf-16")


VALUES = st.text(max_size=8) | st.integers() | st.lists(st.text(max_size=4), max_size=3)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=4), max_size=5))
def test_any_objects_come_out_as_they_went_in(items):
    stream = io.BytesIO(json.dumps(items, ensure_ascii=False).encode())
    pieces = [piece for piece in iter_objects(stream, "utf-8", None) if not piece.reason]
    assert [json.loads(piece.text) for piece in pieces] == items


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_survived(data):
    for piece in iter_objects(io.BytesIO(data), "utf-8", None):
        assert piece.reason or piece.text.startswith("{")


def test_rows_of_json_keep_rejected_objects_whole(write):
    _, found = read(write("a.json", json.dumps([ITEM, {**ITEM, "date": "", "deep": {"a": [1]}}])))
    assert isinstance(found[1], Rejected)
    assert found[1].raw.value["deep"] == {"a": [1]}
