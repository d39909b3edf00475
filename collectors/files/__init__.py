"""Imports: CSV, TSV, NDJSON (packed or not) and XLSX exports to posts. See docs/how-to/import.md.

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
from collectors.files.posts import first_posts, read_posts, stored_id
from collectors.files.rejects import Rejects
from collectors.files.rows import Rejected
from collectors.files.sniffing import Guess, sniff

__all__ = [
    "EncodingError",
    "FileError",
    "Guess",
    "Mapping",
    "MappingError",
    "Rejected",
    "Rejects",
    "Spread",
    "as_yaml",
    "describe",
    "first_posts",
    "inline_mapping",
    "load_mapping",
    "read_posts",
    "sniff",
    "stored_id",
]
