"""Says what is wrong in a campaign file in words of the person who wrote it."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, Final

from pydantic_core import ErrorDetails

from config.campaign import Part

Say = Callable[[ErrorDetails], str]

_NUMBER: Final = "must be a number, written in digits"
_DATE: Final = "is no date. Write it as 2025-10-02"
_LANGUAGES: Final = "needs a text in each language: {fr: …, ar: …, en: …}"
_PATTERNS: Final = {
    "recipients": "is no address such as name@press.example",
    "numbers": "is no number such as '8350' or '+212537000000': digits alone, without spaces",
}


def field_of(error: ErrorDetails) -> str:
    """Where in the file it is, as `sources.0.name`."""
    return ".".join(str(part) for part in error["loc"] if part != "[key]") or "campaign"


def said_of(error: ErrorDetails) -> str:
    """What is wrong and what to write instead, without a full stop."""
    say = _SAID.get(error["type"])
    return say(error) if say else error["msg"].removeprefix("Value error, ").rstrip(".")


def _unknown(error: ErrorDetails) -> str:
    known = {name for part in Part.__subclasses__() for name in part.model_fields}
    near = get_close_matches(str(error["loc"][-1]), sorted(known), n=1)
    return "is no field here" + (f" ({near[0]} is meant?)" if near else "")


def _no_text(error: ErrorDetails) -> str:
    if error["input"] is None:
        return (
            "is empty. A # outside quotation marks begins a comment in YAML: write '#…' with them,"
            " or the word without #"
        )
    if isinstance(error["input"], dict | list):
        return "must be a text. Put it into quotation marks if a : or [ stands in it"
    return f"is read as {error['input']}, not as a text. Put it into quotation marks"


def _no_part(error: ErrorDetails) -> str:
    name = _context(error).get("class_name")
    if name == "Texts":
        return _LANGUAGES
    return "needs fields of its own (name: value), not a single value"


def _no_pattern(error: ErrorDetails) -> str:
    known = (_PATTERNS[str(part)] for part in error["loc"] if str(part) in _PATTERNS)
    return next(known, "is not written as it must be")


def _no_choice(error: ErrorDetails) -> str:
    return f"must be {_context(error).get('expected')}"


def _limit(name: str, words: str) -> Say:
    return lambda error: words.format(f"{_context(error)[name]:g}")


def _always(words: str) -> Say:
    return lambda _error: words


def _context(error: ErrorDetails) -> Mapping[str, Any]:
    return error.get("ctx", {})


_SAID: Final[Mapping[str, Say]] = {
    "extra_forbidden": _unknown,
    "missing": _always("is missing"),
    "string_type": _no_text,
    "string_too_short": _limit("min_length", "needs {} letters or more"),
    "string_too_long": _limit("max_length", "may have {} letters at most"),
    "string_pattern_mismatch": _no_pattern,
    "model_type": _no_part,
    "model_attributes_type": _no_part,
    "tuple_type": _always("must be a list: [one, two], or a line with a - for each"),
    "too_short": _limit("min_length", "needs {} or more"),
    "dict_type": _always("must be a list of 2025-10-02: 12"),
    "date_type": _always(_DATE),
    "date_parsing": _always(_DATE),
    "date_from_datetime_parsing": _always(_DATE),
    "date_from_datetime_inexact": _always(_DATE),
    "int_type": _always(_NUMBER),
    "int_parsing": _always(_NUMBER),
    "int_from_float": _always("must be a whole number"),
    "float_type": _always(_NUMBER),
    "float_parsing": _always(_NUMBER),
    "greater_than": _limit("gt", "must be more than {}"),
    "greater_than_equal": _limit("ge", "must be {} or more"),
    "less_than_equal": _limit("le", "must be {} at most"),
    "enum": _no_choice,
    "literal_error": _no_choice,
}
