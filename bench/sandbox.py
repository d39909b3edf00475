"""The sandbox campaign followed end to end over HTTP, its known truth beside what Sada measured.

`python -m bench.sandbox [--today YYYY-MM-DD] [--seed N]` prints Markdown. Truth is counted from the
generated posts themselves (`sada.sandbox.truth`), so every difference is Sada's.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from config.load import load_settings
from nlp.embedded import load_embedded
from sada.bootstrap import Sada, assemble
from sada.demo import played_clock
from sada.measuring import measure_campaign
from sada.pipeline.annotate import annotate_all
from sada.pipeline.collect import collect_source
from sada.pipeline.copies import link_copies
from sada.sandbox.campaign import sandbox_campaign, write_campaign
from sada.sandbox.design import CONCERTS, Design
from sada.sandbox.server import start_sandbox
from sada.sandbox.truth import labelled, truth
from sada.sandbox.world import World, make_world
from storage.queries import export_rows

SHARES = {
    "share of voice": ("share_of_voice", "campaign"),
    "signposting rate": ("signposting_rate", "signposted"),
    "offensive share": ("offensive_share", "offensive"),
}


def main() -> None:
    """Runs the campaign of `--today` in a temporary home and prints the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--today", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        design = Design(options.today, options.seed, concerts=CONCERTS)
        for line in compare(Path(folder), make_world(options.today, design=design)):
            print(line)


def compare(home: Path, world: World) -> Iterator[str]:
    """The lines of the comparison."""
    clock = played_clock(world.design.today)
    now = clock()
    write_campaign(sandbox_campaign(world.design), home / "campaigns")
    with start_sandbox(world, now=lambda: now) as sandbox:
        sada = _sada(home, sandbox.settings, now)
        campaign = sada.campaign("sandbox")
        for plan in campaign.sources:
            done = collect_source(sada, campaign, plan)
            yield f"- {plan.name}: {done.state}, {done.seen} seen, {done.added} new"
        model = load_embedded()
        annotate_all(sada, model)
        link_copies(sada)
    yield f"- model: {model.name} {model.version}\n"
    yield from _figures(truth(world, now), measure_campaign(sada, campaign))
    known = list(labelled(world, now))
    yield from _posts(known, sada)
    yield from _concerts(known, sada)


def _sada(home: Path, sandbox: Mapping[str, str], now: datetime) -> Sada:
    ours = {
        "SADA_HOME": str(home / "home"),
        "SADA_CAMPAIGNS_DIR": str(home / "campaigns"),
        "SADA_X__OFFENSIVE_ANALYSIS_PERMITTED": "true",
    }
    return assemble(load_settings({**sandbox, **ours}, home), clock=lambda: now)


def _figures(known: Mapping[str, Any], measured: Mapping[str, Any]) -> Iterator[str]:
    yield "| figure | phase | truth | Sada |\n|---|---|---|---|"
    for phase in ("before", "during"):
        true, ours = known["phases"][phase]["all"], measured["phases"][phase]
        yield f"| posts | {phase} | {true['posts']['number']} | {ours['posts']} |"
        yield f"| originals | {phase} | {true['originals']['number']} | {ours['originals']} |"
        for name, (field, key) in SHARES.items():
            yield f"| {name} | {phase} | {true['originals'][key]:.1%} | {ours[field]:.1%} |"
        for label, field in (("neg", "negative_share"), ("pos", "positive_share")):
            share = true["originals"]["labels"][label]
            yield f"| {label} | {phase} | {share:.1%} | {ours[field]:.1%} |"
    change = measured["changes"]["originals"]["during"]
    told = f"{change['effect']:.2f} ({change['low']:.2f} to {change['high']:.2f})"
    yield f"| lift of originals a day | during | {known['lift']['ratio']:.2f} | {told} |\n"


def _posts(known: Sequence[Mapping[str, Any]], sada: Sada) -> Iterator[str]:
    stored = [(row.platform, row.platform_id) for row in export_rows(sada.database, "sandbox")]
    true = {(one["platform"], one["platform_id"]): one for one in known if one["scope"] != "none"}
    missing, strange = len(true.keys() - set(stored)), len(set(stored) - true.keys())
    doubled = len(stored) - len(set(stored))
    yield f"Posts missing: {missing}, not in the truth: {strange}, doubled: {doubled}."
    read: dict[str, Counter[str]] = {}
    for row in export_rows(sada.database, "sandbox"):
        one = true.get((row.platform, row.platform_id))
        if one is None:
            continue
        tally = read.setdefault(one["language"], Counter())
        tally["posts"] += 1
        tally["language"] += row.language == one["language"]
        tally["sentiment"] += row.label == one["label"]
        tally["offensive"] += ((row.offensive or 0) >= 0.5) == one["offensive"]
    yield "\n| true language | posts | language right | sentiment right | offensive right |"
    yield "|---|---|---|---|---|"
    for language, tally in sorted(read.items()):
        shares = (
            f"{tally[what] / tally['posts']:.0%}" for what in ("language", "sentiment", "offensive")
        )
        yield f"| {language} | {tally['posts']} | {' | '.join(shares)} |"


def _concerts(known: Sequence[Mapping[str, Any]], sada: Sada) -> Iterator[str]:
    """Posts that belong to a concert, and posts that Sada marks as co-ordinated."""
    concerts = {(one["platform"], one["platform_id"]): one["concert"] for one in known}
    marked = Counter(
        concerts.get((row.platform, row.platform_id), "")
        for row in export_rows(sada.database, "sandbox")
        if row.coordinated
    )
    yield "\n| posted in concert | posts, truth | marked by Sada |"
    yield "|---|---|---|"
    for name, posts in sorted(Counter(concerts.values()).items()):
        if name:
            yield f"| {name} | {posts} | {marked[name]} |"
    yield f"| none | {sum(not one for one in concerts.values())} | {marked['']} |"


if __name__ == "__main__":
    main()
