"""The worker: NDJSON `{"id", "text"}` on stdin, one JSON document on stdout, nothing else there.

    {"model", "reason", "topics": [{"number", "label", "words", "size"}],
     "assignments": [{"id", "topic"}], "words": [{"word", "ids"}]}

`python -m nlp.topics [--seed N] [--size-hint N]`; exit 2 and one line on stderr for bad input.
"""

import argparse
import contextlib
import io
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict

from nlp.topics import Topics, find_topics
from nlp.topics.frequent import frequent_words


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    try:
        ids, texts = _read(sys.stdin)
    except ValueError as error:
        print(f"nlp.topics: {error}", file=sys.stderr)
        return 2
    with contextlib.redirect_stdout(io.StringIO()):  # nothing a library prints reaches the caller
        found = find_topics(texts, seed=options.seed, size_hint=options.size_hint)
    document = {**_document(ids, found), "words": _words(ids, texts)}
    json.dump(document, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m nlp.topics")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size-hint", type=int, default=None)
    return parser.parse_args(arguments)


def _read(lines: Iterable[str]) -> tuple[list[object], list[str]]:
    ids: list[object] = []
    texts: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = json.loads(line)
        if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
            raise ValueError(f'line {number}: expected an object with "id" and "text"')
        ids.append(row["id"])
        texts.append(row["text"])
    return ids, texts


def _document(ids: list[object], found: Topics) -> dict[str, object]:
    pairs = zip(ids, found.assignments, strict=True)
    return {
        "model": found.model,
        "reason": found.reason,
        "topics": [asdict(topic) for topic in found.topics],
        "assignments": [{"id": text_id, "topic": topic} for text_id, topic in pairs],
    }


def _words(ids: list[object], texts: list[str]) -> list[dict[str, object]]:
    return [
        {"word": word, "ids": [ids[position] for position in positions]}
        for word, positions in frequent_words(texts)
    ]


if __name__ == "__main__":
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    raise SystemExit(main())
