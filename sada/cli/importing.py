"""`sada import`: shows how files will be read, reads them, says what became of every row."""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from collectors.files import (
    PRESETS,
    Guess,
    Mapping,
    Note,
    Rejects,
    Source,
    describe,
    inline_mapping,
    is_native,
    read_posts,
    sniff,
    sources_of,
)
from collectors.files.kept import find_mapping, keep_mapping
from collectors.files.mapping import check_against
from config.campaign import Campaign
from config.errors import ConfigurationError, SadaError
from sada.bootstrap import Sada
from sada.cli.common import harmless
from sada.cli.meter import Meter
from sada.cli.previewing import preview
from sada.pipeline.importing import Imported, import_posts, resume_point

FORMATS = ("csv", "ndjson", "json", "xlsx", "parquet")
MOST_REASONS = 5


@dataclass(frozen=True)
class ImportOptions:
    """How the user said that files are to be read. `dry_run`: rows to look at, 0 to import."""

    format: str = "auto"
    mapping: str | None = None
    save_mapping: str | None = None
    maps: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    spread: tuple[str, str] | None = None
    dates: str | None = None
    time_zone: str | None = None
    encoding: str | None = None
    rejects: Path | None = None
    dry_run: int = 0


@dataclass
class _Tally:
    """What all sources brought."""

    sources: int = 0
    failed: int = 0
    done: list[Imported] = field(default_factory=list)


def import_all(sada: Sada, campaign: Campaign, paths: list[Path], options: ImportOptions) -> int:
    """Imports what the paths name and prints what became of it; the exit status.

    One source's failure is told and harms no other. Raises `SadaError` where there is but one.
    """
    sources = [one for path in paths for one in sources_of(path, sys.stdin.buffer)]
    if options.rejects is not None and len(sources) > 1:
        raise ConfigurationError(
            "--rejects: one file of rejected rows goes with one FILE. Leave it away: each FILE's"
            " rejected rows then go beside it."
        )
    tally = _Tally()
    for source in sources:
        tally.sources += 1
        try:
            done = _import_one(sada, campaign, source, options)
            tally.done += [done] if done else []
        except SadaError as error:
            if len(sources) == 1:
                raise
            tally.failed += 1
            _print_failure(source, error)
    if len(sources) > 1 and not options.dry_run:
        _print_total(tally)
    return int(tally.failed > 0)


def print_formats() -> None:
    """The exports that are recognised, with the fields that they carry."""
    print(f"auto, {', '.join(FORMATS)}: tables and JSON with columns of any name")
    told: dict[str, tuple[str, list[str]]] = {}
    for preset in PRESETS:
        title, fields = told.setdefault(preset.name, (preset.title, []))
        fields += [one for one in preset.carries if one not in fields]
    for name, (title, fields) in told.items():
        print(f"{name}: {title}\n  {', '.join(fields)}")


def _import_one(
    sada: Sada, campaign: Campaign, source: Source, options: ImportOptions
) -> Imported | None:
    known = options.format in ("auto", *FORMATS)
    guess = sniff(source, encoding=options.encoding, export=None if known else options.format)
    if options.format in FORMATS and guess.format not in (options.format, "rejects"):
        raise ConfigurationError(
            f"{source.path}: looks like {guess.format}, not {options.format}. Leave --format away,"
            " or export the file again."
        )
    mapping = _mapping(sada, guess, options)
    _show(source, guess, mapping)
    check_against(mapping, guess.columns)
    if options.save_mapping:
        kept = keep_mapping(sada.settings.home / "mappings", options.save_mapping, mapping)
        print(f"  kept as {kept}", file=sys.stderr)
    if options.dry_run:
        preview(campaign, source, guess, mapping, options.dry_run)
        return None
    return _import(sada, campaign, source, guess, mapping, options.rejects)


def _mapping(sada: Sada, guess: Guess, options: ImportOptions) -> Mapping:
    """What was guessed, under what the kept mapping says, under what the command line says."""
    mapping = guess.mapping
    if options.mapping is not None:
        mapping = mapping.updated(find_mapping(sada.settings.home / "mappings", options.mapping))
    said = inline_mapping(
        options.maps,
        options.sets,
        dates=options.dates,
        time_zone=options.time_zone,
        spread=options.spread,
    )
    return mapping.updated(said)


def _show(source: Source, guess: Guess, mapping: Mapping) -> None:
    packed = "" if guess.compression == "none" else f", {guess.compression}"
    known = f", {guess.export}" if guess.export else ""
    print(
        harmless(f"{source.path}: {guess.format}{packed}, {guess.encoding}{known}"), file=sys.stderr
    )
    if is_native(guess, mapping):
        print("  as the platform's own parser reads it", file=sys.stderr)
        return
    for line in describe(mapping):
        print(f"  {harmless(line)}", file=sys.stderr)


def _import(
    sada: Sada,
    campaign: Campaign,
    source: Source,
    guess: Guess,
    mapping: Mapping,
    rejects_path: Path | None,
) -> Imported:
    target = rejects_path or _beside(source)
    if target and source.beside and target.exists() and target.samefile(source.beside):
        raise ConfigurationError(f"--rejects {target}: is the file to import. Name another one.")
    point = resume_point(sada, campaign, source, mapping)
    if point and point.rows:
        print(f"  goes on behind row {point.rows:,}, where it was interrupted", file=sys.stderr)
    note = _note(guess, mapping)
    meter, started = Meter(source.path.name), time.monotonic()
    skip, size = (point.rows, point.rejects_size) if point else (0, 0)
    with Rejects(target, note, size=size) as rejects:
        rows = read_posts(source, mapping, guess=guess, progress=meter.bytes_read, skip=skip)
        try:
            done = import_posts(
                sada, campaign, rows, rejects=rejects, point=point,
                progress=lambda so_far: meter.show(so_far.rows),
            )  # fmt: skip
        except SadaError as error:
            raise SadaError(f"{error} The rows before it are kept.") from error
        finally:
            meter.end()
        print(_told(source, done, time.monotonic() - started))
        _explain(rejects, target)
    return done


def _beside(source: Source) -> Path | None:
    """Where rejected rows go: beside the file, or the archive that it is in."""
    if source.beside is None:
        return None
    inside = source.path.relative_to(source.beside).parts if source.path != source.beside else ()
    name = ".".join((source.beside.name, *(part.replace("\\", "_") for part in inside)))
    return source.beside.with_name(f"{name}.rejects.ndjson")


def _note(guess: Guess, mapping: Mapping) -> Note:
    told = mapping.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    native = is_native(guess, mapping)
    return Note(guess.columns, told, guess.delimiter, guess.export, native)


def _told(source: Source, done: Imported, seconds: float) -> str:
    more = {"twice in the file": done.repeated, "erased for good": done.erased}
    rest = "".join(f", {count} {what}" for what, count in more.items() if count)
    return harmless(
        f"{source.path}: {done.rows} rows in {seconds:.1f} s: {done.added} new, {done.updated}"
        f" updated, {done.unchanged} unchanged, {done.rejected} rejected{rest}"
    )


def _explain(rejects: Rejects, target: Path | None) -> None:
    for reason, count in rejects.reasons.most_common(MOST_REASONS):
        print(f"  {count} × {harmless(reason)}")
    if rejects.total and target:
        print(f"  rejected rows: {harmless(str(target))}; mend them there and import that file")
    elif rejects.total:
        print("  add --rejects FILE to keep the rejected rows")


def _print_failure(source: Source, error: SadaError) -> None:
    said = " ".join(str(error).split())
    where = "" if str(source.path) in said else f"{source.path}: "
    print(harmless(f"sada: {where}{said}"), file=sys.stderr)


def _print_total(tally: _Tally) -> None:
    done = tally.done
    sums = [sum(getattr(one, name) for one in done) for name in ("rows", "added", "rejected")]
    failed = f", {tally.failed} failed" if tally.failed else ""
    rows, added, rejected = sums
    print(f"{tally.sources} files{failed}: {rows} rows, {added} new posts, {rejected} rejected")
