"""`measure`, `compare`, `export`, `digest`, `report`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from sada.cli.common import CampaignArgument, JsonOption, open_sada, print_json


def register(app: typer.Typer) -> None:
    app.command()(measure)
    app.command()(compare)
    app.command()(export)
    app.command()(digest)
    app.command()(report)


def measure(campaign: CampaignArgument, json_: JsonOption = False) -> None:
    """All metrics before, during and after the campaign, and what changed."""
    from sada.measuring import measure_campaign, measure_lines

    sada = open_sada()
    document = measure_campaign(sada, sada.campaign(campaign))
    if json_:
        print_json(document)
    else:
        print("\n".join(measure_lines(document)))


def compare(
    campaign: CampaignArgument,
    other: Annotated[
        str | None,
        typer.Argument(
            metavar="[OTHER]",
            help="Slug of the other, or its wave. Without it, the conversation around it.",
            show_default=False,
        ),
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Two campaigns or waves, or a campaign and its conversation, side by side: which changed more?

    Each with its changes, their intervals and the contrast of the two.
    """
    from sada.comparing import compare_document, compare_lines

    sada = open_sada()
    theirs = sada.campaign(other) if other is not None else None
    document = compare_document(sada, sada.campaign(campaign), theirs)
    if json_:
        print_json(document)
    else:
        print("\n".join(compare_lines(document)))


def export(
    campaign: CampaignArgument,
    out: Annotated[Path, typer.Option(help="File to write: .csv, .ndjson, .xlsx or .parquet.")],
    ids: Annotated[bool, typer.Option("--ids", help="With the platforms' own ids.")] = False,
) -> None:
    """Its posts with annotations, texts masked, authors under a pseudonym of this export."""
    from reports.export import export as write
    from storage.queries import export_rows

    sada = open_sada()
    slug = sada.campaign(campaign).slug
    done = write(export_rows(sada.database, slug), out, with_ids=ids)
    print(f"{done} posts: {out}")


def digest(
    campaign: CampaignArgument,
    date: Annotated[str | None, typer.Option(help="Day of the mail, YYYY-MM-DD.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write: .eml, .html or .txt.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Send it to the recipients.")] = False,
) -> int:
    """Today's mail."""
    from sada.mailing import send_digest, write_digest
    from sada.services import parse_day

    sada = open_sada()
    one = sada.campaign(campaign)
    day = parse_day(date) or sada.today()
    if out is not None or not send:
        print(write_digest(sada, one, day, out))
    if not send:
        return 0
    outcomes = send_digest(sada, one, day)
    for outcome in outcomes:
        print(f"{outcome.recipient}: {outcome.state}{': ' * bool(outcome.error)}{outcome.error}")
    return int(any(outcome.state == "failed" for outcome in outcomes))


def report(
    campaign: CampaignArgument,
    out: Annotated[Path, typer.Option(help="Folder to write.")],
    lang: Annotated[Literal["fr", "ar", "en"], typer.Option(help="Language.")] = "fr",
) -> None:
    """The end-of-campaign report."""
    from sada.mailing import write_campaign_report

    sada = open_sada()
    print(write_campaign_report(sada, sada.campaign(campaign), out, lang))
