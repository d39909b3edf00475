"""`collect`, `import`, `recheck`, `refresh`, `forget`."""

from pathlib import Path
from typing import Annotated

import typer

from config.errors import ConfigurationError
from sada.cli.common import chosen, open_sada


def register(app: typer.Typer) -> None:
    app.command()(collect)
    app.command("import")(import_files)
    app.command()(recheck)
    app.command()(refresh)
    app.command()(forget)


def collect(
    campaign: Annotated[str | None, typer.Argument(metavar="[CAMPAIGN]")] = None,
    source: Annotated[str | None, typer.Option(help="Only this source.")] = None,
) -> int:
    """One pass now, over every source or one."""
    from sada.pipeline.collect import collect_source

    sada = open_sada()
    jobs = [
        (one, plan)
        for one in chosen(sada, campaign)
        for plan in one.sources
        if source in (None, plan.name)
    ]
    if not jobs:
        raise ConfigurationError(f"no campaign has a source '{source}'. See sada campaigns.")
    failures = 0
    for one, plan in jobs:
        done = collect_source(sada, one, plan)
        said = f": {done.error}" if done.error else ""
        print(f"{one.slug} {plan.name}: {done.state}, {done.seen} seen, {done.added} new{said}")
        failures += done.state not in ("ok", "stopped")
    return int(failures > 0)


def recheck(
    campaign: Annotated[str | None, typer.Argument(metavar="[CAMPAIGN]")] = None,
    wait: Annotated[
        int,
        typer.Option(
            min=0, metavar="MINUTES", help="Wait so long for a platform that answers later."
        ),
    ] = 0,
) -> int:
    """Asks the platforms what was deleted or edited, and applies it.

    X answers later (a compliance job): the scheduler or the next recheck fetches its answer.
    """
    from sada.pipeline.recheck import answered

    sada = open_sada()
    failures = 0
    for one in chosen(sada, campaign):
        for plan in one.sources:
            done = answered(sada, one, plan, minutes=wait)
            said = f": {done.error}" if done.error else ""
            said = ": asked, no answer yet; ask again in some minutes" if done.waiting else said
            print(f"{one.slug} {plan.name}: {done.asked} asked, {done.gone} erased{said}")
            failures += bool(done.error)
    return int(failures > 0)


def refresh(
    campaign: Annotated[str | None, typer.Argument(metavar="[CAMPAIGN]")] = None,
) -> int:
    """Reads interactions again of posts whose second look is due (an hour, a day, three, a week).

    Where a platform bills, only for sources with `refresh: true` in the campaign file.
    """
    from sada.pipeline.refresh import refresh_source

    sada = open_sada()
    failures = 0
    for one in chosen(sada, campaign):
        for plan in one.sources:
            done = refresh_source(sada, one, plan)
            said = f": {done.error}" if done.error else ""
            print(f"{one.slug} {plan.name}: {done.asked} asked, {done.gone} erased{said}")
            failures += bool(done.error)
    return int(failures > 0)


def forget(
    post: Annotated[str | None, typer.Option(metavar="PLATFORM:ID")] = None,
    author: Annotated[str | None, typer.Option(metavar="PLATFORM:HANDLE")] = None,
) -> None:
    """Erases a post or everything of an author, for good: no import brings it back."""
    from collectors.files import stored_id
    from storage.erase import forget_author, forget_post

    if (post is None) == (author is None):
        raise ConfigurationError("forget: give either --post PLATFORM:ID or --author PLATFORM:ID.")
    platform, name = _named(post or author or "")
    sada = open_sada()
    if post:
        name = stored_id(name)
        gone = forget_post(sada.database, platform, name, secret=sada.secret, now=sada.clock())
    else:
        gone = forget_author(
            sada.database, platform, secret=sada.secret, now=sada.clock(), handle=name
        )
    print(f"{gone} posts erased; {platform}:{name} will not be stored again.")
    if gone:
        print("Topics that knew them are gone too; the scheduler or sada topics finds new ones.")


def _named(what: str) -> tuple[str, str]:
    """Platform, as it is stored, and id or handle. Raises `ConfigurationError`."""
    from collectors.files.values import platform

    named, _, name = what.partition(":")
    if not named.strip() or not name.strip():
        raise ConfigurationError("forget: write the platform, a colon and the id, as in x:12345.")
    try:
        return platform(named), name.strip()
    except ValueError as error:
        raise ConfigurationError(f"forget: {error}. Write it as in x:12345.") from error


def import_files(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="Files, folders, or - for stdin.")
    ] = None,
    campaign: Annotated[
        str | None, typer.Option(help="Slug of the campaign they belong to. Needed.")
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", help="auto, csv, ndjson, json, xlsx, parquet or an export's name."
        ),
    ] = "auto",
    formats: Annotated[
        bool, typer.Option("--formats", help="List the known exports and stop.")
    ] = False,
    mapping: Annotated[
        str | None, typer.Option(help="Which column is what: a YAML file, or a kept name.")
    ] = None,
    save_mapping: Annotated[
        str | None, typer.Option(metavar="NAME", help="Keep the mapping for --mapping NAME.")
    ] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", metavar="FIELD=COLUMN", help="One column.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="One fixed value.")
    ] = None,
    spread: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="FROM TO", help="Lay undated rows evenly over these days."),
    ] = None,
    dates: Annotated[
        str | None, typer.Option(help="auto, day-first, month-first or a strptime form.")
    ] = None,
    time_zone: Annotated[
        str | None,
        typer.Option(
            "--time-zone",
            "--timezone",
            help="Zone of times that bear none. Default: Africa/Casablanca",
        ),
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of the files.")] = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected rows go. Default: FILE.rejects.ndjson")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what the first rows would become and stop.")
    ] = False,
    sample: Annotated[int, typer.Option(min=1, help="Rows that --dry-run looks at.")] = 1000,
) -> int:
    """Brings in posts from exports (CSV, TSV, JSON, XLSX, Parquet; gz, zip, folders, stdin)."""
    from sada.cli.importing import ImportOptions, import_all, print_formats

    if formats:
        print_formats()
        return 0
    if not files or campaign is None:
        raise ConfigurationError("import: name FILE… and --campaign. See sada import --help.")
    sada = open_sada()
    options = ImportOptions(
        format=format_,
        mapping=mapping,
        save_mapping=save_mapping,
        maps=tuple(map_ or ()),
        sets=tuple(set_ or ()),
        spread=spread,
        dates=dates,
        time_zone=time_zone,
        encoding=encoding,
        rejects=rejects,
        dry_run=sample if dry_run else 0,
    )
    return import_all(sada, sada.campaign(campaign), files, options)
