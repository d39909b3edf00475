"""A campaign's posts as a file: CSV, NDJSON, XLSX or Parquet, by the file's ending.

Texts are as stored (masked). Authors stand under a pseudonym made for this one export, so two
exports cannot be joined on persons. The file appears whole or not at all, readable by its owner
only.
"""

import os
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from hashlib import blake2b
from pathlib import Path

from config.errors import ConfigurationError
from reports.errors import ReportError
from reports.export_formats import Record, write_csv, write_ndjson, write_parquet, write_xlsx
from storage.rows import PostView

COLUMNS = (
    "platform",
    "platform_id",
    "created_at",
    "day",
    "author",
    "kind",
    "text",
    "language",
    "label",
    "neg",
    "neu",
    "pos",
    "offensive",
    "topic",
    "matched",
    "likes",
    "reposts",
    "replies",
    "views",
    "copy",
    "coordinated",
)
Writer = Callable[[Iterator[Record], tuple[str, ...], Path], int]
WRITERS: dict[str, Writer] = {
    ".csv": write_csv,
    ".ndjson": write_ndjson,
    ".jsonl": write_ndjson,
    ".xlsx": write_xlsx,
    ".parquet": write_parquet,
}


def export(
    rows: Iterable[PostView], path: Path, *, with_ids: bool = False, key: bytes | None = None
) -> int:
    """Write `rows` to `path` in their order and return how many there were.

    `with_ids` adds the column `platform_id`. `key` makes the author pseudonyms; without it a
    random one is taken and forgotten. Raises `ConfigurationError` for an ending that is no format,
    `ReportError` when the file cannot be written; `path` is then as it was before.
    """
    write = writer_for(path)
    columns = tuple(name for name in COLUMNS if with_ids or name != "platform_id")
    key = secrets.token_bytes(32) if key is None else key
    records = (record(row, key) for row in rows)
    try:
        return _whole(path, lambda temporary: write(records, columns, temporary))
    except OSError as error:
        raise ReportError(
            f"{path}: the export cannot be written ({error.strerror or error})."
            " Make the folder, free space or choose another place."
        ) from error


def writer_for(path: Path) -> Writer:
    """What writes files with the ending of `path`. Raises `ConfigurationError`."""
    try:
        return WRITERS[path.suffix.lower()]
    except KeyError as error:
        known = ", ".join(ending for ending in WRITERS if ending != ".jsonl")
        raise ConfigurationError(
            f"{path}: no export format ends in '{path.suffix}'. Give a name ending in {known}."
        ) from error


def record(row: PostView, key: bytes) -> Record:
    """One post as the values of `COLUMNS`; `None` where unknown."""
    return {
        "platform": row.platform,
        "platform_id": row.platform_id,
        "created_at": row.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "day": row.day.isoformat(),
        "author": _author(row, key),
        "kind": row.kind,
        "text": row.text,
        "language": row.language,
        "label": row.label,
        "neg": _share(row.neg),
        "neu": _share(row.neu),
        "pos": _share(row.pos),
        "offensive": _share(row.offensive),
        "topic": row.topic,
        "matched": list(row.matched),
        "likes": row.likes,
        "reposts": row.reposts,
        "replies": row.replies,
        "views": row.views,
        "copy": int(row.copied),
        "coordinated": int(row.coordinated),
    }


def pseudonym(key: bytes, platform: str, author: str) -> str:
    """Twelve hexadecimal digits that stand for an author wherever `key` is used."""
    name = f"{platform}\0{author}".encode("utf-8", "replace")
    return blake2b(name, key=key[:64], digest_size=6).hexdigest()


def _author(row: PostView, key: bytes) -> str | None:
    """Listed accounts too stand under a pseudonym; `None` where the platform named nobody."""
    if row.author_id is not None:
        return pseudonym(key, row.platform, str(row.author_id))
    return pseudonym(key, row.platform, row.author) if row.author else None


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _whole(path: Path, write: Callable[[Path], int]) -> int:
    """Let `write` fill a file beside `path`, then put it in its place in one step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        count = write(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return count
