"""What a family means, said slowly: over words that are known, without any of the matcher's code.

A text is a list of tokens, each a word or a hashtag made of words; families use words of the same
small vocabulary, so what matches can be said by comparing words.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

from config.campaign import Family
from config.expression import And, Leaf, Near, Not, Or, leaves

WORDS = ("mamhkoumch", "violence", "harcèlement", "mam7aydch", "عنف", "مدرسة", "أمان")
PHRASES = (("violence", "numérique"), ("ma", "sm7tch"), ("أمن", "رقمي"), ("safe", "school"))
TAGS = ("mamhkoumch", "chamata", "مامحكومش")
UNWANTED = ("football", "raja")
PLACES = ("maroc", "المغرب")
FILLERS = ("le", "bzaf", "numérique", "school", "شي", "رقمي", "ma", "2025")


@dataclass(frozen=True)
class Tag:
    """A hashtag; with `apart`, its words are written with underscores between."""

    words: tuple[str, ...]
    apart: bool = False

    @property
    def joined(self):
        return "".join(self.words)


any_word = st.sampled_from([*WORDS, *UNWANTED, *PLACES, *FILLERS])
tags = st.one_of(
    st.sampled_from([*WORDS, *TAGS, *UNWANTED]).map(lambda word: Tag((word,))),
    st.builds(Tag, st.sampled_from(PHRASES), st.booleans()),
)
phrases = st.sampled_from(PHRASES)
texts = st.lists(st.one_of(any_word, any_word, tags, phrases), max_size=12).map(
    lambda found: [one for part in found for one in (part if isinstance(part, tuple) else (part,))]
)

bare_leaves = st.sampled_from([*WORDS, *UNWANTED]).map(Leaf)
tag_leaves = st.sampled_from(TAGS).map(lambda tag: Leaf(f"#{tag}"))
phrase_leaves = phrases.map(lambda words: Leaf(" ".join(words), quoted=True))
all_leaves = st.one_of(bare_leaves, bare_leaves, tag_leaves, phrase_leaves)
sides = st.lists(all_leaves, min_size=1, max_size=3).map(tuple)
anchors = st.one_of(all_leaves, st.builds(Near, sides, sides, st.integers(1, 4)))


def _branch(children):
    several = st.lists(children, min_size=2, max_size=3).map(tuple)
    held = st.tuples(children, children.map(Not))
    return st.one_of(several.map(And), several.map(Or), held.map(And))


trees = st.recursive(anchors, _branch, max_leaves=5)


def written(tree):
    """`tree` in the language of a family's query."""
    match tree:
        case Leaf(text, quoted):
            return f'"{text}"' if quoted else text
        case Near(left, right, words):
            shown = [f"({' OR '.join(map(written, side))})" for side in (left, right)]
            return f" NEAR/{words} ".join(shown)
        case Not(part):
            return f"NOT ({written(part)})"
        case And(parts):
            return " AND ".join(f"({written(part)})" for part in parts)
        case Or(parts):
            return " OR ".join(f"({written(part)})" for part in parts)


@st.composite
def families(draw):
    """A family with the tree of its query."""
    tree = draw(st.one_of(st.none(), trees))
    listed = draw(st.lists(st.sampled_from(WORDS), max_size=2, unique=True))
    if tree is None and not listed:
        listed = ["mamhkoumch"]
    family = Family(
        concept="c",
        words=tuple(listed),
        phrases=tuple(" ".join(words) for words in draw(st.lists(phrases, max_size=2))),
        hashtags=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=1))),
        query=None if tree is None else written(tree),
        exclusions=tuple(draw(st.lists(st.sampled_from([*UNWANTED, "#raja"]), max_size=2))),
        context=tuple(draw(st.lists(st.sampled_from(PLACES), max_size=2))),
    )
    return family, tree


@st.composite
def texts_about(draw, families):
    """A text in which terms of `families` stand, so that it matches more often than not."""
    text = draw(texts)
    for family, tree in families:
        asked = [*(f"#{tag}" for tag in family.hashtags), *family.words, *family.phrases]
        asked += [leaf.text for leaf in leaves(tree, wanted_only=True)] if tree else []
        chosen = draw(st.lists(st.sampled_from(asked), min_size=1, max_size=4))
        for term in [*chosen, *family.context[:1]]:
            text += [Tag((term[1:],))] if term.startswith("#") else term.split()
    return text


def spans(term, text):
    """Where `term` (as a `Leaf`) stands in `text`, in words counted from its beginning."""
    flat, tagged = [], []
    for token in text:
        here = token.words if isinstance(token, Tag) else (token,)
        whole = isinstance(token, Tag) and not token.apart
        here = ("".join(here),) if whole else here
        if isinstance(token, Tag):
            tagged.append((token.joined, (len(flat), len(flat) + len(here))))
        flat += here
    if term.text.startswith("#"):
        return [span for joined, span in tagged if joined == term.text[1:]]
    words = term.text.split()
    found = [span for joined, span in tagged if joined == "".join(words)]
    for at in range(len(flat)):
        if flat[at : at + len(words)] == words:
            found.append((at, at + len(words)))
    return found


def reasons(tree, text):
    """The terms that make `tree` true of `text`, `None` where it is false."""
    match tree:
        case Leaf():
            return {tree.text} if spans(tree, text) else None
        case Near(left, right, words):
            found = set()
            for one in left:
                for other in right:
                    for a in spans(one, text):
                        for b in spans(other, text):
                            apart = max(a[0], b[0]) - min(a[1], b[1])
                            if 0 <= apart <= words:
                                found |= {one.text, other.text}
            return found or None
        case Not(part):
            return set() if reasons(part, text) is None else None
        case And(parts):
            each = [reasons(part, text) for part in parts]
            return None if None in each else set().union(*each)
        case Or(parts):
            each = [found for part in parts if (found := reasons(part, text)) is not None]
            return set().union(*each) if each else None


def labels(family, tree, text, *, in_context=False):
    """The terms of `family` that count in `text`."""

    def stands(term):
        return bool(spans(Leaf(term), text))

    if any(map(stands, family.exclusions)):
        return set()
    if family.context and not in_context and not any(map(stands, family.context)):
        return set()
    listed = [*(f"#{tag}" for tag in family.hashtags), *family.words, *family.phrases]
    found = {term for term in listed if stands(term)}
    return found | (reasons(tree, text) or set()) if tree is not None else found


def plain(text):
    """`text` written as it is meant."""
    return " ".join(
        f"#{('_' if token.apart else '').join(token.words)}" if isinstance(token, Tag) else token
        for token in text
    )
