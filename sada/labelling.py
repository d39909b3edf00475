"""`sada labels`: draws samples, takes labels in and out, tells how far annotators agree."""

import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config.campaign import Campaign, Phase
from config.errors import SadaError
from measures.agreement import Agreement, Confusion
from measures.labelling import PRECISION, Labelling, labelling
from sada.bootstrap import Sada
from sada.policy import held_apart, offensive_excluded
from storage.labels_csv import REASONS
from storage.labels_draw import Wish, draw
from storage.labels_files import Imported, export_answers, export_sheet, import_labels
from storage.labels_rows import Drawn, settle_all
from storage.queries.labels import label_sample

KEY_BYTES = 16
MOST_REJECTS = 20


def draw_sample(sada: Sada, campaign: Campaign, wish: Wish) -> list[Drawn]:
    """Draws what `wish` asks for from each phase that has begun. Raises `SadaError`."""
    spans = {
        phase.value: span
        for phase in Phase
        if (span := campaign.phase_days(phase, sada.today())) is not None
    }
    return draw(
        sada.database,
        campaign.slug,
        spans,
        wish,
        key=secrets.token_bytes(KEY_BYTES),
        now=sada.clock(),
        held_apart=held_apart(sada),
    )


def drawn_lines(drawn: list[Drawn]) -> Iterator[str]:
    """What a draw did, for a person."""
    for one in drawn:
        yield (
            f"{one.phase}: {one.added} drawn, {one.drawn} in all, of {one.population} originals"
            " that the model has read"
        )
    known = ", ".join(f"±{points} points with {labels}" for labels, points in PRECISION)
    yield f"A share is then known to about {known} labels a period."


def write_labels(
    sada: Sada, campaign: Campaign, out: Path, *, annotator: str | None, with_ids: bool
) -> int:
    """Writes all answers, or the sheet of `annotator`; how many rows. Raises `SadaError`."""
    if annotator is None:
        text, count = export_answers(sada.database, campaign.slug, with_ids=with_ids)
    else:
        text, count = export_sheet(
            sada.database, campaign.slug, annotator, held_apart=held_apart(sada)
        )
    _write_whole(out, text)
    return count


def read_labels(sada: Sada, campaign: Campaign, file: Path) -> Imported:
    """Takes a filled-in file in. Raises `SadaError`."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SadaError(f"{file}: cannot be read ({error.strerror}). Check the name.") from error
    return import_labels(sada.database, campaign.slug, content, sada.clock())


def imported_lines(done: Imported) -> Iterator[str]:
    """What became of a file, for a person."""
    yield (
        f"{done.added} labels new, {done.changed} changed, {done.same} known already,"
        f" {done.empty} rows left empty, {len(done.rejects)} rejected"
    )
    for reject in done.rejects[:MOST_REJECTS]:
        value = f" ({reject.value})" if reject.value else ""
        yield f"  line {reject.line}: {REASONS[reject.reason]}{value}"
    if len(done.rejects) > MOST_REJECTS:
        yield f"  and {len(done.rejects) - MOST_REJECTS} more"


def state_of_labels(sada: Sada, campaign: Campaign) -> Labelling:
    """Progress, agreement and confusions."""
    samples, answers = label_sample(sada.database, campaign.slug)
    return labelling(
        samples,
        answers,
        settle_all(answers),
        campaign.phase,
        offensive_excluded=offensive_excluded(sada),
    )


def agreement_document(campaign: Campaign, state: Labelling) -> Mapping[str, Any]:
    """The document of `sada labels agreement --json`."""
    return {
        "campaign": campaign.slug,
        "progress": {
            phase.value: {
                "drawn": one.drawn,
                "labelled": one.labelled,
                "twice": one.twice,
                "disputed": one.disputed,
            }
            for phase, one in state.progress.items()
        },
        "annotators": dict(state.annotators),
        "skipped": state.skipped,
        "outdated": state.outdated,
        "agreement": {
            "sentiment": _agreement(state.sentiment, "ordinal"),
            "offensive": _agreement(state.offensive, "nominal"),
        },
        "confusion": {
            "sentiment": _tables(state.sentiment_confusion),
            "offensive": _tables(state.offensive_confusion),
        },
    }


def agreement_lines(state: Labelling) -> Iterator[str]:
    """The same for a person."""
    for phase, one in state.progress.items():
        yield (
            f"{phase.value}: {one.labelled} of {one.drawn} labelled, {one.twice} by two people,"
            f" {one.disputed} disputed"
        )
    people = ", ".join(f"{name} {count}" for name, count in state.annotators.items())
    yield f"annotators: {people or 'none yet'}"
    yield f"sentiment: {_told(state.sentiment)}"
    yield f"offensive: {_told(state.offensive)}"
    for name, tables in (
        ("sentiment", state.sentiment_confusion),
        ("offensive", state.offensive_confusion),
    ):
        for language, table in tables.items():
            if table.total:
                yield ""
                yield from _table(f"{name}, {language or 'all languages'}", table)


def _agreement(one: Agreement, level: str) -> dict[str, Any]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 6)

    return {
        "alpha": rounded(one.alpha),
        "low": rounded(one.low),
        "high": rounded(one.high),
        "level": level,
        "texts": one.texts,
        "annotators": one.annotators,
        "same": rounded(one.same),
        "reason": one.reason,
    }


def _tables(tables: Mapping[str, Confusion]) -> dict[str, Any]:
    return {
        language or "all": {"values": list(table.values), "counts": [list(r) for r in table.counts]}
        for language, table in tables.items()
    }


def _told(one: Agreement) -> str:
    if one.reason == "no_overlap":
        return "no text has answers of two people yet"
    if one.alpha is None:
        return f"everybody always said the same on {one.texts} texts; alpha says nothing of that"
    interval = "" if one.low is None else f" [{one.low:.2f}, {one.high:.2f}]"
    return (
        f"Krippendorff's alpha {one.alpha:.2f}{interval} on {one.texts} texts of"
        f" {one.annotators} people"
    )


def _table(title: str, table: Confusion) -> Iterator[str]:
    yield f"{title}: {table.total} texts, the model right on {table.right or 0:.0%}"
    yield f"{'people say':<12}" + "".join(f"{f'model {name}':>12}" for name in table.values)
    for name, row in zip(table.values, table.counts, strict=True):
        yield f"{name:<12}" + "".join(f"{count:>12}" for count in row)


def _write_whole(path: Path, text: str) -> None:
    """The file appears whole or not at all, readable by its owner only."""
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise SadaError(
            f"{path}: cannot be written ({error.strerror or error}). Choose another place."
        ) from error
