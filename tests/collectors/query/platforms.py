"""What each platform's search makes of a query, as its documentation says, on a text.

X and Reddit are evaluated by the sandbox's own evaluators; the others are small enough to stand
here. All of them fold case and the accents of Latin letters and nothing else.
"""

import json
import re

from collectors.query.spellings import without_accents
from sada.sandbox.reddit.query import compile_reddit_query
from sada.sandbox.words import fold
from sada.sandbox.x.query import Document, compile_query

WORDS = re.compile(r"\w+")


def x(query, text):
    return compile_query(query.text)(Document.of(text, "somebody", "fr", "original", "1"))


def reddit(query, text):
    return compile_reddit_query(query.text)(text)


def _framed(text):
    return f" {' '.join(fold(word) for word in WORDS.findall(text))} "


def _tags(text):
    return {fold(tag) for tag in re.findall(r"#(\w+)", text)}


def _stands(atom, text):
    if atom.startswith("#"):
        return fold(atom[1:]) in _tags(text)
    return _framed(atom.strip('"')) in _framed(text)


def _parts(text):
    """`text` cut at the spaces outside quotation marks."""
    return re.findall(r'(?:[^\s"]|"[^"]*")+', text)


def youtube(query, text):
    for part in _parts(query.text):
        if part.startswith("-"):
            if _stands(part[1:], text):
                return False
        elif not any(_stands(atom, text) for atom in part.split("|")):
            return False
    return True


def bluesky(query, text):
    return all(_stands(part, text) for part in _parts(query.text))


def mastodon(query, text):
    return query.text in {without_accents(tag) for tag in _tags(text)}


def tiktok(query, text, region="MA"):
    body = json.loads(query.text)

    def holds(condition):
        values = condition["field_values"]
        assert condition["operation"] == "IN"
        if condition["field_name"] == "region_code":
            return region in values
        mark = "#" if condition["field_name"] == "hashtag_name" else ""
        assert mark or condition["field_name"] == "keyword"
        return any(_stands(f"{mark}{value}", text) for value in values)

    return (
        all(map(holds, body.get("and", [])))
        and (not body.get("or") or any(map(holds, body["or"])))
        and not any(map(holds, body.get("not", [])))
    )
