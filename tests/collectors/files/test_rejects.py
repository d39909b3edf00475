"""Rejected rows: kept with line and reason, private, and read again when they are mended."""

import json
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors.base import Post
from collectors.files import (
    EncodingError,
    FileError,
    MappingError,
    Note,
    Rejected,
    Rejects,
    inline_mapping,
    read_posts,
    sniff,
)

ON_X = inline_mapping(sets=["platform=x"])
CSV = """\
id;date;texte;likes
1;2025-10-02;bonne;3
2;hier;"date; en mots";4
3;2025-10-02;"fermée" trop tôt";5
4;2025-10-02
"""


def rejected_of(path, target, **options):
    """Imports `path`, its rejected rows to `target`; its posts."""
    guess = sniff(path, **options)
    mapping = guess.mapping if guess.format == "rejects" else guess.mapping.updated(ON_X)
    told = mapping.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    note = Note(guess.columns, told, guess.delimiter, guess.export, guess.native)
    posts = []
    with Rejects(target, note) as rejects:
        for item in read_posts(path, mapping, guess=guess):
            if isinstance(item, Post):
                posts.append(item)
            else:
                rejects.add(item)
    return posts


def test_mended_rows_are_imported_as_the_file_would_have_been(write, tmp_path):
    target = tmp_path / "a.csv.rejects.ndjson"
    posts = rejected_of(write("a.csv", CSV), target)
    assert [post.platform_id for post in posts] == ["1"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    note, *rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert note["columns"] == ["id", "date", "texte", "likes"]
    assert [row["line"] for row in rows] == [3, 4, 5]
    rows[0]["row"]["date"] = "2025-10-01"
    rows[1]["row"] = '3;2025-10-02;"""fermée"" trop tôt";5'
    lines = "\n".join(json.dumps(row) for row in (note, *rows))
    again = tmp_path / "again.rejects.ndjson"
    mended = rejected_of(write("mended.ndjson", lines), again)
    assert [(post.platform, post.platform_id, post.text) for post in mended] == [
        ("x", "2", "date; en mots"),
        ("x", "3", '"fermée" trop tôt'),
    ]
    assert [post.metrics.likes for post in mended] == [4, 5]
    assert "has 2 cells" in again.read_text(encoding="utf-8").splitlines()[1]


def test_rejected_objects_keep_their_shape_and_their_parser(write, tmp_path):
    tweet = {
        "id": "1", "text": "", "author_id": "9", "created_at": "2025-10-02T10:00:00Z",
        "public_metrics": {"like_count": 3}, "author": {"id": "9", "username": "ong"},
    }  # fmt: skip
    target = tmp_path / "a.rejects.ndjson"
    assert rejected_of(write("a.ndjson", [tweet, "no object"]), target) == []
    text = target.read_text(encoding="utf-8").replace('"text": ""', '"text": "enfin"')
    text = text.replace('"row": "\\"no object\\""', '"row": "{\\"id\\": 5}"')
    (post,) = rejected_of(write("mended.ndjson", text), tmp_path / "again.rejects.ndjson")
    assert (post.text, post.author.handle, post.metrics.likes) == ("enfin", "ong", 3)


def test_an_interrupted_file_of_rejects_goes_on_where_it_was(tmp_path):
    target, note = tmp_path / "r.ndjson", Note(("id",), {})
    with Rejects(target, note) as rejects:
        rejects.add(Rejected(2, "first", {"id": "1"}))
        size = rejects.flush()
        rejects.add(Rejected(3, "after the last commit", {"id": "2"}))
    with Rejects(target, note, size=size) as rejects:
        assert rejects.flush() == size
        rejects.add(Rejected(3, "second", {"id": "2"}))
    told = [json.loads(line).get("reason") for line in target.read_text().splitlines()]
    assert told == [None, "first", "second"]


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileError, match="cannot be written"):
        Rejects(tmp_path / "link").add(Rejected(1, "why", ""))
    assert not (tmp_path / "elsewhere").exists()


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    start=st.sampled_from(
        [b"", b"id,date,text\n", b"id;date;texte\r\n", b"[", b'{"id":"1","text":', b"\x1f\x8b\x08",
         b'{"sada_rejects": 1, "columns": ["id"], "mapping": {}}\n', b"\xff\xfe", b"PK\x03\x04"]
    ),
    data=st.binary(max_size=400),
)  # fmt: skip
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path, start, data):
    path = tmp_path / "anything"
    path.write_bytes(start + data)
    change = inline_mapping(["id=hash"], ["platform=x", "created_at=2025-10-02"])
    try:
        guess = sniff(path)
        for item in read_posts(path, guess.mapping.updated(change), guess=guess):
            assert isinstance(item, Post | Rejected)
    except (FileError, EncodingError, MappingError) as error:
        assert "\n" not in str(error)  # noqa: PT017


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(st.text(max_size=40), max_size=30))
def test_rows_are_posts_or_rejects_and_none_is_lost(tmp_path, texts):
    path = tmp_path / "rows.ndjson"
    lines = [
        json.dumps({"id": str(n), "date": "2025-10-02", "text": t}) for n, t in enumerate(texts)
    ]
    path.write_text("\n".join(['{"id": "first", "date": "2025-10-02", "text": "a"}', *lines]))
    guess = sniff(path)
    found = list(read_posts(path, guess.mapping.updated(ON_X), guess=guess))
    assert len(found) == len(texts) + 1
    blank = sum(not text.replace("\0", "").strip() for text in texts)
    assert sum(isinstance(item, Rejected) for item in found) == blank
