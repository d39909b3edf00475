"""Comment trees as Reddit cuts them: what is too wide or too deep is left out, with a stub.

Reddit shows some 500 comments and ten levels; the sandbox a few, so that what is left out is asked.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sada.sandbox.item import Item
from sada.sandbox.reddit import shape

WIDEST = 3
"""Comments shown side by side."""
DEEPEST = 2
"""Levels shown below one another."""


class Threads:
    """The comments of every submission, newest first at each level as `sort=new` has them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._known = {item.id: item for item in items}
        self._below: dict[str, list[Item]] = {}
        for item in sorted(items, key=lambda one: one.created_at, reverse=True):
            if item.kind == "reply":
                self._below.setdefault(str(item.parent), []).append(item)

    def page(self, number: str, comment: str | None, now: datetime) -> list[dict[str, Any]] | None:
        """`/comments/{number}/`: the submission, then its comments or those from `comment` on."""
        root = self._known.get(f"t3_{number}")
        if root is None or root.created_at > now:
            return None
        top = self._shown(root.id, now)
        if comment is not None:
            top = [one for one in [self._known.get(f"t1_{comment}")] if one is not None]
        return [
            shape.listing([shape.thing(root, root, now)]),
            shape.listing(self._level(root, root.id, top, now, DEEPEST)),
        ]

    def more(self, form: Mapping[str, str], now: datetime) -> dict[str, Any]:
        """`/api/morechildren/`: the comments named, and all below them, side by side."""
        root = self._known.get(form.get("link_id", ""))
        names = [f"t1_{one}" for one in form.get("children", "").split(",")[:100]]
        waiting = [self._known[name] for name in names if name in self._known]
        things: list[dict[str, Any]] = []
        while root is not None and waiting:
            item = waiting.pop(0)
            things.append(shape.thing(item, root, now))
            waiting += self._shown(item.id, now)
        return {"json": {"errors": [], "data": {"things": things}}}

    def _shown(self, parent: str, now: datetime) -> list[Item]:
        return [item for item in self._below.get(parent, []) if item.created_at <= now]

    def _level(
        self, root: Item, parent: str, items: Sequence[Item], now: datetime, levels: int
    ) -> list[dict[str, Any]]:
        if items and not levels:
            return [_stub(parent, [])]
        things = []
        for item in items[:WIDEST]:
            below = self._level(root, item.id, self._shown(item.id, now), now, levels - 1)
            things.append(shape.thing(item, root, now, shape.listing(below) if below else ""))
        if left := items[WIDEST:]:
            things.append(_stub(parent, left))
        return things


def _stub(parent: str, left: Sequence[Item]) -> dict[str, Any]:
    """A `more` thing; without children it says that the branch goes on below `parent`."""
    ids = [item.id.removeprefix("t1_") for item in left]
    identity = ids[0] if ids else "_"
    return {
        "kind": "more",
        "data": {
            "count": len(ids),
            "name": f"t1_{identity}",
            "id": identity,
            "parent_id": parent,
            "depth": 0,
            "children": ids,
        },
    }
