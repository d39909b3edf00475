"""Posts in concert: many accounts, one text, within minutes. What they are is told by the truth.

They come on top of the days and are drawn by themselves, so that a world without them is the same
world, post for post.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from sada.sandbox.design import Concert, Design
from sada.sandbox.item import Item, Version
from sada.sandbox.maker import scope_of, spread
from sada.sandbox.people import Crowd
from sada.sandbox.rhythm import CASABLANCA
from sada.sandbox.writer import Wish, vary

TAGS = ("#cyberviolence", "#Maroc", "#المغرب", "#stop")
AGAIN = 0.2
"""Share of accounts that post the text twice."""


@dataclass(frozen=True)
class _Text:
    wish: Wish
    line: str


@cache
def _texts() -> Mapping[str, _Text]:
    path = files("sada.sandbox") / "texts" / "concerts.yaml"
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {key: _Text(Wish(**rest), line) for key, (line, rest) in _apart(data)}


def _apart(data: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    for key, one in data.items():
        yield key, (one.pop("text").strip(), one)


def concerted(design: Design, identity: Callable[[Random, datetime], str]) -> list[Item]:
    """The posts on X of every concert of `design`. `identity` gives a new post's id."""
    return [item for one in design.concerts for item in _posts(design, one, identity)]


def _posts(
    design: Design, concert: Concert, identity: Callable[[Random, datetime], str]
) -> Iterator[Item]:
    rng = Random(f"sada-concert-{concert.key}-{design.seed}")
    people = Crowd(rng, concert.accounts, exponent=0.7, prefix="").people
    voices = [one for one in people for _ in range(1 + (rng.random() < AGAIN))]
    day = design.start + timedelta(days=concert.offset)
    began = datetime.combine(day, time(concert.hour), CASABLANCA).astimezone(UTC)
    for person in voices:
        at = began + timedelta(seconds=rng.uniform(0, concert.minutes * 60))
        number = identity(rng, at)
        text = _texts()[concert.key]
        yield Item(
            platform="x",
            versions=(Version(number, at.replace(microsecond=0), _pasted(rng, text.line)),),
            author=person,
            kind="original",
            scope=scope_of(text.wish),
            language=text.wish.language,
            base=text.wish.language,
            topic=text.wish.topic,
            label=text.wish.label,
            offensive=False,
            signposted=False,
            disclosure=False,
            reactions=spread(rng, int(10 + (person.followers + 60) * rng.random())),
            root=number,
            concert=concert.key if concert.in_concert else "",
        )


def _pasted(rng: Random, line: str) -> str:
    """The text as one account posts it: as it came, or with what people do to a pasted text."""
    text = vary(rng, line)
    change = rng.random()
    if change < 0.2:
        return f"{text} {' '.join(rng.sample(TAGS, 2))}"
    if change < 0.3:
        return f"{text.rstrip('.')} !!"
    if change < 0.4:
        return f"🔁 {text}"
    return text
