"""`python -m bench.nlp [--corpora DIR] [--transfer] [--write FILE]`: prints every figure of the
embedded model as Markdown: official tests, campaign posts of the sandbox,
confusions, throughput, transfer."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.nlp.sandbox import sandbox_scores
from bench.nlp.speed import Speed, measure_speed
from bench.nlp.transfer import transfer_scores
from config.errors import SadaError
from nlp.embedded import WEIGHTS, EmbeddedModel
from nlp.parts import load_parts
from nlp.training.card import score_table
from nlp.training.corpora import Reader, pairs, reader
from nlp.training.measure import SENTIMENT_TESTS, Confusion, all_scores, confusions

CORPORA = Path("..") / "shared" / "corpora"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit status: 0, or 1 with one line on stderr."""
    parser = argparse.ArgumentParser(prog="python -m bench.nlp", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--transfer", action="store_true", help="train without a corpus (slow)")
    parser.add_argument("--write", type=Path, help=f"put the figures between {BEGIN} and {END}")
    asked = parser.parse_args(arguments)
    try:
        text = "\n".join(_report(asked.corpora, asked.weights, asked.transfer))
    except SadaError as error:
        print(error, file=sys.stderr)
        return 1
    print(text)
    if asked.write:
        _replace(asked.write, text)
    return 0


def _report(corpora: Path, weights: Path, transfer: bool) -> Iterator[str]:
    read = reader(corpora)
    speed = measure_speed(lambda: EmbeddedModel(load_parts(weights)), _posts(read))
    model = EmbeddedModel(load_parts(weights))
    command = "python -m bench.nlp" + (" --transfer" if transfer else "")
    yield f"`{command}`, {datetime.now(UTC):%Y-%m-%d}, {model.name} {model.version}."
    yield ""
    campaign, misread = sandbox_scores(model)
    yield score_table([*all_scores(model, read, pairs(corpora)), *campaign])
    yield ""
    yield _speed(speed)
    if transfer:
        yield ""
        yield "### Transfer: a corpus left out of training"
        yield ""
        yield score_table(list(transfer_scores(read)))
    yield ""
    yield "### Confusions (rows: truth, columns: answer)"
    for confusion in (*confusions(model, read), *misread):
        yield ""
        yield from _table(confusion)


def _posts(read: Reader) -> list[str]:
    return [row.text for name in SENTIMENT_TESTS for row in read("sentiment", name, "test")]


def _speed(speed: Speed) -> str:
    return (
        f"Throughput {speed.posts_per_second:,.0f} posts/s in two threads ({speed.posts} distinct "
        f"posts); weights loaded in {speed.load_seconds:.2f} s; peak memory of the process "
        f"{speed.peak_mb:.0f} MB, corpora and scikit-learn included."
    )


def _table(confusion: Confusion) -> Iterator[str]:
    yield f"| {confusion.test} | " + " | ".join(confusion.answers) + " |"
    yield "|---" * (len(confusion.answers) + 1) + "|"
    for name, counts in zip(confusion.truth, confusion.counts, strict=True):
        yield f"| **{name}** | " + " | ".join(map(str, counts)) + " |"


def _replace(path: Path, text: str) -> None:
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
