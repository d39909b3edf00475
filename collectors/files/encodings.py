"""Which encoding a file is in. Nothing is guessed into the data: what is not UTF-8 is refused
with the encoding it probably has, so that no mojibake is ever stored."""

import codecs
import re
from pathlib import Path

from collectors.files.errors import EncodingError, FileError

UTF8 = "utf-8"
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_WIDE = re.compile(r"utf_?-?(?:16|32)", re.IGNORECASE)


def check_encoding(path: Path, encoding: str | None, sample: bytes) -> str:
    """The codec that `path` is read with: `encoding` if given, else UTF-8, or what a mark tells.

    `sample` is the start of the file, unpacked. Raises `EncodingError` with the remedy when the
    sample is in another encoding, `FileError` when `encoding` names no codec.
    """
    if encoding is not None:
        return _checked_choice(path, encoding, sample)
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if wide := _wide(sample):
        raise EncodingError(path, 1, f"this looks like {wide.upper()} text. Add --encoding {wide}")
    line = _first_bad_line(sample, whole=False)
    if line is not None:
        raise not_utf8(path, *line)
    return UTF8


def not_utf8(path: Path, number: int, line: bytes) -> EncodingError:
    """The error for a line (1-based) that cannot be UTF-8, with the likely remedy."""
    return EncodingError(path, number, f"not UTF-8 text. {remedy(line)}")


def remedy(line: bytes) -> str:
    """What to try for a line of bytes that is not UTF-8."""
    runs = [len(run) for run in _HIGH_RUN.findall(line)]
    # French accents stand alone between ASCII letters; Arabic words are runs of high bytes.
    arabic = sum(runs) >= 2 * len(runs) if runs else False
    likely, other = ("windows-1256", "windows-1252")[:: 1 if arabic else -1]
    return f"Try --encoding {likely} (or {other}), or save the file again as UTF-8"


def is_wide(encoding: str) -> bool:
    """Whether characters take two or four bytes, so that lines cannot be cut at byte 10."""
    return bool(_WIDE.match(encoding))


def _checked_choice(path: Path, encoding: str, sample: bytes) -> str:
    try:
        name = codecs.lookup(encoding).name
        b"a".decode(name, "ignore")
    except LookupError as error:
        raise FileError(
            path, f"--encoding {encoding} is unknown. Try utf-8, utf-16, windows-1252, windows-1256"
        ) from error
    if name in ("utf-8", "utf-8-sig"):
        return "utf-8-sig"
    _refuse_utf8_read_otherwise(path, encoding, sample)
    return name


def _refuse_utf8_read_otherwise(path: Path, encoding: str, sample: bytes) -> None:
    if is_wide(encoding) or sample.isascii() or _first_bad_line(sample, whole=False) is not None:
        return
    raise FileError(path, f"is valid UTF-8; {encoding} would garble it. Leave out --encoding")


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: ASCII separators leave a zero in every other byte."""
    even, odd = sample[0:2000:2].count(0), sample[1:2000:2].count(0)
    if max(even, odd) < 0.1 * len(sample[:2000]) / 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _first_bad_line(sample: bytes, *, whole: bool) -> tuple[int, bytes] | None:
    decoder = codecs.getincrementaldecoder(UTF8)()
    try:
        decoder.decode(sample, final=whole)
    except UnicodeDecodeError as error:
        before = sample[: error.start]
        start = before.rfind(b"\n") + 1
        end = sample.find(b"\n", error.start)
        return before.count(b"\n") + 1, sample[start : end if end >= 0 else None]
    return None
