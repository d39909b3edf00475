"""Draws posts for labelling: reads the frame, lets `storage.sampling` choose, keeps the choice."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database, portions
from storage.labels_rows import Drawn, LabelError
from storage.queries.cuts import member_posts
from storage.sampling import Pick, Unit, doubled, pick, shuffled

SEED: Final = 1
OVERLAP: Final = 0.2
LARGEST_SEED: Final = 2**31 - 1
MOST_AT_ONCE: Final = 5000
Spans = Mapping[str, tuple[date, date]]
"""First and last day by phase."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn: each phase filled up to `per_period` texts, and then `more` each.

    `seed` and `overlap` are fixed by the first draw; `None` takes what it took, at first 1 and
    one text in five.
    """

    per_period: int = 0
    more: int = 0
    seed: int | None = None
    overlap: float | None = None


def draw(
    db: Database,
    slug: str,
    spans: Spans,
    wish: Wish,
    *,
    key: bytes,
    now: datetime,
    held_apart: Callable[[str], bool] | None = None,
) -> list[Drawn]:
    """Draws originals of each phase at random, by language; what was done, phase by phase.

    `key` (16 random bytes) is used when this is the first draw. A post for whose text `held_apart`
    answers True is never drawn. Raises `LabelError` for a wish that cannot be.
    """
    _check(wish)
    with db.writing() as session:
        campaign = campaign_id(session, slug)
        if campaign is None:
            return [Drawn(phase, 0, 0, 0) for phase in spans]
        seed, overlap = _plan(session, campaign, wish, key, now)
        frames = {phase: _frame(session, campaign, span) for phase, span in spans.items()}
        known = _drawn(session, campaign)
        picks: dict[str, list[Pick]] = {}
        for phase, units in frames.items():
            taken = Counter(unit.stratum for unit in units if unit.post_id in known)
            free = [unit for unit in units if unit.post_id not in known]
            wanted = max(wish.per_period - taken.total(), 0) + wish.more
            picks[phase] = pick(free, taken, wanted, seed, _may(session, held_apart))
            _raise_chances(session, campaign, units, known, picks[phase])
        _keep(session, campaign, shuffled(picks, seed), seed, overlap, now)
    return [
        Drawn(phase, len(units), sum(u.post_id in known for u in units) + len(picks[phase]),
              len(picks[phase]))
        for phase, units in frames.items()
    ]  # fmt: skip


def _check(wish: Wish) -> None:
    if not (0 <= wish.per_period <= MOST_AT_ONCE and 0 <= wish.more <= MOST_AT_ONCE):
        raise LabelError(f"a draw takes 1 to {MOST_AT_ONCE} texts a period. Ask for fewer.")
    if wish.seed is not None and not 0 <= wish.seed <= LARGEST_SEED:
        raise LabelError(f"seed {wish.seed}: give a number from 0 to {LARGEST_SEED}.")
    if wish.overlap is not None and not 0 <= wish.overlap <= 1:
        raise LabelError(f"overlap {wish.overlap}: give a share from 0 to 1, such as 0.2.")


def _plan(
    session: Session, campaign: int, wish: Wish, key: bytes, now: datetime
) -> tuple[int, float]:
    """Seed and overlap: those of the first draw, which this may be."""
    c = t.label_plans.c
    found = session.execute(
        select(c.seed, c.overlap).where(c.campaign_id == campaign)
    ).one_or_none()
    if found is None:
        seed = SEED if wish.seed is None else wish.seed
        overlap = OVERLAP if wish.overlap is None else wish.overlap
        row = {"campaign_id": campaign, "seed": seed, "overlap": overlap, "key": key,
               "made_at": now}  # fmt: skip
        session.execute(insert(t.label_plans), row)
        return seed, overlap
    for name, wanted, kept in (
        ("seed", wish.seed, found.seed),
        ("overlap", wish.overlap, found.overlap),
    ):
        if wanted is not None and wanted != kept:
            raise LabelError(
                f"{name} {wanted}: this campaign's sample was begun with {kept}, and a sample keeps"
                f" its {name}. Leave it away."
            )
    return int(found.seed), float(found.overlap)


def _frame(session: Session, campaign: int, span: tuple[date, date]) -> list[Unit]:
    """The originals of a stretch of days that the shown model has read."""
    p, a = t.posts.c, t.annotations.c
    wanted = (
        select(p.id, p.platform, p.platform_id, a.language)
        .select_from(member_posts(annotated=True))
        .where(t.memberships.c.campaign_id == campaign, p.kind == "original")
        .where(p.day >= span[0], p.day <= span[1], a.language.is_not(None))
    )
    return [
        Unit(number, f"{platform}\0{name}", language)
        for number, platform, name, language in session.execute(wanted)
    ]


def _drawn(session: Session, campaign: int) -> set[int]:
    c = t.label_samples.c
    return set(session.scalars(select(c.post_id).where(c.campaign_id == campaign)))


def _may(session: Session, held_apart: Callable[[str], bool] | None) -> Callable[[Unit], bool]:
    if held_apart is None:
        return lambda unit: True

    def may(unit: Unit) -> bool:
        text = session.scalar(
            select(t.texts.c.body)
            .join_from(t.posts, t.texts, t.texts.c.id == t.posts.c.text_id)
            .where(t.posts.c.id == unit.post_id)
        )
        return not held_apart(text or "")

    return may


def _raise_chances(
    session: Session,
    campaign: int,
    units: Sequence[Unit],
    known: set[int],
    picks: Sequence[Pick],
) -> None:
    """Posts drawn before had this draw's chance too: the larger of both is theirs."""
    chances = {one.unit.stratum: one.chance for one in picks}
    c = t.label_samples.c
    for stratum, chance in chances.items():
        earlier = [u.post_id for u in units if u.stratum == stratum and u.post_id in known]
        for some in portions(earlier):
            session.execute(
                update(t.label_samples)
                .where(c.campaign_id == campaign, c.post_id.in_(some), c.chance < chance)
                .values(chance=chance)
            )


def _keep(
    session: Session,
    campaign: int,
    order: Sequence[tuple[str, Pick]],
    seed: int,
    overlap: float,
    now: datetime,
) -> None:
    c = t.label_samples.c
    last = session.scalar(select(func.max(c.position)).where(c.campaign_id == campaign))
    first = 0 if last is None else last + 1
    rows: list[dict[str, Any]] = [
        {
            "campaign_id": campaign,
            "post_id": one.unit.post_id,
            "phase": phase,
            "stratum": one.unit.stratum,
            "chance": one.chance,
            "position": position,
            "doubled": doubled(seed, one.unit.key, overlap),
            "drawn_at": now,
        }
        for position, (phase, one) in enumerate(order, start=first)
    ]
    if rows:
        session.execute(insert(t.label_samples), rows)
