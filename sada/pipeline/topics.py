"""Finds topics in a process of its own, so that BERTopic's memory goes when it is done."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Sequence

from config.errors import SadaError
from sada.bootstrap import Sada
from sada.pipeline.words import changed_words_document
from storage.topics import store_topics, texts_for_topics

log = logging.getLogger(__name__)

FEWEST_TEXTS = 60
"""Distinct texts under which topics would be noise; the page says that it waits for more."""
MOST_TEXTS = 500_000
"""Texts given to the topic model, which learns from a fair sample and assigns all; of more, the
newest are taken."""
TIME_LIMIT = 1800.0
"""Seconds after which the process is given up."""

Worker = Callable[[str], str]
"""NDJSON of texts in, one JSON document of topics out."""


def run_worker(request: str) -> str:
    """Runs `python -m nlp.topics`. Raises `SadaError` with the worker's last line."""
    command: Sequence[str] = (sys.executable, "-m", "nlp.topics")
    try:
        done = subprocess.run(  # noqa: S603
            command, input=request, capture_output=True, encoding="utf-8", timeout=TIME_LIMIT,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise SadaError(f"topics: gave up after {TIME_LIMIT:.0f} s; the old stay.") from error
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise SadaError(f"topics: the process ended with {done.returncode} ({said}).")
    return done.stdout


def find_campaign_topics(sada: Sada, slug: str, *, worker: Worker = run_worker) -> int:
    """Finds and stores topics of one campaign; how many there are, 0 with too few texts.

    Raises `SadaError`; the topics shown before stay shown.
    """
    texts = texts_for_topics(sada.database, slug, MOST_TEXTS)
    if len(texts) < FEWEST_TEXTS:
        return 0
    request = "".join(
        json.dumps({"id": text_id, "text": body}, ensure_ascii=False) + "\n"
        for text_id, body, _ in texts
    )
    answer = json.loads(worker(request))
    topics = [(t["number"], t["label"], t["words"], t["size"]) for t in answer["topics"]]
    pairs = [(pair["id"], pair["topic"]) for pair in answer["assignments"]]
    if stray := sum(number < 0 for _, number in pairs):
        topics.append((-1, "", [], stray))
    words = [(one["word"], one["ids"]) for one in answer["words"]]
    changed = changed_words_document(sada, sada.campaign(slug), words)
    store_topics(sada.database, slug, sada.clock(), answer["model"], topics, pairs, changed)
    found = sum(int(number) >= 0 for number, *_ in topics)
    log.info("topics of %s: %d from %d texts", slug, found, len(texts))
    return found
