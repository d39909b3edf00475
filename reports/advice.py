"""What a communications officer may do this morning, told by topics and never by persons."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

from config.campaign import Campaign
from reports.gather import Material
from reports.topics import TopicCount

MARKED = 0.4
"""A topic leans when this share of its originals does and the other side has fewer."""

HELP_WORDS = (
    "aide aider signaler signalement plainte plaintes porter numero secours police avocat victime "
    "victimes soutien ecoute help report complaint hotline support lawyer 3awnouni 3awnoni chikaya "
    "nchki nballegh ncheki مساعدة عاونوني نعاونو شكاية شكايه الشكاية شكايات تبليغ نبلغ التبليغ "
    "بلغ رقم الرقم الشرطة محامي الضحية ضحايا الضحايا دعم الدعم"
)


@dataclass(frozen=True, slots=True)
class Advice:
    """Topics to answer (they lean negative), to boost (positive), and where help is talked of."""

    answer: TopicCount | None = None
    boost: TopicCount | None = None
    help: TopicCount | None = None

    def __bool__(self) -> bool:
        return any((self.answer, self.boost, self.help))


def advise(material: Material) -> Advice:
    """Which topic of the last seven days to answer, to boost, and to meet with a help line."""
    topics = [topic for topic in material.topics if topic.originals.get("now")]
    helping = help_words(material.campaign)
    return Advice(
        answer=_most([t for t in topics if _leans(t.neg, t.pos, t)], "neg"),
        boost=_most([t for t in topics if _leans(t.pos, t.neg, t)], "pos"),
        help=next((t for t in topics if helping & {_plain(word) for word in t.words}), None),
    )


def help_words(campaign: Campaign) -> frozenset[str]:
    """Words by which a topic is about help: everyday ones and the campaign's signposts."""
    words = {_plain(word) for word in HELP_WORDS.split()}
    for signpost in campaign.signposts:
        words |= {number for number in signpost.numbers if len(number) > 2}
        words |= {_plain(name) for name in signpost.names}
    return frozenset(words)


def _leans(side: int, other: int, topic: TopicCount) -> bool:
    read = topic.neg + topic.neu + topic.pos
    return side > other and side >= MARKED * read


def _most(topics: Sequence[TopicCount], side: str) -> TopicCount | None:
    return max(topics, key=lambda t: (getattr(t, side), -t.number), default=None)


def _plain(word: str) -> str:
    decomposed = normalize("NFKD", word.casefold())
    return "".join(sign for sign in decomposed if not combining(sign))
