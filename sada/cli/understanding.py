"""`annotate`, `topics`, `classify`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from sada.cli.common import CampaignArgument, open_sada


def register(app: typer.Typer) -> None:
    app.command()(annotate)
    app.command()(topics)
    app.command()(classify)


def annotate(
    prune: Annotated[
        bool,
        typer.Option(
            "--prune", help="Delete what models understood that are neither shown nor wanted."
        ),
    ] = False,
) -> None:
    """Brings the annotations of all stored texts up to date, with the model of the settings."""
    from sada.cli.reading import annotate_now, prune_now

    sada = open_sada()
    if prune:
        prune_now(sada)
    else:
        annotate_now(sada)


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
    from config.load import load_settings
    from sada.cli.classifying import classify_stream

    classify_stream(load_settings(), file, format_, text_column)
