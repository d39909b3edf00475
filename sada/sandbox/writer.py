"""Writes posts from the phrase books in `texts/`: openings, cores, reasons, closings, mistakes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from sada.sandbox.casual import loosen

WITHIN = re.compile(r"\w[a-zàâéèêëîïôûç'’]")
"""A first letter that is small after an opening; not an acronym's, not English I."""
CHOICE = re.compile(r"<([^<>]*)>")
PARTNERS = {
    "fr": ("ary-Latn", "ary-Arab"),
    "en": ("ary-Latn",),
    "ary-Latn": ("fr",),
    "ary-Arab": ("fr",),
}
LONG_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Wish:
    """What a post shall be. `language` is one of `design.LANGUAGES`."""

    language: str
    topic: str
    label: str
    offensive: bool = False
    signposted: bool = False
    campaign: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A finished text. `disclosure`: somebody says that they were harmed. `base` is the language
    that platforms would guess from."""

    text: str
    disclosure: bool
    base: str


@dataclass(frozen=True)
class Book:
    """One language's phrases; every value is a tuple of lines that may hold `<a|b>` choices."""

    openings: tuple[str, ...]
    closings: Mapping[str, tuple[str, ...]]
    insults: tuple[str, ...]
    signposts: tuple[str, ...]
    campaign: tuple[str, ...]
    tags: tuple[str, ...]
    campaign_tags: tuple[str, ...]
    emoji: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, Mapping[str, tuple[str, ...]]]
    noise: tuple[str, ...]


@cache
def load_book(language: str) -> Book:
    """The phrase book of a language."""
    path = files("sada.sandbox") / "texts" / f"{language}.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Book(
        tags=tuple(data.pop("tags")),
        campaign_tags=tuple(data.pop("campaign_tags")),
        emoji={label: tuple(signs.split()) for label, signs in data.pop("emoji").items()},
        **{name: _lines(value) for name, value in data.items()},
    )


def _lines(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _lines(part) for name, part in value.items()}
    return tuple(str(value).splitlines())


def vary(rng: Random, line: str) -> str:
    """`line` with each `<a|b>` replaced by one of its choices."""
    chosen = CHOICE.sub(lambda match: rng.choice(match[1].split("|")), line)
    return re.sub(r"(?<!\s)\s+([.,!؟]|$)", r"\1", chosen)


class Writer:
    """Draws texts. `anchors`: one of these stands in every text about the topic, letter by
    letter, so that the campaign's `topic_query` finds it."""

    def __init__(self, rng: Random, languages: Iterable[str], anchors: Sequence[str]) -> None:
        self._rng = rng
        self._books = {name: load_book(name) for name in languages if name != "mixed"}
        self._mixed = load_mixed()
        terms = "|".join(re.escape(term) for term in sorted(anchors, key=len, reverse=True))
        self._anchor = re.compile(rf"(?<!\w)(?:{terms})(?!\w)", re.IGNORECASE)

    def write(self, wish: Wish) -> Written:
        """A text that is what `wish` says."""
        base, partner = self._languages(wish.language)
        core = self._core(wish, base)
        disclosure = core.startswith("!")
        first, second = self._books[base], self._books[partner]
        parts = [self._body(wish, first, core.removeprefix("!")), *self._tail(wish, second)]
        if wish.language == "mixed" and len(parts) == 1:
            parts.append(self._line(second.closings[wish.label]))
        parts += self._purposes(wish, second if wish.language == "mixed" else first)
        return Written(self._finish(wish, first, parts), disclosure, base)

    def noise(self, language: str) -> Written:
        """A text about something else."""
        base, _ = self._languages(language)
        line = self._line(self._books[base].noise)
        return Written(loosen(self._rng, base, line), False, base)

    def _languages(self, language: str) -> tuple[str, str]:
        if language != "mixed":
            return language, language
        base = self._rng.choices(("fr", "ary-Latn", "ary-Arab", "en"), (5, 3, 1, 1))[0]
        return base, self._rng.choice(PARTNERS[base])

    def _core(self, wish: Wish, base: str) -> str:
        lines = self._books[base].topics[wish.topic][wish.label]
        if wish.language == "mixed" and self._rng.random() < 0.5:
            lines = self._mixed.get(wish.topic, {}).get(wish.label) or lines
        if wish.offensive:  # who tells of a harm does not insult
            lines = tuple(line for line in lines if line[0] != "!")
        return vary(self._rng, self._rng.choice(lines))

    def _body(self, wish: Wish, book: Book, core: str) -> str:
        rng = self._rng
        if rng.random() < LONG_SHARE:
            told = [line for line in book.topics[wish.topic][wish.label] if line[0] != "!"]
            core = " ".join(dict.fromkeys([core, *(self._line(told) for _ in range(3))]))
        if rng.random() < 0.25:
            opening = self._line(book.openings)
            follows = core[:1].lower() + core[1:] if WITHIN.match(core) else core
            core = f"{opening} {follows}"
        return core

    def _tail(self, wish: Wish, book: Book) -> list[str]:
        rng, tail = self._rng, []
        if rng.random() < 0.45:
            tail.append(self._line(book.topics[wish.topic]["reasons"]))
        if wish.offensive:
            tail.append(self._line(book.insults))
        if rng.random() < 0.4:
            tail.append(self._line(book.closings[wish.label]))
        return tail

    def _purposes(self, wish: Wish, book: Book) -> list[str]:
        """Sentences that must survive letter by letter: marked so that nothing loosens them."""
        kept = []
        if wish.campaign and self._rng.random() < 0.4:
            kept.append("\0" + self._line(book.campaign))
        if wish.signposted:
            kept.append("\0" + self._line(book.signposts))
        return kept

    def _finish(self, wish: Wish, book: Book, parts: Sequence[str]) -> str:
        rng = self._rng
        base = wish.language if wish.language != "mixed" else "fr"
        text = " ".join(
            part[1:] if part.startswith("\0") else loosen(rng, base, part, self._anchor)
            for part in parts
        )
        if rng.random() < 0.28:
            text += " " + rng.choice(book.emoji[wish.label]) * rng.choice((1, 1, 2, 3))
        return " ".join([text, *self._hashtags(wish, book, text)])

    def _hashtags(self, wish: Wish, book: Book, text: str) -> list[str]:
        rng, tags = self._rng, []
        if wish.campaign:
            tags.append(rng.choice(book.campaign_tags))
        if not self._anchor.search(text) or rng.random() < 0.18:
            tags.append(rng.choice(book.tags))
        return [f"#{tag}" for tag in tags]

    def _line(self, lines: Sequence[str]) -> str:
        return vary(self._rng, self._rng.choice(lines))


@cache
def load_mixed() -> dict[str, dict[str, tuple[str, ...]]]:
    """Cores that change language within the sentence, by topic and label."""
    path = files("sada.sandbox") / "texts" / "mixed.yaml"
    loaded: dict[str, dict[str, tuple[str, ...]]] = _lines(
        yaml.safe_load(path.read_text(encoding="utf-8"))
    )
    return loaded
