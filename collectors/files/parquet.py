"""Parquet by fastparquet, one row group at a time."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from collectors.files.errors import FileError
from collectors.files.rows import Rejected, Row
from collectors.files.sources import Progress, Source

MAX_GROUP = 1024**3
"""Bytes that a row group may unpack to, since it has to be in memory."""


def read_parquet(source: Source, progress: Progress | None = None) -> Iterator[Row | Rejected]:
    """Rows numbered from 1. Raises `FileError`."""
    with source.seekable() as file:
        table = _opened(file, source.path)
        done, total = 0, max(int(table.info["rows"]), 1)
        for frame in _groups(table, source.path):
            names = [str(name) for name in frame.columns]
            for values in frame.itertuples(index=False, name=None):
                done += 1
                known = zip(names, values, strict=True)
                yield Row(done, {name: value for name, value in known if _is_there(value)})
            if progress:
                progress(done, total)


def _opened(file: IO[bytes], path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas to fastparquet, nothing that a user can mend
        from fastparquet import ParquetFile

    try:
        table = ParquetFile(file)
        sizes = [group.total_byte_size or 0 for group in table.row_groups]
    except Exception as error:  # a broken file fails in a dozen ways
        said = " ".join(str(error).split())[:200]
        raise FileError(path, f"is a broken Parquet file ({said}). Export it again") from error
    if max(sizes, default=0) > MAX_GROUP:
        raise FileError(
            path, "has a row group of more than 1 GiB. Write it in smaller ones, or CSV"
        )
    return table


def _groups(table: Any, path: Path) -> Iterator[Any]:
    try:
        yield from table.iter_row_groups()
    except Exception as error:
        said = " ".join(str(error).split())[:200]
        raise FileError(path, f"is a broken Parquet file ({said}). Export it again") from error


def _is_there(value: object) -> bool:
    """False for what pandas has in place of nothing: None, NaN, NaT and NA."""
    return value is not None and str(value) not in ("nan", "NaT", "<NA>")
