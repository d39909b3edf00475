"""`sada import`: shows how a file will be read, reads it, says what became of every row."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from collectors.files import (
    Guess,
    Mapping,
    Rejects,
    describe,
    inline_mapping,
    load_mapping,
    read_posts,
    sniff,
)
from collectors.files.mapping import check_against
from config.campaign import Campaign
from config.errors import ConfigurationError, SadaError
from sada.bootstrap import Sada
from sada.cli.common import Progress, harmless
from sada.pipeline.importing import Imported, import_posts

MOST_REASONS = 5


@dataclass(frozen=True)
class ImportOptions:
    """How the user said that files are to be read."""

    format: str = "auto"
    mapping: Path | None = None
    maps: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    spread: tuple[str, str] | None = None
    dates: str | None = None
    time_zone: str | None = None
    encoding: str | None = None
    rejects: Path | None = None


def import_file(
    sada: Sada, campaign: Campaign, path: Path, options: ImportOptions, *, dry_run: bool
) -> None:
    """Imports one file and prints what became of it. Raises `SadaError`."""
    guess = sniff(path, encoding=options.encoding)
    if options.format not in ("auto", guess.format):
        raise ConfigurationError(
            f"{path}: looks like {guess.format}, not {options.format}. Leave --format away, or"
            " export the file again."
        )
    mapping = _mapping(guess, options)
    _show(path, guess, mapping)
    check_against(mapping, guess.columns)
    if not dry_run:
        _import(sada, campaign, path, guess, mapping, options.rejects)


def _mapping(guess: Guess, options: ImportOptions) -> Mapping:
    """What was guessed, under what the mapping file says, under what the command line says."""
    mapping = guess.mapping
    if options.mapping is not None:
        mapping = mapping.updated(load_mapping(options.mapping))
    said = inline_mapping(
        options.maps,
        options.sets,
        dates=options.dates,
        time_zone=options.time_zone,
        spread=options.spread,
    )
    return mapping.updated(said)


def _show(path: Path, guess: Guess, mapping: Mapping) -> None:
    packed = "" if guess.compression == "none" else f", {guess.compression}"
    known = f", {guess.export}" if guess.export else ""
    print(f"{path}: {guess.format}{packed}, {guess.encoding}{known}", file=sys.stderr)
    for line in describe(mapping):
        print(f"  {harmless(line)}", file=sys.stderr)


def _import(
    sada: Sada,
    campaign: Campaign,
    path: Path,
    guess: Guess,
    mapping: Mapping,
    rejects_path: Path | None,
) -> None:
    target = rejects_path or path.with_name(f"{path.name}.rejects.ndjson")
    if target.exists() and target.samefile(path):
        raise ConfigurationError(f"--rejects {target}: is the file to import. Name another one.")
    share = 0.0
    progress = Progress(every=50_000)
    started = time.monotonic()

    def bytes_read(done: int, size: int) -> None:
        nonlocal share
        share = done / max(size, 1)

    def show(done: Imported) -> None:
        rows = done.seen + done.rejected
        progress.show(f"{path.name}: {share:.0%}, {rows} rows", rows)

    with Rejects(target) as rejects:
        rows = read_posts(path, mapping, guess=guess, progress=bytes_read)
        try:
            done = import_posts(sada, campaign, rows, reject=rejects.add, progress=show)
        except SadaError as error:
            raise SadaError(f"{error} The rows before it are kept.") from error
        finally:
            progress.end()
        seconds = time.monotonic() - started
        print(
            f"{path}: {done.seen + done.rejected} rows in {seconds:.1f} s: {done.added} new posts,"
            f" {done.seen - done.added} known already, {done.rejected} rejected"
        )
        _explain(rejects, target)


def _explain(rejects: Rejects, target: Path) -> None:
    for reason, count in rejects.reasons.most_common(MOST_REASONS):
        print(f"  {count} × {harmless(reason)}")
    if rejects.total:
        print(f"  rejected rows: {target}")
