"""What happens on the labelling page: an answer, the next text, a draw, a file. Draws no frame."""

import binascii
import logging
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from dash import html, no_update

from config.campaign import Phase
from config.errors import SadaError
from config.i18n import Translator
from dashboard import ids
from dashboard.context import Shown
from dashboard.parts.labelling import card, progress
from measures.labelling import Labelling, labelling
from storage.labels_draw import MOST_AT_ONCE, Wish
from storage.labels_files import Imported
from storage.labels_queue import is_done
from storage.labels_rows import SENTIMENTS, Answer, Item, Sample, by_post, settle_all

log = logging.getLogger(__name__)
REJECTS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Turn:
    """What a press of a button, or a change of name, asks for. All of it may be nonsense."""

    annotator: str
    disputed: bool
    action: str
    post_id: int | None
    text_key: str
    number: int
    offensive: bool | None


def read_turn(who: Any, mode: Any, item: Any, flag: Any, trigger: Any) -> Turn:
    item = item if isinstance(item, dict) else {}
    post_id, number = item.get("post"), item.get("turn")
    return Turn(
        annotator=" ".join(who.split())[:40] if isinstance(who, str) else "",
        disputed=mode == "disputed",
        action=ids.LABEL_ACTIONS.get(trigger, "") if isinstance(trigger, str) else "",
        post_id=post_id if isinstance(post_id, int) and not isinstance(post_id, bool) else None,
        text_key=str(item.get("key") or "")[:64],
        number=number % 1_000_000 if isinstance(number, int) else 0,
        offensive=flag if isinstance(flag, bool) else None,
    )


def play(shown: Shown, turn: Turn) -> tuple[Item | None, str]:
    """Does what was asked; the text that is on the desk then, and what to tell of it."""
    t, book = shown.t, shown.labels
    if not turn.annotator:
        return None, t("labels.who.first")
    told = ""
    if turn.action == "undo":
        item = book.take_back(shown.slug, turn.annotator, shown.now)
        if item is not None:
            return item, t("labels.undone")
        told = t("labels.undone.none")
    elif turn.action and turn.post_id is not None:
        sentiment = turn.action if turn.action in SENTIMENTS else None
        kept = book.keep(
            shown.slug, turn.annotator, turn.post_id, turn.text_key, sentiment, turn.offensive,
            shown.now,
        )  # fmt: skip
        name = t(f"label.{sentiment}") if sentiment else t("labels.skip")
        told = t("labels.kept", label=name) if kept else t("labels.changed")
    item = book.next_text(shown.slug, turn.annotator, shown.now, disputed=turn.disputed)
    return item, told


def left_for(samples: list[Sample], answers: list[Answer], annotator: str) -> int:
    """Texts that still wait for `annotator`."""
    given = by_post(answers)
    return sum(
        not is_done(one, said) and not any(a.annotator == annotator and a.current for a in said)
        for one in samples
        for said in [given.get(one.post_id, [])]
    )


def answer(shown: Shown, turn: Turn) -> tuple[Any, ...]:
    """Card, item, flag, progress, status and whether buttons are off, after a turn."""
    t, number = shown.t, turn.number + 1
    try:
        item, told = play(shown, turn)
        samples, answers = shown.labels.sample(shown.slug)
    except SadaError:
        log.exception("An answer of campaign %r could not be kept", shown.slug)
        return no_update, no_update, no_update, no_update, t("labels.failed"), no_update
    message = told if not turn.annotator else t("labels.done.disputed" if turn.disputed else
                                                "labels.done")  # fmt: skip
    left = left_for(samples, answers, turn.annotator)
    return (
        card(item, number, t, message),
        {"post": item.post_id, "key": item.text_key, "turn": number} if item else {"turn": number},
        _flag(item, shown),
        progress(samples, answers, turn.annotator, left, t) if turn.annotator else None,
        told if turn.annotator else "",
        item is None,
    )


def _flag(item: Item | None, shown: Shown) -> bool | None:
    """Where the offensive button stands: `None` where the platform's terms forbid the question."""
    if item is not None and item.platform in shown.offensive_excluded:
        return None
    return bool(item and item.given and item.given.offensive)


def state_of(shown: Shown) -> Labelling:
    samples, answers = shown.labels.sample(shown.slug)
    return labelling(
        samples,
        answers,
        settle_all(answers),
        shown.campaign.phase,
        offensive_excluded=shown.offensive_excluded,
    )


def draw_more(shown: Shown, count: Any) -> str:
    """Draws `count` texts a period; what was done."""
    t = shown.t
    if not isinstance(count, int | float) or isinstance(count, bool) or not 1 <= count <= 5000:
        return t("labels.draw.wrong", most=t.number(MOST_AT_ONCE))
    spans = {
        phase.value: span
        for phase in Phase
        if (span := shown.campaign.phase_days(phase, shown.today)) is not None
    }
    first = not shown.labels.sample(shown.slug)[0]
    wish = Wish(per_period=int(count)) if first else Wish(more=int(count))
    drawn = shown.labels.draw(shown.slug, spans, wish, shown.now)
    parts = [
        t("colon", name=t(f"phase.{one.phase}"), value=t("labels.drawn.one",
          added=t.number(one.added), drawn=t.number(one.drawn), all=t.number(one.population)))
        for one in drawn
    ]  # fmt: skip
    return " · ".join(parts)


def imported(done: Imported, t: Translator) -> list[Any]:
    """What became of a file."""
    rest = len(done.rejects) - REJECTS_SHOWN
    return [
        html.P(
            t(
                "labels.imported",
                added=t.number(done.added),
                changed=t.number(done.changed),
                same=t.number(done.same),
                empty=t.number(done.empty),
                rejected=t.number(len(done.rejects)),
            )
        ),
        html.Ul(
            [
                html.Li(t("labels.reject", line=t.number(one.line),
                          reason=t(f"labels.reject.{one.reason}")))
                for one in done.rejects[:REJECTS_SHOWN]
            ]
            + ([html.Li(t("labels.reject.more", count=t.number(rest)))] if rest > 0 else []),
            className="rejects",
        ),
    ]  # fmt: skip


def take_in(shown: Shown, contents: Any) -> list[Any]:
    """Takes in what `dcc.Upload` sends."""
    t = shown.t
    try:
        content = b64decode(str(contents).partition(",")[2], validate=True)
        return imported(shown.labels.take_in(shown.slug, content, shown.now), t)
    except (binascii.Error, ValueError):
        return [html.P(t("labels.import.wrong"), className="card-warning")]
    except SadaError as error:
        log.warning("A file of labels was refused: %s", error)
        return [html.P(t("labels.import.wrong"), className="card-warning")]
