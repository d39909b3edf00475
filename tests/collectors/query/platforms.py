"""What each platform's search makes of a query, on a text: the sandbox's own evaluators.

All of them fold case and the accents of Latin letters and nothing else.
"""

import json
import re

from collectors.query.spellings import without_accents
from sada.sandbox.reddit.query import compile_reddit_query
from sada.sandbox.search import Text, all_of
from sada.sandbox.tiktok.query import compile_conditions
from sada.sandbox.words import fold
from sada.sandbox.x.query import Document, compile_query


def x(query, text):
    return compile_query(query.text)(Document.of(text, "somebody", "fr", "original", "1"))


def reddit(query, text):
    return compile_reddit_query(query.text)(text)


def youtube(query, text):
    return all_of(query.text)(Text.of(text))


bluesky = youtube
"""The same search; Bluesky's queries hold no `|`."""


def mastodon(query, text):
    return query.text in {without_accents(fold(tag)) for tag in re.findall(r"#(\w+)", text)}


def tiktok(query, text, region="MA"):
    """All creators of the sandbox are of `MA`, so another `region` is looked at here."""
    body = json.loads(query.text)
    for condition in body.get("and", []):
        if condition["field_name"] == "region_code" and region not in condition["field_values"]:
            return False
    return compile_conditions(body)("1", Text.of(text))
