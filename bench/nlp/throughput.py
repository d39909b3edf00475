"""`python -m bench.nlp.throughput [--posts N] [--bert-posts N]`: the embedded model's throughput as
a ratio to a BERT-base of random weights, its loading time and its memory.

Both read, on the same two cores and in the same run, posts written by the sandbox's writer. The
BERT is transformers' default `BertConfig` (12 layers of 768, fp32) in torch, batches of 32, sorted
by length; it reads a random sample, since it is slow. Its WordPiece vocabulary is learnt from the
very posts, so that it has as few tokens a post as a vocabulary of that size can give: a published
vocabulary would make it slower. Both times are from texts to answers, tokens included. The embedded
model is measured before and after the BERT, each time in a fresh process.

Needs torch: `pip install 'sada[transformers]'`.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import fmean, median
from typing import Any

CORES = 2
WANTED_RATIO, WANTED_SECONDS, WANTED_MB = 100, 1.0, 400
VOCABULARY = 30_522
MOST_TOKENS = 512
BATCH = 32

PROBE = """
import json, re, sys, time
from pathlib import Path
texts = json.load(sys.stdin)
started = time.perf_counter()
from nlp.embedded import load_embedded
imported = time.perf_counter()
model = load_embedded()
loaded = time.perf_counter()
model.annotate(texts[:64])
begun, worked = time.perf_counter(), time.process_time()
model.annotate(texts)
done, worked = time.perf_counter(), time.process_time() - worked
status = Path("/proc/self/status").read_text()
print(json.dumps({
    "imports": imported - started, "loads": loaded - imported, "rate": len(texts) / (done - begun),
    "cpu": len(texts) / worked,
    "mb": int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024,
    "model": f"{model.name} {model.version}",
}))
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0 when all that is wanted is reached, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.nlp.throughput", description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000, help="distinct posts, at most")
    parser.add_argument("--bert-posts", type=int, default=256, help="of them, for BERT")
    asked = parser.parse_args(arguments)
    cores = sorted(os.sched_getaffinity(0))[:CORES]
    os.sched_setaffinity(0, cores)
    texts = written(asked.posts)
    sample = random.Random(1).sample(texts, min(asked.bert_posts, len(texts)))
    before = embedded(texts)
    bert, bert_cpu, tokens = bert_rate(texts, sample)
    runs = [before, embedded(texts)]
    ratio = fmean(run["rate"] for run in runs) / bert
    cpu = fmean(run["cpu"] for run in runs)
    rates = " and ".join(f"{run['rate']:,.0f}" for run in runs)
    print(
        f"{before['model']}: {rates} posts/s before and after BERT ({len(texts):,} distinct posts,"
        f" median {median(map(len, texts)):.0f} characters), imports {before['imports']:.2f} s,"
        f" weights loaded in {before['loads']:.2f} s, {max(run['mb'] for run in runs):.0f} MB at"
        f" its peak\nBERT-base, random weights, fp32: {bert:.2f} posts/s ({len(sample)} of the"
        f" same posts, mean {tokens:.0f} tokens, batch {BATCH}, sorted by length, {len(cores)}"
        f" cores)\nratio {ratio:,.0f} (wanted {WANTED_RATIO}); a second of one core's work:"
        f" {cpu:,.0f} posts against {bert_cpu:.2f}, ratio {cpu / bert_cpu:,.0f}; machine load"
        f" {os.getloadavg()[0]:.1f}"
    )
    reached = (
        ratio >= WANTED_RATIO
        and min(run["loads"] for run in runs) <= WANTED_SECONDS
        and max(run["mb"] for run in runs) <= WANTED_MB
    )
    return 0 if reached else 1


def written(most: int) -> list[str]:
    """Distinct posts of the synthetic campaign, in the sandbox's own words."""
    from sada.sandbox.world import make_world

    texts: list[str] = []
    for seed in range(1, 20):
        world = make_world(date(2026, 3, 1), seed=seed)
        texts = list(dict.fromkeys([*texts, *(item.versions[-1].text for item in world.items)]))
        if len(texts) >= most:
            break
    return texts[:most]


def embedded(texts: Sequence[str]) -> dict[str, Any]:
    """Rate, loading time and peak memory of a fresh process that classifies."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE], input=json.dumps(texts), capture_output=True, text=True,
        check=True, cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def bert_rate(texts: Sequence[str], sample: Sequence[str]) -> tuple[float, float, float]:
    """BERT-base: posts a second, posts a second of one core's work, mean tokens a post."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.set_num_threads(CORES)
    torch.manual_seed(1)
    tokenizer = _wordpiece(texts)
    model = BertForSequenceClassification(BertConfig(vocab_size=VOCABULARY, num_labels=3)).eval()
    started, worked = time.perf_counter(), time.process_time()
    ids = sorted((one.ids for one in tokenizer.encode_batch(list(sample))), key=len)
    with torch.inference_mode():
        for first in range(0, len(ids), BATCH):
            batch = ids[first : first + BATCH]
            longest = len(batch[-1])
            padded = torch.tensor([one + [0] * (longest - len(one)) for one in batch])
            mask = torch.tensor([[1] * len(one) + [0] * (longest - len(one)) for one in batch])
            model(input_ids=padded, attention_mask=mask)
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    return len(ids) / seconds, len(ids) / worked, fmean(map(len, ids))


def _wordpiece(texts: Sequence[str]) -> Any:
    from tokenizers import BertWordPieceTokenizer

    tokenizer = BertWordPieceTokenizer(strip_accents=False)
    tokenizer.train_from_iterator(
        texts, vocab_size=VOCABULARY, min_frequency=1, show_progress=False
    )
    tokenizer.enable_truncation(MOST_TOKENS)
    return tokenizer


if __name__ == "__main__":
    raise SystemExit(main())
