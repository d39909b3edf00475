"""Who writes: followers are log-normal, activity follows Zipf's law, a few are organisations."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

FIRST = [
    "salma",
    "hajar",
    "imane",
    "kenza",
    "ghita",
    "zineb",
    "chaimae",
    "hiba",
    "rim",
    "nada",
    "sara",
    "asmae",
    "yasmine",
    "doha",
    "aya",
    "omar",
    "yassine",
    "mehdi",
    "anas",
    "hamza",
    "ayoub",
    "ismail",
    "reda",
    "soufiane",
    "badr",
    "adil",
    "tarik",
    "karim",
    "nabil",
    "zakaria",
]
SECOND = [
    "casa",
    "rbati",
    "fassi",
    "tanjawi",
    "soussi",
    "oujdi",
    "kech",
    "agadir",
    "doukkali",
    "chaouen",
    "meknes",
    "tetouan",
    "atlas",
    "rif",
    "sahra",
    "bled",
    "nour",
    "lqamar",
    "chems",
    "bahr",
    "ward",
    "zitoun",
    "nana",
    "atay",
    "tech",
    "lit",
    "musique",
    "foot",
    "cine",
    "cafe",
]
EPOCH = datetime(2012, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Person:
    """An account. Its name never stands in any text."""

    id: str
    handle: str
    followers: int
    following: int
    posts: int
    joined: datetime
    verified: bool = False
    organisation: str = ""
    """`owned`, `partner` or `institution`; empty for people."""


ORGANISATIONS = (
    ("Matsketch_ma", "owned", 18_400),
    ("asso_sandbox", "partner", 9_700),
    ("collectif_demo", "partner", 4_300),
    ("ministere_demo", "institution", 212_000),
)


class Crowd:
    """The accounts of one platform; `pick` draws one by its activity."""

    def __init__(self, rng: Random, size: int, *, exponent: float, prefix: str) -> None:
        self.people = [_person(rng, prefix, rank) for rank in range(size)]
        weights = [1 / (rank + 6) ** exponent for rank in range(size)]
        self._summed = list(accumulate(weights))

    def pick(self, rng: Random) -> Person:
        return rng.choices(self.people, cum_weights=self._summed)[0]


def organisations(rng: Random) -> list[Person]:
    """The invented organisations that the campaign file lists."""
    return [
        Person(
            _number(rng),
            handle,
            followers,
            rng.randint(80, 900),
            rng.randint(900, 9000),
            EPOCH + timedelta(days=rng.randint(0, 2000)),
            True,
            standing,
        )
        for handle, standing, followers in ORGANISATIONS
    ]


def _person(rng: Random, prefix: str, rank: int) -> Person:
    followers = int(math.exp(rng.gauss(math.log(320), 1.6)))
    handle = f"{rng.choice(FIRST)}{rng.choice('_x')}{rng.choice(SECOND)}"[:12]
    joined = EPOCH + timedelta(days=rng.randint(0, 5000))
    number = prefix + _base36(rank + 46_656) + str(rng.randint(0, 9)) if prefix else _number(rng)
    return Person(
        number,
        f"{handle}{rank % 1000:03d}"[:15],
        followers,
        rng.randint(30, 1500),
        rng.randint(20, 30_000),
        joined,
        followers > 60_000,
    )


def _number(rng: Random) -> str:
    return str(rng.randint(10**8, 10**18))


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"
