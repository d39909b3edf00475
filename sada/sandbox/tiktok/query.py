"""The conditions of a TikTok query, evaluated on a video."""

from collections.abc import Callable, Mapping
from typing import Any

from sada.sandbox.search import Text
from sada.sandbox.tiktok.shape import REGION
from sada.sandbox.words import fold, framed

Test = Callable[[str, Text], bool]
"""Of a video's id and its text."""


def compile_conditions(query: Mapping[str, Any]) -> Test:
    """All of `and`, one of `or`, none of `not`. Raises `ValueError` for what TikTok refuses."""
    every = [_condition(one) for one in query.get("and", [])]
    some = [_condition(one) for one in query.get("or", [])]
    none = [_condition(one) for one in query.get("not", [])]
    if not every and not some and not none:
        raise ValueError("query has no condition")

    def test(identity: str, text: Text) -> bool:
        return (
            all(one(identity, text) for one in every)
            and (not some or any(one(identity, text) for one in some))
            and not any(one(identity, text) for one in none)
        )

    return test


def _condition(one: Mapping[str, Any]) -> Test:
    field, values = one["field_name"], [str(value) for value in one["field_values"]]
    if one["operation"] not in ("EQ", "IN") or not values:
        raise ValueError(f"operation {one['operation']} is not allowed")
    if field == "keyword":
        words = [framed(value) for value in values]
        return lambda identity, text: any(word in text.words for word in words)
    if field == "hashtag_name":
        tags = {fold(value) for value in values}
        return lambda identity, text: bool(tags & text.tags)
    if field == "region_code":
        return lambda identity, text: REGION in values
    if field == "video_id":
        return lambda identity, text: identity in values
    raise ValueError(f"field_name {field} is not known")
