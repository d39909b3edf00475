"""How fast posts are matched: `python -m bench.matching [POSTS] [FILE]` prints it.

Posts are made up (a Zipfian vocabulary in three scripts, hashtags, elongations), or the lines of
FILE. 500 terms in 25 families are looked for, then the same with boolean queries beside. Rates are
posts a second of processor time on one core, so that a busy machine tells the same; beside them
stand two raw ways to look for 500 strings in the same posts: a loop of `in`, and one regular
expression that joins all terms by `|`. Both find less: no other spelling, no word boundary.

Not a test: its numbers are of the machine that it runs on.
"""

import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path

from collectors.query import Matcher
from config.campaign import Family

POSTS = 30_000
TERMS = 500
FAMILIES = 25
ROUNDS = 3
LATIN = ("ba", "cho", "dar", "é", "fi", "gra", "ha", "ki", "lou", "m7a", "na", "ou", "pre", "ra")
ARABIC = ("با", "شو", "دار", "في", "را", "ها", "كي", "لو", "ما", "نا", "وا", "أم", "ية", "ت")


def made_words(chance: random.Random, count: int) -> list[str]:
    """Words of two to five syllables, a third of them in Arabic script."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = ARABIC if chance.random() < 1 / 3 else LATIN
        found["".join(chance.choices(syllables, k=chance.randint(2, 5)))] = None
    return list(found)


def made_terms(chance: random.Random, words: Sequence[str]) -> list[str]:
    """Words and phrases that the posts hold now and then."""
    rare = words[2000:]
    return [
        chance.choice(rare) if chance.random() < 0.6 else " ".join(chance.choices(rare, k=2))
        for _ in range(TERMS)
    ]


def made_posts(
    chance: random.Random, words: Sequence[str], terms: Sequence[str], count: int
) -> list[str]:
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    posts = []
    for _ in range(count):
        tokens = chance.choices(words, cum_weights=weights, k=chance.randint(5, 30))
        if chance.random() < 0.3:
            tokens.insert(chance.randrange(len(tokens)), f"#{chance.choice(words)}")
        if chance.random() < 0.2:
            at = chance.randrange(len(tokens))
            tokens[at] += tokens[at][-1] * 3
        if chance.random() < 0.1:
            tokens.insert(chance.randrange(len(tokens)), chance.choice(terms).upper())
        posts.append(" ".join(tokens))
    return posts


def families(terms: Sequence[str], *, with_queries: bool) -> list[Family]:
    """`terms` in lists, and where asked each family also with a query over some of them."""
    size = len(terms) // FAMILIES
    found = []
    for number in range(FAMILIES):
        mine = list(dict.fromkeys(terms[number * size : (number + 1) * size]))
        a, b, c, d = (f'"{term}"' for term in mine[:4])
        found.append(
            Family(
                concept=str(number),
                phrases=tuple(mine[4:] if with_queries else mine),
                query=f"({a} OR {b}) NEAR/5 {c} OR {a} AND NOT {d}" if with_queries else None,
            )
        )
    return found


def rate(look: Callable[[str], object], posts: Sequence[str]) -> tuple[float, int]:
    """Posts a second of processor time, and in how many something was found."""
    began = time.process_time()
    found = sum(1 for post in posts if look(post))
    return len(posts) / (time.process_time() - began), found


def best(look: Callable[[str], object], posts: Sequence[str]) -> tuple[float, int]:
    return max(rate(look, posts) for _ in range(ROUNDS))


def main(arguments: Sequence[str]) -> None:
    chance = random.Random(2026)
    words = made_words(chance, 60_000)
    terms = made_terms(chance, words)
    count = int(arguments[0]) if arguments else POSTS
    if len(arguments) > 1:
        posts = Path(arguments[1]).read_text(encoding="utf-8").splitlines()[:count]
    else:
        posts = made_posts(chance, words, terms, count)
    mean = sum(map(len, posts)) / len(posts)
    print(f"{len(posts):,} posts of {mean:.0f} characters on average, {TERMS} terms")

    matcher = Matcher(families(terms, with_queries=False))
    cold = rate(matcher.match, posts)
    queried = Matcher(families(terms, with_queries=True))
    queried_cold = rate(queried.match, posts)
    lowered = [term.lower() for term in terms]
    alternation = re.compile("|".join(map(re.escape, lowered)), re.IGNORECASE)
    loop = rate(lambda post: any(term in post.lower() for term in lowered), posts[: count // 5])
    rows = [
        ("Matcher, words never seen before", cold),
        ("Matcher, words seen before", best(matcher.match, posts)),
        ("Matcher with NEAR, AND, NOT, never seen", queried_cold),
        ("Matcher with NEAR, AND, NOT, seen", best(queried.match, posts)),
        ("raw: any(term in text), a fifth of the posts", loop),
        ("raw: one regular expression", rate(alternation.search, posts[: count // 5])),
    ]
    base = rows[-2][1][0]
    for name, (speed, found) in rows:
        print(f"{name:46} {speed:10,.0f} posts/s  {speed / base:6.1f} x  {found:,} matched")


if __name__ == "__main__":
    main(sys.argv[1:])
