"""`annotate`, `topics`, `classify`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from sada.cli.common import CampaignArgument, Progress, open_sada


def register(app: typer.Typer) -> None:
    app.command()(annotate)
    app.command()(topics)
    app.command()(classify)


def annotate() -> None:
    """Brings the annotations of all stored texts up to date."""
    from nlp.embedded import load_embedded
    from sada.pipeline.annotate import annotate_all
    from storage.queries import texts_waiting

    sada = open_sada()
    model = load_embedded()
    progress = Progress()
    waiting = texts_waiting(sada.database)
    done = annotate_all(
        sada,
        model,
        progress=lambda done: progress.show(f"{done} of {waiting} texts read", done),
    )
    progress.end()
    print(f"{done} texts read by {model.name} {model.version}")


def topics(campaign: CampaignArgument) -> None:
    """Finds the topics of a campaign anew."""
    from sada.pipeline.topics import FEWEST_TEXTS, find_campaign_topics

    sada = open_sada()
    found = find_campaign_topics(sada, sada.campaign(campaign).slug)
    if found:
        print(f"{campaign}: {found} topics")
    else:
        print(f"{campaign}: no topics; they need at least {FEWEST_TEXTS} different texts")


def classify(
    file: Annotated[Path | None, typer.Argument(help="Default: stdin.")] = None,
    format_: Annotated[
        Literal["lines", "csv", "ndjson"], typer.Option("--format", help="How texts come.")
    ] = "lines",
    text_column: Annotated[str, typer.Option(help="Column or field of the text.")] = "text",
) -> None:
    """Language, sentiment and offensiveness of texts, as NDJSON in input order."""
    from sada.cli.classifying import classify_stream

    classify_stream(file, format_, text_column)
