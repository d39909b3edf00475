"""How well copied texts are told, and how fast: `python -m bench.duplicates [--posts N]`.

Texts are our own, from the sandbox's phrase books in five languages and two scripts. Copies are
made by what people do to a text that they paste (`EDITS`); strangers are other texts, the hard ones
composed to share a half, or an opening and an end. Printed: recall by kind of edit, false links by
kind of stranger, both over thresholds; then posts a second, beside datasketch on the same texts.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from collectors.base import Author, Post
from nlp.copies import NEAR_WORDS, SAME, Fingerprint, fingerprint, own_words, similarity
from sada.pipeline.copies import link_posts
from sada.sandbox.world import make_world
from storage import tables as t
from storage.collecting import store_batch
from storage.database import open_database
from storage.incoming import Batch, Incoming
from storage.migrate import upgrade

Edit = Callable[[str, random.Random], str]
UTC = ZoneInfo("UTC")
THRESHOLDS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)
TAGS = ("#Mamhkoumch", "#مامحكومش", "#SafeOnlineMorocco", "#Maroc", "#stop")


def _swap_letters(text: str, chance: random.Random) -> str:
    place = chance.randrange(1, max(2, len(text) - 2))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def _other_word(text: str, chance: random.Random) -> str:
    words = text.split()
    words[chance.randrange(len(words))] = chance.choice(("vraiment", "bezaf", "بزاف", "today"))
    return " ".join(words)


def _fewer_words(text: str, chance: random.Random) -> str:
    words = text.split()
    del words[chance.randrange(len(words))]
    return " ".join(words)


EDITS: Mapping[str, Edit] = {
    "signs and case": lambda text, chance: text.upper().rstrip(".!?") + " !!! 🔥",
    "hashtags added": lambda text, chance: f"{text} {' '.join(chance.sample(TAGS, 3))}",
    "link and mention added": lambda text, chance: f"@amie {text} https://exemple.ma/{text[:2]}x",
    "typing mistake": _swap_letters,
    "one word replaced": _other_word,
    "one word left out": _fewer_words,
    "passed on": lambda text, chance: f"À partager : {text}",
    "three words at the end": lambda text, chance: f"{text} copié et collé",
}


def _joined_half(one: str, other: str) -> str:
    first, second = one.split(), other.split()
    return " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])


def _joined_ends(one: str, other: str) -> str:
    first, second = one.split(), other.split()
    return " ".join(first[:3] + second[3:-3] + first[-3:])


STRANGERS: Mapping[str, Callable[[str, str], str]] = {
    "another text": lambda one, other: other,
    "first half shared": _joined_half,
    "three words shared at both ends": _joined_ends,
}


def own_texts(number: int) -> list[str]:
    """Distinct texts of at least `NEAR_WORDS` own words, none a variant of another."""
    items = make_world(date(2026, 11, 21)).items
    texts = list(dict.fromkeys(version.text for item in items for version in item.versions[:1]))
    random.Random(1).shuffle(texts)
    kept: list[tuple[str, Fingerprint]] = []
    for text in texts:
        found = fingerprint(text)
        if found.words >= NEAR_WORDS and all(similarity(found, one) < 0.3 for _, one in kept):
            kept.append((text, found))
        if len(kept) == number:
            break
    return [text for text, _ in kept]


def recall(texts: Sequence[str], threshold: float) -> dict[str, float]:
    """Share of copies that are told, through the bands and the threshold, by kind of edit."""
    chance = random.Random(2)
    return {
        name: sum(linked(text, edit(text, chance), threshold) for text in texts) / len(texts)
        for name, edit in EDITS.items()
    }


def false_links(texts: Sequence[str], threshold: float) -> dict[str, float]:
    """Share of strangers that are called copies, by kind."""
    chance = random.Random(3)
    pairs = [(text, chance.choice(texts)) for text in texts for _ in range(5)]
    pairs = [(one, other) for one, other in pairs if one != other]
    return {
        name: sum(linked(one, make(one, other), threshold) for one, other in pairs) / len(pairs)
        for name, make in STRANGERS.items()
    }


def linked(one: str, other: str, threshold: float) -> bool:
    first, second = fingerprint(one), fingerprint(other)
    if set(first.bands).isdisjoint(second.bands):
        return False
    return similarity(first, second) >= threshold


def speed(texts: Sequence[str], work: Callable[[str], object]) -> float:
    """Texts a second on one core, the best of three."""
    took = []
    for _ in range(3):
        began = time.perf_counter()
        for text in texts:
            work(text)
        took.append(time.perf_counter() - began)
    return len(texts) / min(took)


def by_datasketch(text: str) -> object:
    """The same signature by the library (its hashing and permutations, our words)."""
    from datasketch import MinHash

    joined = " ".join(own_words(text)[0])
    found = MinHash(num_perm=56)
    found.update_batch([joined[at : at + 5].encode() for at in range(max(1, len(joined) - 4))])
    return found


def linking(texts: Sequence[str], number: int) -> tuple[int, int, float]:
    """Posts, groups, and seconds of processor time that linking `number` posts takes.

    Three in ten are copies, the others shuffled words of two texts.
    """
    chance = random.Random(4)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/sada.db"
        upgrade(url)
        database = open_database(url)
        for first in range(0, number, 2000):
            some = range(first, min(first + 2000, number))
            store_batch(database, _batch(some, texts, chance), secret=b"s" * 32, timezone=UTC)
        began = time.process_time()
        done = link_posts(database, lambda: False, lambda done: None)
        took = time.process_time() - began
        with database.reading() as session:
            groups = session.execute(select(func.count(t.copies.c.leader_id.distinct())))
            counted = int(groups.scalar_one())
        database.close()
    return done, counted, took


def _batch(numbers: range, texts: Sequence[str], chance: random.Random) -> Batch:
    posts = []
    for number in numbers:
        text = chance.choice(texts)
        if chance.random() < 0.7:
            words = f"{text} {chance.choice(texts)}".split()
            text = " ".join(chance.sample(words, min(14, len(words))))
        moment = datetime(2026, 10, 5, tzinfo=UTC) + timedelta(seconds=number)
        post = Post("x", str(number), moment, text, author=Author(str(number % 997)))
        posts.append(Incoming(post, "campaign", "earned"))
    now = datetime(2026, 11, 5, tzinfo=UTC)
    return Batch("c", "x", "q", posts, None, None, None, 1, 0, 0.0, now)


def main() -> None:
    parser = argparse.ArgumentParser(description="How well copied texts are told.")
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--posts", type=int, default=0, help="measure linking of stored posts too")
    asked = parser.parse_args()
    texts = own_texts(asked.texts)
    print(f"{len(texts)} texts; the threshold in use is {SAME}\n")
    head = "".join(f"{threshold:>8}" for threshold in THRESHOLDS)
    print(f"{'recall of copies':<34}{head}")
    found = [recall(texts, threshold) for threshold in THRESHOLDS]
    for name in EDITS:
        print(f"  {name:<32}" + "".join(f"{one[name]:>8.3f}" for one in found))
    print(f"{'strangers called copies':<34}{head}")
    wrong = [false_links(texts, threshold) for threshold in THRESHOLDS]
    for name in STRANGERS:
        print(f"  {name:<32}" + "".join(f"{one[name]:>8.3f}" for one in wrong))
    ours, theirs = speed(texts, fingerprint), speed(texts, by_datasketch)
    print(f"\nfingerprints a second: {ours:,.0f} (datasketch: {theirs:,.0f})")
    if asked.posts:
        done, groups, took = linking(texts, asked.posts)
        print(
            f"{done} stored posts linked into {groups} groups: {done / took:,.0f} a second of CPU"
        )


if __name__ == "__main__":
    main()
