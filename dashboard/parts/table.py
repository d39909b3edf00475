"""Tables that become a list of cards on a phone: each cell then says what its column is."""

from collections.abc import Sequence
from typing import Any

from dash import html


def versus_table(
    head: Sequence[Any],
    labels: Sequence[str],
    rows: Sequence[Sequence[Any]],
    caption: str,
    *,
    short: bool = False,
) -> html.Table:
    """`head` are the titles of all columns and `labels` those of all but the first as plain texts,
    for phones; the first cell of each row names it. `short`: two cells fit beside each other
    there."""
    return html.Table(
        [
            html.Caption(caption, className="sr-only"),
            html.Thead(html.Tr([html.Th(title, scope="col") for title in head])),
            html.Tbody([_row(row, labels) for row in rows]),
        ],
        className="versus versus-compact" if short else "versus",
    )


def _row(row: Sequence[Any], labels: Sequence[str]) -> html.Tr:
    name, *cells = row
    return html.Tr(
        [
            html.Th(name, scope="row"),
            *[
                html.Td([html.Div(label, className="versus-label"), html.Div(cell)])
                for label, cell in zip(labels, cells, strict=True)
            ],
        ]
    )
