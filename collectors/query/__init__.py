"""One query family, many tongues: matched locally and compiled to each platform's syntax."""

from collectors.query.compile import compile_reddit, compile_x
from collectors.query.match import Match, Matcher
from collectors.query.normalise import normalise

__all__ = ["Match", "Matcher", "compile_reddit", "compile_x", "normalise"]
