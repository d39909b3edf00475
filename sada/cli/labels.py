"""`labels draw`, `labels export`, `labels import`, `labels agreement`."""

from pathlib import Path
from typing import Annotated

import typer

from sada.cli.common import CampaignArgument, JsonOption, open_sada, print_json

labels = typer.Typer(
    help="Hand labels: draw texts, export and import, agreement.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    app.add_typer(labels, name="labels")


@labels.command()
def draw(
    campaign: CampaignArgument,
    per_period: Annotated[
        int, typer.Option(help="Fill each period up to so many texts; 200 where nothing is said.")
    ] = 0,
    more: Annotated[int, typer.Option(help="Draw so many more texts from each period.")] = 0,
    seed: Annotated[
        int | None, typer.Option(help="Another seed draws others; fixed by the first draw.")
    ] = None,
    overlap: Annotated[
        float | None,
        typer.Option(help="Share of texts that two people label (0.2); fixed by the first draw."),
    ] = None,
) -> None:
    """Draws originals at random before, during and after the campaign, by language."""
    from sada.labelling import draw_sample, drawn_lines
    from storage.labels_draw import Wish

    sada = open_sada()
    wish = Wish(per_period if per_period or more else 200, more, seed, overlap)
    print("\n".join(drawn_lines(draw_sample(sada, sada.campaign(campaign), wish))))


@labels.command(name="export")
def export_labels(
    campaign: CampaignArgument,
    out: Annotated[Path, typer.Option(help="CSV file to write.")],
    annotator: Annotated[
        str | None,
        typer.Option(
            "--for", help="A sheet of the texts that wait for this annotator, to fill in."
        ),
    ] = None,
    ids: Annotated[bool, typer.Option("--ids", help="With the platforms' own ids.")] = False,
) -> None:
    """Writes every single answer, or a blind sheet to label in, as CSV."""
    from sada.labelling import write_labels

    sada = open_sada()
    one = sada.campaign(campaign)
    count = write_labels(sada, one, out, annotator=annotator, with_ids=ids)
    print(f"{count} rows: {out}")


@labels.command(name="import")
def import_(
    campaign: CampaignArgument,
    file: Annotated[Path, typer.Argument(help="A filled-in sheet or a file of answers.")],
) -> int:
    """Takes labels in from CSV; says of every row refused why."""
    from sada.labelling import imported_lines, read_labels

    sada = open_sada()
    done = read_labels(sada, sada.campaign(campaign), file)
    print("\n".join(imported_lines(done)))
    return int(bool(done.rejects))


@labels.command()
def agreement(campaign: CampaignArgument, json_: JsonOption = False) -> None:
    """Progress, Krippendorff's alpha, and the classifier's errors by language."""
    from sada.labelling import agreement_document, agreement_lines, state_of_labels

    sada = open_sada()
    one = sada.campaign(campaign)
    state = state_of_labels(sada, one)
    if json_:
        print_json(agreement_document(one, state))
    else:
        print("\n".join(agreement_lines(state)))
