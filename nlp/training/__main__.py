"""`python -m nlp.training`: train, pack, measure, write the model card."""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from threadpoolctl import threadpool_limits

from config.errors import SadaError
from nlp.embedded import WEIGHTS, EmbeddedModel
from nlp.parts import load_parts
from nlp.training.assemble import assemble
from nlp.training.card import card
from nlp.training.corpora import CorpusError, pairs, reader
from nlp.training.measure import all_scores
from nlp.training.pack import pack

CORPORA = Path("..") / "shared" / "corpora"


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit status: 0, or 1 with one line on stderr."""
    asked = _parser().parse_args(arguments)
    try:
        _train(asked.corpora, asked.out, asked.card_only)
    except SadaError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _train(corpora: Path, out: Path, card_only: bool) -> None:
    if not corpora.is_dir():
        raise CorpusError(f"corpus: {corpora} is no folder. Give it with --corpora.")
    threadpool_limits(1)  # idle threads that spin cost more than they bring
    started = time.monotonic()
    read = reader(corpora)

    def say(step: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {step}", file=sys.stderr, flush=True)

    if not card_only:
        model = assemble(read, say)
        pack(out, model)
    say("measuring")
    parts = load_parts(out)
    scores = all_scores(EmbeddedModel(parts), read, pairs(corpora))
    text = card(parts.heads.facts, scores, datetime.now(UTC).date())
    (out / "README.md").write_text(text, encoding="utf-8")
    say(f"written to {out}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlp.training", description=__doc__)
    parser.add_argument(
        "--corpora", type=Path, default=CORPORA, help="folder of the corpora (%(default)s)"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="weights folder to write")
    parser.add_argument(
        "--card-only", action="store_true", help="measure the weights in --out, do not train"
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
