"""A source of made-up rows with every trait that the pages must cope with."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from config.campaign import Account, Campaign, Event, Family, SourcePlan, Standing, Texts
from config.i18n import CASABLANCA
from dashboard.cache import Cache
from dashboard.context import Desk
from dashboard.data import Question
from measures.standing import STANDINGS
from storage.rows import (
    AuthorsRow,
    CoordinatedGroup,
    Copied,
    CurvePoint,
    Cut,
    DayRow,
    Gap,
    PostView,
    SourceState,
    Spent,
    TopicView,
    TopicVoices,
)
from storage.wanted import Progress

NOW = datetime(2025, 10, 12, 9, 40, tzinfo=UTC)
XSS = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
LANGUAGES = {"ary-Arab": 0.42, "fr": 0.3, "ary-Latn": 0.2, "arb": 0.05, "en": 0.03}
PLATFORMS = {"x": 0.8, "reddit": 0.2}
OWN = ("fr", "ary-Arab")
"""Languages that stand for the campaign's own posts; the others are the conversation around it."""
TEXTS = (
    "Personne n’a le droit de diffuser tes photos. Appelle le 8350, c’est gratuit. #Mamhkoumch",
    "مامحكومش حيت ماشي غلطتك، عيطي ل 8350 ولا دخلي ل إي بلاغ",
    "wach had lcampagne ghadi tbeddel chi 7aja? kolchi sakt 3la tachhir",
    "العنف الرقمي ماشي ضحك، والقانون 103.13 كيعاقب عليه",
    "Encore une campagne pour rien, les plaintes restent sans suite… <@nom> <lien>",
    "Finally someone talks about online abuse in Morocco!",
    "برافو على الفيديو، شاركتو مع خوتي البنات كاملين ❤️",
    XSS,
)


def campaign(**changes: object) -> Campaign:
    base = Campaign(
        slug="mamhkoumch",
        title=Texts(
            fr="Mamhkoumch, contre les violences numériques",
            ar="مامحكومش، ضد العنف الرقمي",
            en="Mamhkoumch, against digital violence",
        ),
        start=date(2025, 9, 29),
        end=date(2025, 10, 20),
        families=(Family(concept="nom", hashtags=("Mamhkoumch",)),),
        sources=(
            SourcePlan(name="x", every_minutes=30, dollars_in_all=100),
            SourcePlan(name="reddit"),
        ),
        accounts=(Account(platform="x", handle="mamhkoumch", standing=Standing.OWNED),),
        events=(
            Event(
                date=date(2025, 10, 2),
                title=Texts(
                    fr="Conférence de presse à Rabat",
                    ar="ندوة صحفية بالرباط",
                    en="Press conference in Rabat",
                ),
            ),
        ),
    )
    return base.model_copy(update=changes)


def other() -> Campaign:
    return campaign(
        slug="vide",
        title=Texts(fr="Campagne vide", ar="حملة فارغة", en="Empty campaign"),
        start=date(2025, 10, 1),
    )


def wave() -> Campaign:
    """An earlier campaign with the same hashtag."""
    return campaign(
        slug="vague-2024",
        title=Texts(fr="Mamhkoumch, vague 2024", ar="مامحكومش، موجة 2024", en="Mamhkoumch, 2024"),
        start=date(2024, 11, 25),
        end=date(2024, 12, 10),
    )


def two_waves() -> "FakeSource":
    """Rows of the running campaign and of its earlier wave, in which fewer more were written."""
    running, before = campaign(), wave()
    gone = {date(2025, 9, 12), date(2025, 9, 13)}
    last = before.last_day or before.start
    return FakeSource(
        {
            running.slug: made_rows(running.first_day, date(2025, 10, 12), running.start, gone),
            before.slug: made_rows(before.first_day, last, before.start, set(), 5, 1.3),
        },
        words=made_words(),
    )


def pending() -> Campaign:
    return campaign(
        slug="bientot",
        title=Texts(fr="Bientôt", ar="قريبا", en="Soon"),
        start=date(2026, 3, 1),
        end=date(2026, 3, 20),
    )


def made_rows(
    first: date, last: date, start: date, gone: set[date], seed: int = 7, lift: float = 2.1
) -> list[DayRow]:
    chance = random.Random(seed)
    rows = []
    day = first
    while day <= last:
        lifted = lift if day >= start else 1.0
        burst = 2.4 if day == start + timedelta(days=3) else 1.0
        for platform, part in PLATFORMS.items():
            for language, share in LANGUAGES.items():
                mean = 60 * lifted * burst * part * share * (0.8 if day.weekday() > 4 else 1)
                posts = max(0, round(chance.gauss(mean * 1.6, mean**0.5)))
                if posts and day not in gone:
                    rows.append(_row(day, platform, language, posts, start, chance))
        day += timedelta(days=1)
    return rows


def _row(
    day: date, platform: str, language: str, posts: int, start: date, chance: random.Random
) -> DayRow:
    originals = max(1, round(posts * 0.6))
    neg = round(originals * chance.uniform(0.25, 0.55) * (0.8 if day >= start else 1.1))
    pos = round((originals - neg) * chance.uniform(0.2, 0.6))
    return DayRow(
        day=day,
        platform=platform,
        language=language,
        posts=posts,
        originals=originals,
        reposts_made=posts - originals,
        replies_made=0,
        quotes_made=0,
        likes=posts * 9,
        reposts=posts * 2 if platform == "x" else 0,
        replies=posts * 3,
        quotes=posts if platform == "x" else 0,
        saves=0,
        views=posts * 480 if platform == "x" else 0,
        viewed=posts if platform == "x" else 0,
        annotated=originals,
        neg=neg,
        neu=originals - neg - pos,
        pos=pos,
        offensive=round(originals * 0.06),
        signposted=round(originals * (0.11 if day >= start else 0.04)),
    )


def _standing(row: DayRow) -> str:
    """The few posts in English are the campaign's own."""
    return "owned" if row.language == "en" and row.platform == "x" else "earned"


def made_words() -> dict[str, Any]:
    """Words that rose and fell, as storage keeps them; one of them offends."""
    made = [
        ("plainte", "", 0.031, 0.119, False),
        ("بلاغ", "ary-Arab", 0.02, 0.066, False),
        ("chouha", "ary-Latn", 0.01, 0.04, True),
        ("scandale", "fr", 0.12, 0.05, False),
    ]
    found = [
        {
            "word": word, "language": language, "offensive": offensive, "authors": 214,
            "log_odds": 1.1, "error": 0.2,
            "change": {
                "effect": now - before, "low": now - before - 0.02, "high": now - before + 0.02,
                "verdict": "rose" if now > before else "fell", "smallest_detectable": 0.02,
                "reason": "", "baseline": before, "level": now, "chance": 0.001,
            },
        }
        for word, language, before, now, offensive in made
    ]  # fmt: skip
    return {"during": {"tested": 160, "reason": "", "found": found}}


@dataclass
class FakeSource:
    """Rows in memory, cut as storage cuts them. `broken` makes every question fail."""

    rows: Mapping[str, Sequence[DayRow]] = field(default_factory=dict)
    with_topics: bool = True
    moved: float = 1.0
    """How much more the second topic is talked of once the campaign has begun."""
    voices: Mapping[int, int] = field(default_factory=dict)
    """Authors by topic number, where they are not many."""
    words: Mapping[str, Any] | None = None
    progress: Progress | None = None
    broken: bool = False
    invented: int = 0

    def daily(self, slug: str, cut: Cut, by: Sequence[str] = ()) -> list[DayRow]:
        if self.broken:
            raise RuntimeError("secret detail: disk on fire")
        return [
            row
            for row in self.rows.get(slug, ())
            if (not cut.platforms or row.platform in cut.platforms)
            and (cut.first is None or row.day >= cut.first)
            and (cut.last is None or row.day <= cut.last)
            and (not cut.standings or _standing(row) in cut.standings)
            and (cut.scope == "all" or (cut.scope == "campaign") == (row.language in OWN))
        ]

    def authors(self, slug: str, cut: Cut) -> list[AuthorsRow]:
        found = []
        for platform in PLATFORMS:
            posts = sum(r.posts for r in self.daily(slug, cut) if r.platform == platform)
            if posts:
                each = [1 + n % 4 for n in range(posts // 2)]
                followers = [50 + 37 * (n % 90) ** 2 for n in range(len(each))]
                known = followers if platform == "x" else []
                found.append(AuthorsRow(platform, len(each), each, known, 3 * sum(known)))
        return found

    def authors_by_standing(self, slug: str, cut: Cut) -> Mapping[str, list[AuthorsRow]]:
        made = {one: self.authors(slug, replace(cut, standings=(one,))) for one in STANDINGS}
        own = [replace(row, authors=2, posts_per_author=[40, 30], followers=[9000, 700])
               for row in made["owned"]]  # fmt: skip
        return {one: rows for one, rows in (made | {"owned": own}).items() if rows}

    def posts(
        self, slug: str, cut: Cut, question: Question, offset: int, limit: int
    ) -> tuple[list[PostView], int]:
        made = [m for m in made_posts(slug, self) if _wanted(m, cut, question)]
        made.sort(key=lambda post: post.created_at, reverse=question.descending)
        return made[offset : offset + limit], len(made)

    def topics(self, slug: str, cut: Cut) -> list[TopicView]:
        if not self.with_topics or slug not in self.rows:
            return []
        days = sorted({row.day for row in self.daily(slug, cut)})
        names = (
            ("chantage aux photos", ("chantage", "photos", "sextorsion", "ابتزاز", "تصاور")),
            ("ligne d’aide 8350", ("8350", "appeler", "gratuit", "عيطي", "رقم")),
            ("وسم الحملة", ("مامحكومش", "الحملة", "فيديو", "برافو")),
            (XSS, ("<b>gras</b>", "script")),
            ("", ()),
        )
        found = []
        for number, (label, words) in enumerate(names):
            chance = random.Random(number)
            by_day = {day: chance.randint(0, 12 + 4 * number) for day in days}
            if number == 1:
                begun = campaign().start
                by_day = {
                    d: round(n * (self.moved if d >= begun else 1)) for d, n in by_day.items()
                }
            size = sum(by_day.values())
            neg, pos = size // 3, size // 5
            key = number if label else -1
            found.append(TopicView(key, label, words, size, by_day, neg, size - neg - pos, pos))
        return found

    def topic_authors(self, slug: str, cut: Cut, number: int) -> int:
        return 40

    def topic_voices(self, slug: str, cut: Cut) -> Mapping[int, TopicVoices]:
        return {
            topic.number: TopicVoices(self.voices.get(topic.number, 60), 45.0)
            for topic in self.topics(slug, cut)
        }

    def changed_words(self, slug: str) -> tuple[datetime, Mapping[str, Any]] | None:
        return None if self.words is None else (NOW - timedelta(hours=3), self.words)

    def source_states(
        self, slug: str, names: Sequence[str], first: datetime, now: datetime
    ) -> list[SourceState]:
        if slug not in self.rows:
            return [SourceState(n, "never", None, None, 0, 0, 0.0, "", None) for n in names]
        gaps = [
            Gap("x", datetime(2025, 9, 12, tzinfo=UTC), datetime(2025, 9, 14, tzinfo=UTC),
                "budget", "Budget de 100 $ épuisé"),
            Gap("x", datetime(2025, 10, 5, 8, tzinfo=UTC), datetime(2025, 10, 5, 15, tzinfo=UTC),
                "failed", "503 Service Unavailable"),
        ]  # fmt: skip
        return [
            SourceState("x", "ok", NOW - timedelta(minutes=12), NOW - timedelta(minutes=12),
                        4210, 388, 21.05, "", NOW, gaps),
            SourceState("reddit", "failed", NOW - timedelta(minutes=30), NOW - timedelta(hours=5),
                        812, 940, 0.0, "401: the client id was refused", NOW,
                        [Gap("reddit", NOW - timedelta(hours=5), NOW, "failed", "401")]),
        ]  # fmt: skip

    def missing_days(
        self, slug: str, names: Sequence[str], first: date, last: date, now: datetime
    ) -> Mapping[date, float]:
        known = {date(2025, 9, 12): 1.0, date(2025, 9, 13): 1.0, date(2025, 10, 5): 0.29}
        return {day: share for day, share in known.items() if first <= day <= last}

    def spending(self, slug: str) -> Mapping[str, Mapping[date, Spent]]:
        if slug not in self.rows:
            return {}
        days = [NOW.date() - timedelta(days=n) for n in range(30, -1, -1)]
        return {
            "x": {day: Spent(13, 136, 0.5 + day.day % 3 / 2) for day in days},
            "reddit": {day: Spent(31, 0, 0.0) for day in days},
        }

    def copied(self, slug: str, cut: Cut) -> Copied:
        originals = sum(row.originals for row in self.daily(slug, cut))
        if not originals:
            return Copied(*[0] * 11)
        own = originals - originals // 8
        return Copied(originals, originals // 8, 23, 2, 14, 0, own, own // 3, own // 3, own // 3, 5)

    def coordinated(self, slug: str, cut: Cut) -> list[CoordinatedGroup]:
        began = NOW - timedelta(days=2)
        return [
            CoordinatedGroup(TEXTS[4], 15, 9, began, began + timedelta(minutes=7)),
            CoordinatedGroup(XSS, 8, 5, began, began + timedelta(minutes=3)),
        ]

    def engagement_curve(self, slug: str, cut: Cut) -> list[CurvePoint]:
        return [
            CurvePoint(1, 420, 1, 3, 8),
            CurvePoint(24, 401, 4, 9, 21),
            CurvePoint(72, 377, 5, 11.5, 27),
            CurvePoint(168, 290, 5, 12, 30),
        ]

    def seen_range(self, slug: str) -> tuple[date, date] | None:
        days = [row.day for row in self.rows.get(slug, ())]
        return (min(days), max(days)) if days else None

    def invented_dates(self, slug: str) -> int:
        return self.invented

    def campaigns_with_posts(self) -> Mapping[str, int]:
        return {slug: sum(row.posts for row in rows) for slug, rows in self.rows.items()}

    def last_change(self, slug: str) -> datetime | None:
        return NOW - timedelta(minutes=12) if slug in self.rows else None

    def reading(self) -> Progress | None:
        return self.progress


def made_posts(slug: str, source: FakeSource) -> list[PostView]:
    if slug not in source.rows:
        return []
    chance = random.Random(3)
    made = []
    for number in range(240):
        moment = NOW - timedelta(hours=2.7 * number)
        label = chance.choice(("neg", "neu", "pos"))
        language = chance.choice(list(LANGUAGES))
        owned = number % 40 == 5
        made.append(
            PostView(
                id=number,
                platform="x" if number % 4 else "reddit",
                platform_id=f"p{number}",
                created_at=moment,
                day=moment.astimezone(CASABLANCA).date(),
                author="@mamhkoumch" if owned else f"a{number * 7919 % 9973:04d}",
                standing="owned" if owned else "earned",
                scope="campaign",
                kind=chance.choice(("original", "repost", "reply")),
                text=TEXTS[number % len(TEXTS)],
                language=language,
                label=label,
                neg=0.2,
                neu=0.3,
                pos=0.5,
                offensive=chance.random() ** 4,
                topic=chance.choice(("chantage aux photos", "ligne d’aide 8350", None)),
                matched=("#Mamhkoumch",),
                likes=chance.randint(0, 90),
                reposts=chance.randint(0, 9),
                replies=chance.randint(0, 12),
                views=chance.randint(100, 9000) if number % 4 else None,
            )
        )
    return made


def _wanted(post: PostView, cut: Cut, question: Question) -> bool:
    return (
        (not cut.platforms or post.platform in cut.platforms)
        and (not cut.languages or post.language in cut.languages)
        and (cut.first is None or post.day >= cut.first)
        and (cut.last is None or post.day <= cut.last)
        and (not question.label or post.label == question.label)
        and (not question.kind or post.kind == question.kind)
        and question.search.casefold() in post.text.casefold()
    )


def desk(source: FakeSource | None = None, **changes: object) -> Desk:
    """A desk with a running campaign, an empty one and one to come, at `NOW`."""
    running = campaign()
    gone = {date(2025, 9, 12), date(2025, 9, 13)}
    rows = made_rows(running.first_day, date(2025, 10, 12), running.start, gone)
    from tests.dashboard.fake_labels import FakeLabels

    values: dict[str, object] = {
        "source": source or FakeSource({running.slug: rows}, words=made_words()),
        "labels": FakeLabels(),
        "campaigns": {c.slug: c for c in (running, other(), pending())},
        "clock": lambda: NOW,
        "language": "fr",
        "offensive_excluded": frozenset(),
        "cache": Cache(),
    }
    return Desk(**(values | changes))  # type: ignore[arg-type]
