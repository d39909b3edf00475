"""No regular expression takes more than 100 ms on any text of 10,000 characters.

Every pattern of every room is found, also those that functions put together, and attacked with
texts made from its own pieces (`attack`). A new one is found by itself; one that is put together
inside a function must be reached by `exercise`, or the test names the line.
"""

import re
from pathlib import Path
from random import Random

import pytest

from collectors.markup import text_of
from config.campaign import Signpost
from config.campaigns import load_campaigns
from config.cells import escape_cell
from nlp import pii
from nlp.signposts import Signposts
from sada.sandbox.writer import Writer
from tests.regexes.attack import LIMIT, slowest
from tests.regexes.finding import (
    ANYWHERE,
    Key,
    Use,
    files,
    held,
    methods_of,
    modules,
    sites,
    watching,
)

SAFE_SUBJECTS = {
    "reports/report_charts.py": "texts that matplotlib wrote",
}
"""Files whose patterns never meet what others wrote, and why."""
UNREACHED = frozenset({"sada/sandbox/x/params.py"})
"""Where a pattern is a fixed word and at most sixteen digits, matched as a whole."""


def exercise() -> None:
    """Lets functions put their patterns together."""
    pii._pattern.cache_clear()
    for links in (False, True):
        for accounts in (False, True):
            for numbers in (False, True):
                pii._pattern(links, accounts, numbers)
    for campaign in load_campaigns(None).values():
        Signposts(campaign.signposts, campaign.accounts).found("appelle le 8350")
    Signposts([Signpost(name="compte", names=("@un_compte",))])
    text_of("<script>1</script><style>2</style>bravo")
    Writer(Random(1), ("fr",), ("violence numérique", "#Mamhkoumch", "مامحكومش"))
    escape_cell("a;=1+1")


def every_pattern() -> dict[Key, Use]:
    found: dict[Key, Use] = {}
    with watching() as seen:
        exercise()
    found.update(seen)
    for module in modules():
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, pattern in held(module):
            use = found.setdefault((pattern.pattern, pattern.flags), Use())
            use.where.add(f"{module.__name__}.{name}")
            use.methods |= methods_of(name, source)
    for path in files():
        for site in sites(path):
            if site.pattern is not None and site.inside:
                pattern = re.compile(site.pattern)
                use = found.setdefault((pattern.pattern, pattern.flags), Use())
                use.where.add(f"{site.file}:{site.line}")
                use.methods |= {site.method} - {"compile"} or set(ANYWHERE)
    return found


@pytest.fixture(scope="module")
def patterns() -> dict[Key, Use]:
    return every_pattern()


def test_all_are_found(patterns: dict[Key, Use]) -> None:
    """Also those that functions put together: `exercise` must reach each such line."""
    assert len(patterns) > 150
    known = {where for use in patterns.values() for where in use.where}
    missed = [
        f"{site.file}:{site.line}"
        for path in files()
        for site in sites(path)
        if site.pattern is None and site.inside and f"{site.file}:{site.line}" not in known
    ]
    assert [
        where for where in missed if where.split(":")[0] not in {*SAFE_SUBJECTS, *UNREACHED}
    ] == []


@pytest.mark.parametrize(
    "slow",
    [
        r"(a+)+$",
        r"(?:\w+\s?)+!",
        r"[.,;:!?]+$",
        r"\s*\b([A-Z]{1,4})$",
        r"\s+([.,!؟]|$)",
        r"[«“\"]\s*(.+?)\s*[»”\"]",
    ],
)
def test_the_attack_finds_what_is_slow(slow: str) -> None:
    took, attack = slowest(re.compile(slow), ANYWHERE)
    assert took > LIMIT, attack


@pytest.mark.slow
def test_no_text_keeps_any_busy(patterns: dict[Key, Use]) -> None:
    slow = []
    for (source, flags), use in patterns.items():
        if all(where.split(":")[0] in SAFE_SUBJECTS for where in use.where):
            continue
        took, attack = slowest(re.compile(source, flags), sorted(use.methods))
        if took > LIMIT:
            slow.append(f"{sorted(use.where)}: {took:.2f} s for {attack}")
    assert slow == []
