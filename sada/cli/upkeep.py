"""`status`, `check`, `campaigns`, `db`."""

from pathlib import Path
from typing import Annotated

import typer

from sada.cli.common import JsonOption, harmless, open_sada, print_json

database = typer.Typer(help="The database: upgrade, backup, restore.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.command()(status)
    app.command()(check)
    app.command()(campaigns)
    app.add_typer(database, name="db")


def status(json_: JsonOption = False) -> None:
    """Sources, last runs, coverage, budget, queue, disk, versions."""
    from sada.status import gather_status, status_lines

    document = gather_status(open_sada())
    if json_:
        print_json(document)
    else:
        print("\n".join(status_lines(document)))


def check(json_: JsonOption = False) -> int:
    """Validates settings and campaign files, tries each source, shows what queries compile to and
    what they may cost."""
    from sada.checking.document import document_of, is_well, parts
    from sada.checking.lines import lines_of

    if json_:
        document = document_of(parts())
        print_json(document)
        return int(not document["ok"])
    problems = 0
    for name, part in parts():
        for line in lines_of(name, part):
            print(harmless(line))
        problems += not is_well(part)
    return int(problems > 0)


def campaigns(json_: JsonOption = False) -> None:
    """The campaigns that Sada knows, with their dates and state."""
    sada = open_sada()
    today = sada.today()
    rows = [
        {
            "slug": one.slug,
            "title": one.title["fr"],
            "start": one.start,
            "end": one.end,
            "state": one.state(today).value,
            "sources": [plan.name for plan in one.sources],
        }
        for one in sada.campaigns.values()
    ]
    if json_:
        print_json(rows)
    for row in rows if not json_ else ():
        print(
            f"{row['slug']}: {row['title']} ({row['start']} – {row['end'] or '…'}), {row['state']}"
        )


@database.command()
def upgrade() -> None:
    """Brings the schema up to date; what is stored is kept."""
    from config.load import load_settings
    from sada.bootstrap import make_home
    from storage import migrate

    settings = load_settings()
    make_home(settings.home)
    migrate.upgrade(settings.database)
    print(f"database is at {migrate.revision(settings.database)}")


@database.command()
def backup(file: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Writes everything that is stored to one file."""
    from config.load import load_settings
    from storage.backup import backup as write

    write(load_settings().database, file)
    print(f"backup: {file} ({file.stat().st_size / 1e6:.1f} MB)")


@database.command()
def restore(
    file: Annotated[Path, typer.Argument(help="File that `sada db backup` wrote.")],
) -> None:
    """Fills an empty database from a backup."""
    from config.load import load_settings
    from sada.bootstrap import make_home
    from storage.backup import restore as read

    settings = load_settings()
    make_home(settings.home)
    read(settings.database, file)
    print(f"restored: {file}")
