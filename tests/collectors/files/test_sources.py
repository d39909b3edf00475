"""Where bytes come from: archives, folders, standard input; bombs and damage are refused."""

import gzip
import io
import itertools
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from collectors.base import Post
from collectors.files import FileError, inline_mapping, read_posts, sniff, sources_of
from collectors.files.archives import UNSUSPICIOUS
from collectors.files.sources import StreamSource

ON_X = inline_mapping(sets=["platform=x"])


def read(source):
    guess = sniff(source)
    found = list(read_posts(source, guess.mapping.updated(ON_X), guess=guess))
    assert all(isinstance(item, Post) for item in found)
    return [item.platform_id for item in found]


@pytest.fixture
def archive(tmp_path, table):
    """A zip of a CSV, a packed CSV, NDJSON in a folder, and what is no export."""
    path = tmp_path / "exports.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", table())
        packed.writestr("deep/b.csv.gz", gzip.compress(table([("7", "2025-10-02", "a", "b", "")])))
        packed.writestr("deep/c.ndjson", '{"id":"8","date":"2025-10-02","text":"c"}\n')
        packed.writestr("__MACOSX/a.csv", b"\0\0")
        packed.writestr(".hidden", b"\0\0")
    return path


def test_members_of_an_archive_are_read_one_by_one(archive):
    sources = sources_of(archive)
    names = [str(source.path.relative_to(archive)) for source in sources]
    assert names == ["a.csv", "deep/b.csv.gz", "deep/c.ndjson"]
    assert [read(source) for source in sources] == [["101", "102", "103"], ["7"], ["8"]]
    assert {source.beside for source in sources} == {archive}


def test_members_named_outside_of_their_archive_are_shown_inside(tmp_path, table):
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name in ("/etc/a.csv", "../../b.csv", "c\\..\\d.csv"):
            packed.writestr(name, table())
    sources = sources_of(path)
    names = [source.path.relative_to(path).as_posix() for source in sources]
    assert names == ["etc/a.csv", "b.csv", "c/d.csv"]
    assert [len(read(source)) for source in sources] == [3, 3, 3]


def test_a_workbook_and_parquet_inside_an_archive_are_read(tmp_path):
    import fastparquet
    import pandas as pd
    from openpyxl import Workbook

    book, workbook = Workbook(), io.BytesIO()
    for row in (["id", "text", "created_at"], ["1", "texte", "2025-10-03"]):
        book.active.append(row)
    book.save(workbook)
    frame = pd.DataFrame({"id": ["5"], "text": ["صوت"], "created_at": ["2025-10-03"]})
    fastparquet.write(str(tmp_path / "p.parquet"), frame)
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("t.xlsx", workbook.getvalue())
        packed.write(tmp_path / "p.parquet", "p.parquet")
    assert [read(source) for source in sources_of(path)] == [["1"], ["5"]]


def test_folders_are_read_in_order_without_hidden_files_and_rejects(tmp_path, table, archive):
    folder = tmp_path / "in"
    for name in ("z.csv", "a/b.csv", ".git/x.csv", "z.csv.rejects.ndjson"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(table())
    archive.rename(folder / "m.zip")
    names = [str(source.path.relative_to(folder)) for source in sources_of(folder)]
    assert names == [
        "a/b.csv",
        "m.zip/a.csv",
        "m.zip/deep/b.csv.gz",
        "m.zip/deep/c.ndjson",
        "z.csv",
    ]
    (tmp_path / "none").mkdir()
    with pytest.raises(FileError, match="without files"):
        sources_of(tmp_path / "none")


@pytest.mark.parametrize("pack", [False, True])
def test_standard_input_is_read_once_and_whole(table, pack):
    rows = [(str(n), "2025-10-02", "a", f"texte numéro {n}", "") for n in range(20_000)]
    data = table(rows)
    stream = io.BytesIO(gzip.compress(data) if pack else data)
    (source,) = sources_of(Path("-"), stream)
    assert read(source) == [row[0] for row in rows]
    assert source.beside is None
    assert source.identity() is None


def test_standard_input_takes_no_workbook(tmp_path, archive):
    with pytest.raises(FileError, match="Save it and name the file"):
        sniff(StreamSource(io.BytesIO(archive.read_bytes())))
    with pytest.raises(FileError, match="is empty"):
        sniff(StreamSource(io.BytesIO(b"")))


class Endless(io.RawIOBase):
    """A table that goes on for `rows` rows, made while it is read."""

    def __init__(self, rows):
        made = (f"{n},2025-10-02,une phrase qui revient {n}\n".encode() for n in range(rows))
        self._rest = itertools.chain([b"id,date,text\n"], made)
        self._left = b""

    def read(self, count=-1):
        parts, size = [self._left], len(self._left)
        while size < count and (more := next(self._rest, None)) is not None:
            parts.append(more)
            size += len(more)
        whole = b"".join(parts)
        self._left = whole[count:]
        return whole[:count]


def test_a_stream_is_read_in_constant_memory():
    def peak(rows):
        source = StreamSource(Endless(rows))
        guess = sniff(source)
        tracemalloc.start()
        count = sum(1 for _ in read_posts(source, guess.mapping.updated(ON_X), guess=guess))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == rows
        return highest

    assert peak(18_000) < peak(6_000) + 200_000


def test_a_record_over_lines_of_countless_cells_is_never_held_whole():
    line = b'",' + b"xyz," * 50_000 + b'"\n'
    source = StreamSource(io.BytesIO(b'id,date,text\n1,2025-10-02,a\n"\n' + line * 60))
    guess = sniff(source)
    tracemalloc.start()
    found = list(read_posts(source, guess.mapping.updated(ON_X), guess=guess))
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found[0], Post)
    assert not any(isinstance(item, Post) for item in found[1:])
    assert highest < 120_000_000


def test_bombs_locks_and_too_many_files_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", b"a" * (UNSUSPICIOUS * 2))
    with pytest.raises(FileError, match="very many times its size"):
        sources_of(path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.csv", "id\n1\n")
    locked = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    path.write_bytes(locked)
    with pytest.raises(FileError, match="password"):
        sources_of(path)
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(4):
            packed.writestr(f"{number}.csv", "id\n1\n")
    monkeypatch.setattr("collectors.files.archives.MOST_MEMBERS", 3)
    with pytest.raises(FileError, match="more than 3 files"):
        sources_of(path)


def test_a_damaged_member_gives_its_good_part_first(archive):
    data = bytearray(archive.read_bytes())
    start = data.index(b"a.csv") + 5
    data[start + 40 : start + 60] = bytes(20)
    archive.write_bytes(data)
    with pytest.raises(FileError, match=r"a\.csv: "):
        read(sources_of(archive)[0])


def test_an_archive_in_an_archive_and_a_broken_one_are_refused(tmp_path, archive):
    path = tmp_path / "outer.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("inner.zip", archive.read_bytes())
    with pytest.raises(FileError, match="archive in an archive"):
        read(sources_of(path)[0])
    path.write_bytes(b"PK\x03\x04rubbish")
    with pytest.raises(FileError, match="broken"):
        sources_of(path)
