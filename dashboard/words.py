"""Texts of the dashboard, and the names of things that data hold as codes."""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from config.i18n import Translator, load_translator
from measures.coverage import Reason
from storage.rows import SourceState


@lru_cache
def translator(language: str) -> Translator:
    """The dashboard's texts in `language`, French when it is unknown."""
    return load_translator(language, Path(str(files("dashboard") / "translations")))


def known(t: Translator, prefix: str, code: str) -> str:
    """The text `prefix.code`, or the code itself where no text was written for it."""
    return t.messages.get(f"{prefix}.{code}", code)


def language_name(t: Translator, code: str | None) -> str:
    return known(t, "language", code) if code else t("language.unknown")


def reason(t: Translator, one: Reason | None) -> str:
    """Why something was not collected, in words; beside it what the platform said, in its own.

    What was recorded before there were codes stays as it was told.
    """
    if one is None:
        return ""
    told = t.messages.get(f"why.{one.code}")
    if told is None:
        return isolate(one.why) if one.why else ""
    return t("why.said", why=told, said=isolate(one.said)) if one.said else told


def run_error(t: Translator, state: SourceState) -> str:
    """Why the newest pass of a source went wrong, as `reason` tells it; empty if it did not."""
    told = reason(t, state)
    if not (told and state.failed_queries):
        return told
    return t("why.some", number=t.number(state.failed_queries), why=told)


def isolate(text: str) -> str:
    """`text` as a piece of its own direction within a sentence of another."""
    return f"\u2068{text}\u2069"


def figure(text: str) -> str:
    """A signed number or a date and time, which reads from left to right in Arabic too."""
    return f"\u2066{text}\u2069"
