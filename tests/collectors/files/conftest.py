"""Files as people have them, made by the tests."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

HEADER = ("id", "created_at", "author", "text", "likes")
ROWS = (
    ("101", "2025-10-02T09:00:00Z", "amina", "العنف الرقمي جريمة، بلّغ", "12"),
    ("102", "2025-10-02T10:30:00+01:00", "@Youssef", "Stop au harcèlement, ça suffit", "3"),
    ("103", "2025-10-03 08:00", "salma", "3ayto l 8350, rah kayn li y3awnkom", ""),
)


@pytest.fixture
def table() -> Callable[..., bytes]:
    """A CSV as bytes: rows, header, delimiter and encoding can be given."""

    def make(
        rows: Sequence[Sequence[str]] = ROWS,
        header: Sequence[str] = HEADER,
        delimiter: str = ",",
        encoding: str = "utf-8",
    ) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
        return text.getvalue().encode(encoding)

    return make


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes bytes, text or JSON objects to a file and gives its path."""

    def save(name: str, content: bytes | str | list[object], *, pack: bool = False) -> Path:
        if isinstance(content, list):
            content = "\n".join(json.dumps(item, ensure_ascii=False) for item in content)
        data = content.encode() if isinstance(content, str) else content
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if pack else data)
        return path

    return save
