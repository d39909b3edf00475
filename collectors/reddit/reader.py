"""Reads whole comment trees: the thread, then what Reddit left out of it, within bounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collectors.reddit.client import MOST_TOGETHER, Closed, RedditClient
from collectors.reddit.parse import Item
from collectors.reddit.trees import More, Root, Tree, parse_more, parse_tree

MOST_CALLS = 20
"""Calls for one tree; with 100 comments a call, all but the longest threads are read whole."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What was read of one tree. `calls` that it took; `warnings`, without texts or names."""

    items: Sequence[Item]
    calls: int
    warnings: Sequence[str] = ()


def read_thread(client: RedditClient, root: Root) -> Thread:
    """All comments of `root` that Reddit shows. A thread that is closed has none.

    Raises `CollectorError`.
    """
    before = client.calls
    try:
        first = parse_tree(client.tree(root.fullname))
    except Closed:
        return Thread((), client.calls - before, ("a thread is no longer open to be read",))
    items = {item.fullname: item for item in first.items}
    unreadable = first.unreadable
    waiting = list(_asked(first.more))
    asked: set[More] = set()
    while waiting and client.calls - before < MOST_CALLS:
        more = waiting.pop(0)
        if more in asked:
            continue
        asked.add(more)
        tree = _left_out(client, root, more)
        items |= {item.fullname: item for item in tree.items}
        unreadable += tree.unreadable
        waiting += _asked(tree.more)
    warnings = []
    if waiting:
        warnings.append(f"a thread is longer than {MOST_CALLS} calls show; the rest is left out")
    if unreadable:
        warnings.append(f"{unreadable} comments without id or time were left out")
    return Thread(tuple(items.values()), client.calls - before, tuple(warnings))


def _left_out(client: RedditClient, root: Root, more: More) -> Tree:
    if more.children:
        return parse_more(client.more(root.fullname, more.children))
    try:
        return parse_tree(client.tree(root.fullname, comment=more.parent))
    except Closed:
        return Tree(())


def _asked(stubs: Sequence[More]) -> Iterator[More]:
    """Stubs as calls: those with ids joined to full calls, those without one by one."""
    ids = list(dict.fromkeys(child for stub in stubs for child in stub.children))
    for at in range(0, len(ids), MOST_TOGETHER):
        yield More("", tuple(ids[at : at + MOST_TOGETHER]))
    yield from (stub for stub in stubs if not stub.children)
