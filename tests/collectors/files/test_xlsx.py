"""Workbooks that are broken or mean harm: one clear error, in bounded time and memory."""

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook

from collectors.files import FileError, inline_mapping, read_posts, sniff
from collectors.files.archives import UNSUSPICIOUS

SHEET = "xl/worksheets/sheet1.xml"
PLATFORM = inline_mapping(sets=["platform=x"])


@pytest.fixture
def parts() -> dict[str, bytes]:
    """The files inside a small workbook, by name."""
    book, packed = Workbook(), io.BytesIO()
    for row in (["id", "text", "created_at"], ["1", "texte", "2025-10-03"]):
        book.active.append(row)
    book.save(packed)
    with zipfile.ZipFile(packed) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def save(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def read(path):
    guess = sniff(path)
    return list(read_posts(path, guess.mapping.updated(PLATFORM), guess=guess))


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">',
    ],
)
def test_entities_are_refused(tmp_path, parts, entity):
    parts[SHEET] = f"<!DOCTYPE worksheet [{entity}]>".encode() + parts[SHEET].replace(
        b"texte", b"&x;"
    )
    with pytest.raises(FileError, match="broken XLSX"):
        read(save(tmp_path / "a.xlsx", parts))


def test_a_part_that_unpacks_to_hundreds_of_times_its_size_is_refused(tmp_path, parts):
    parts["xl/sharedStrings.xml"] = b"<sst>" + b"<si><t>a</t></si>" * (UNSUSPICIOUS // 16)
    with pytest.raises(FileError, match="very many times its size"):
        read(save(tmp_path / "a.xlsx", parts))


@pytest.mark.timeout(20)
def test_a_lonely_cell_in_the_far_corner_costs_nothing(tmp_path, parts):
    corner = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    parts[SHEET] = (
        parts[SHEET]
        .replace(b"</sheetData>", corner + b"</sheetData>")
        .replace(b'"A1:C2"', b'"A1:XFD1048576"')
    )
    found = read(save(tmp_path / "a.xlsx", parts))
    assert len(found) == 2  # the post, and the corner as a row without text


@pytest.mark.timeout(20)
def test_a_row_number_beyond_every_sheet_is_not_counted_up_to(tmp_path, parts):
    far = b'<row r="2000000000"><c r="A2000000000" t="inlineStr"><is><t>x</t></is></c></row>'
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", far + b"</sheetData>")
    assert len(read(save(tmp_path / "a.xlsx", parts))) == 1


def test_a_zip_of_a_version_to_come_is_told_as_a_file_error(tmp_path, parts):
    path = tmp_path / "a.xlsx"
    damaged = bytearray(save(path, parts).read_bytes())
    at = damaged.index(b"PK\x01\x02") + 6  # the version needed, in the central directory
    damaged[at : at + 2] = (126).to_bytes(2, "little")
    path.write_bytes(damaged)
    with pytest.raises(FileError, match="broken XLSX"):
        read(path)


def test_whatever_is_damaged_is_told_as_a_file_error(tmp_path, parts):
    chance = random.Random(7)
    path = tmp_path / "a.xlsx"
    whole = save(path, parts).read_bytes()
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        with suppress(FileError):  # anything else fails the test
            read(path)
