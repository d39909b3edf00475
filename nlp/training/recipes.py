"""What each head is trained on, and how much each corpus weighs. Chosen on dev sets and
held-out corpora; `docs/reference/nlp.md` tells what was tried."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from nlp.annotation import LABELS
from nlp.language import ARABIC, LATIN
from nlp.training import lexicon
from nlp.training.corpora import OWN

OFFENCE: Final = ("not", "off")
OWN_WEIGHT: Final = 4.0
"""Of each of the project's own posts: they are few, and about what Sada is for."""


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one corpus as one recipe uses them."""

    task: str
    name: str
    weight: float = 1.0
    labels: Mapping[str, str] = field(default_factory=dict)
    """Corpus label to class; empty: the labels are the classes. Others are left out."""
    label: str = ""
    """The class of all rows, whatever their label says."""
    script: str = ""
    """Only rows of this script."""
    no_european: bool = False
    """Leave out rows that are plainly French, English or Spanish (`learn.looks_european`)."""
    origin: str = ""
    """Shares the intercept of this corpus; its own name if empty."""

    def class_of(self, label: str) -> str:
        return self.label or (self.labels.get(label, "") if self.labels else label)

    @property
    def intercept(self) -> str:
        return self.origin or self.name


@dataclass(frozen=True, slots=True)
class Recipe:
    """One head: its classes and sources; `speaks` names the corpus (and script) whose intercept
    is shipped."""

    head: str
    classes: tuple[str, ...]
    sources: tuple[Source, ...]
    penalty: float
    speaks: str
    steps: int = 50
    balanced: bool = True
    """Give the classes of each corpus the same total weight."""
    rare_first: bool = True
    """Scale columns by inverse document frequency."""
    skeletons: float = 1.0
    """Scale of the skeleton columns."""
    shifts: Mapping[str, float] = field(default_factory=dict)
    """Added to the shipped intercepts (nats): what the corpora cannot say about the world."""
    with_dev: bool = False
    """Learn from the dev rows too once the temperature is found without them; for heads whose
    corpora are small."""
    without_emoji: bool = False
    """Also learn from each row that has emoji once more without them."""
    adapt_to: tuple[Source, ...] = ()
    """Second stage: stay near the weights of the first and fit these."""
    adapt_penalty: float = 1e-4
    base: str = ""
    """Recipes of one base share their first stage."""
    words: tuple[Mapping[str, str], ...] = ()
    """Lists of `lexicon`: each word is one more row of the first stage."""
    word_weight: float = 0.3
    """Of each such row."""


def _language(name: str, label: str, weight: float, script: str = "", task: str = "") -> Source:
    return Source(
        task or "sentiment",
        name,
        weight,
        label=label,
        script=script,
        no_european=label == "ary-Latn",
        origin="language",
    )


def _labelled(name: str, labels: Mapping[str, str], weight: float) -> Source:
    return Source("language", name, weight, labels=labels, origin="language")


LATIN_LANGUAGES: Final = Recipe(
    head="latin",
    classes=LATIN,
    penalty=1e-5,
    speaks="language/latn",
    steps=40,
    # Chosen on the first four words of dev tweets, where doubt fell on Arabizi too often.
    shifts={"ary-Latn": -2.0},
    rare_first=False,
    sources=(
        _labelled("sib200", {label: label for label in LATIN}, 2.0),
        _language("umsab_fr", "fr", 1.0),
        _language("allocine_sample", "fr", 0.5),
        _language("mlma_fr", "fr", 1.0, task="offensive"),
        _language("umsab_en", "en", 1.5),
        _language("umsab_es", "es", 1.5),
        _language("afrisenti_ary", "ary-Latn", 1.0, "latn"),
        _language("nanaa", "ary-Latn", 0.7, "latn"),
        _language("myc", "ary-Latn", 0.7, "latn"),
        _language("tunizi", "ary-Latn", 0.4),
        _language("tunisian_faiz", "ary-Latn", 0.4, "latn"),
    ),
)
ARABIC_LANGUAGES: Final = Recipe(
    head="arabic",
    classes=ARABIC,
    penalty=1e-4,
    speaks="language/arab",
    # Who follows a Moroccan campaign meets Moroccans more often than the corpora do.
    shifts={"other": -0.3},
    steps=40,
    balanced=False,
    rare_first=False,
    sources=(
        _labelled("sib200", {"ary-Arab": "ary-Arab", "arb": "arb"}, 3.0),
        _labelled("mac_variety", {"ary-Arab": "ary-Arab"}, 2.0),
        _labelled("mac_variety", {"arb": "arb"}, 1.0),
        _language("omcd", "ary-Arab", 1.0, task="offensive"),
        _labelled("arsarcasm_variety", {"msa": "arb"}, 1.0),
        _labelled("arsarcasm_variety", {"egypt": "other"}, 0.3),
        _labelled("arsarcasm_variety", {"gulf": "other", "levant": "other"}, 0.45),
        _language("l_hsab", "other", 0.3, task="offensive"),
    ),
)


def _feeling(name: str, weight: float = 1.0, script: str = "") -> Source:
    return Source("sentiment", name, weight, script=script)


def _own_feelings(*languages: str, weight: float = OWN_WEIGHT) -> tuple[Source, ...]:
    """The project's own posts about campaigns in these languages."""
    return tuple(_feeling(f"{OWN}{language}", weight) for language in languages)


_OWN_ARAB: Final = _own_feelings("ary-Arab", "ary-Latn", "arb")
_ARAB_FEELINGS: Final = (
    *_OWN_ARAB,
    _feeling("afrisenti_ary"),
    _feeling("afrisenti_arq"),
    _feeling("umsab_ar"),
    _feeling("mac", 0.5),
    _feeling("elecmorocco"),
    _feeling("wevote_mstd"),
    _feeling("wevote_msda"),
    _feeling("wevote_fb", 0.5),
    _feeling("myc", 0.4),
    _feeling("arsarcasm_v2", 0.6),
    _feeling("nanaa", 0.7),
    _feeling("tunizi", 0.5),
    _feeling("tunisian_faiz", 0.5),
)


_RAISED: Final = {"afrisenti_ary": 2.5, "umsab_ar": 2.0}
NETWORK_FEELINGS: Final = tuple(
    replace(source, weight=source.weight * _RAISED.get(source.name, 1.0))
    for source in _ARAB_FEELINGS
)
"""What the network learns sentiment from; three classes and careful labels count more."""
FRENCH_NETS: Final = (_feeling("umsab_fr"), *_own_feelings("fr", weight=0.7))


def _small(
    head: str, speaks: str, *sources: Source, words: tuple[Mapping[str, str], ...] = ()
) -> Recipe:
    """A head of few corpora: foreign ones help only at a small weight."""
    return Recipe(
        head=head,
        classes=LABELS,
        penalty=5e-5,
        speaks=speaks,
        without_emoji=True,
        with_dev=True,
        skeletons=0.3,
        sources=sources,
        words=words,
    )


FRENCH_SENTIMENT: Final = _small(
    "sentiment_french",
    "umsab_fr/latn",
    _feeling("umsab_fr"),
    _feeling("umsab_en", 0.1),
    _feeling("umsab_es", 0.1),
    *_own_feelings("fr"),
    words=(lexicon.FRENCH,),
)
ENGLISH_SPANISH_SENTIMENT: Final = _small(
    "sentiment_en_es",
    "umsab_en/latn",
    _feeling("umsab_en"),
    _feeling("umsab_es"),
    *_own_feelings("en"),
)


def _adapted(head: str, speaks: str, penalty: float, source: Source) -> Recipe:
    """A head that starts from all Arabic and Arabizi corpora and ends near one of them."""
    return Recipe(
        head=head,
        classes=LABELS,
        penalty=3e-6,
        speaks=speaks,
        without_emoji=True,
        sources=_ARAB_FEELINGS,
        words=(lexicon.ARABIC, lexicon.ARABIZI),
        word_weight=0.1,
        base="sentiment_arab",
        adapt_to=(source, *_OWN_ARAB),
        adapt_penalty=penalty,
    )


DARIJA_SENTIMENT: Final = _adapted(
    "sentiment_darija", "afrisenti_ary/arab", 1e-5, _feeling("afrisenti_ary", script="arab")
)
ARABIC_SENTIMENT: Final = _adapted("sentiment_arabic", "umsab_ar/arab", 3e-5, _feeling("umsab_ar"))


def _offence(name: str, weight: float = 1.0, script: str = "") -> Source:
    return Source("offensive", name, weight, script=script)


def _own_offences(*languages: str, weight: float = OWN_WEIGHT) -> tuple[Source, ...]:
    return tuple(_offence(f"{OWN}{language}", weight) for language in languages)


def _harmless(name: str, weight: float, origin: str) -> Source:
    harmless = {"neu": "not", "pos": "not"}
    return Source("sentiment", name, weight, labels=harmless, origin=origin)


def _praise(name: str, weight: float) -> Source:
    """Positive posts: comments below scandals, which OMCD is made of, hold little kindness."""
    return Source("sentiment", name, weight, labels={"pos": "not"}, origin="omcd")


ARABIC_OFFENCE: Final = Recipe(
    head="offensive_arabic",
    classes=OFFENCE,
    penalty=3e-5,
    speaks="omcd/arab",
    # Comments below scandals, of which every second offends, are no measure of the world; without
    # it more posts that quote abuse in order to denounce it are called offensive.
    shifts={"off": -0.3},
    without_emoji=True,
    sources=(
        _offence("omcd"),
        _offence("darija_offensive_mendeley", 0.5, "arab"),
        _offence("darija_offensive_mendeley", 0.15, "latn"),
        _offence("t_hsab", 0.3),
        _offence("l_hsab", 0.2),
        _offence("mlma_ar", 0.1),
        _praise("afrisenti_ary", 0.3),
        _praise("nanaa", 0.2),
        *_own_offences("ary-Arab", "ary-Latn", "arb"),
    ),
    adapt_to=(
        _offence("omcd"),
        _praise("afrisenti_ary", 0.3),
        _praise("nanaa", 0.2),
        *_own_offences("ary-Arab", "ary-Latn", "arb"),
    ),
    adapt_penalty=3e-4,
)
EUROPEAN_OFFENCE: Final = Recipe(
    head="offensive_european",
    classes=OFFENCE,
    penalty=3e-5,
    speaks="mlma_fr/latn",
    without_emoji=True,
    sources=(
        _offence("mlma_fr"),
        _offence("darija_offensive_mendeley", 0.3, "latn"),
        _harmless("umsab_fr", 1.5, "mlma_fr"),
        _harmless("umsab_en", 0.5, "mlma_fr"),
        _harmless("umsab_es", 0.5, "mlma_fr"),
        _harmless("allocine_sample", 0.3, "mlma_fr"),
        *_own_offences("fr"),
        *_own_offences("en", weight=12.0),  # nothing else teaches abuse in English
    ),
    words=(lexicon.FRENCH_ABUSE, lexicon.ENGLISH_ABUSE),
    word_weight=1.0,
)
RECIPES: Final = (
    LATIN_LANGUAGES,
    ARABIC_LANGUAGES,
    FRENCH_SENTIMENT,
    ENGLISH_SPANISH_SENTIMENT,
    DARIJA_SENTIMENT,
    ARABIC_SENTIMENT,
    EUROPEAN_OFFENCE,
    ARABIC_OFFENCE,
)
