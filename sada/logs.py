"""How Sada logs: plain lines on stderr, never a text, a token or a handle."""

import logging
import sys

ROOMS = ("sada", "collectors", "storage", "nlp", "reports", "dashboard")


def configure_logging(level: str = "INFO") -> None:
    """Our rooms at `level`; libraries only when something is wrong, since their debug logs hold
    tokens."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr
    )
    for room in ROOMS:
        logging.getLogger(room).setLevel(level)
