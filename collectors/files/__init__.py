"""Imports: CSV, TSV, JSON, XLSX and Parquet exports to posts. See docs/how-to/import.md.

Look with `sniff`, show `describe(guess.mapping)`, change it with `mapping.updated(…)`, then read.
"""

from collectors.files.errors import EncodingError, FileError, MappingError
from collectors.files.mapping import (
    Mapping,
    Spread,
    as_yaml,
    describe,
    inline_mapping,
    load_mapping,
)
from collectors.files.posts import first_posts, is_native, read_posts, stored_id
from collectors.files.presets import PRESETS, Preset
from collectors.files.rejects import Note, Rejects
from collectors.files.rows import Rejected
from collectors.files.sniffing import Guess, sniff
from collectors.files.sources import FileSource, Source, sources_of

__all__ = [
    "PRESETS",
    "EncodingError",
    "FileError",
    "FileSource",
    "Guess",
    "Mapping",
    "MappingError",
    "Note",
    "Preset",
    "Rejected",
    "Rejects",
    "Source",
    "Spread",
    "as_yaml",
    "describe",
    "first_posts",
    "inline_mapping",
    "is_native",
    "load_mapping",
    "read_posts",
    "sniff",
    "sources_of",
    "stored_id",
]
