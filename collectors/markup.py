"""HTML of posts and feeds to plain text: one pass over any input, nothing executed or fetched."""

import html
import re
import unicodedata

MOST_MARKUP = 200_000
"""Characters that are read; what follows is cut."""
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "iframe", "object", "svg", "head", "title", "form")
)
"""Elements whose content is no text of the post."""
_BLOCKS = frozenset(
    ("p", "br", "div", "li", "ul", "ol", "tr", "table", "blockquote", "h1", "h2", "h3", "h4", "h5",
     "h6", "hr", "pre", "section", "article", "figure", "figcaption")
)  # fmt: skip


def text_of(markup: str) -> str:
    """The text that a reader of `markup` sees, blocks on lines of their own.

    >>> text_of("<p>Brisons le <b>silence</b> &amp; signalons</p><script>alert(1)</script>")
    'Brisons le silence & signalons'
    """
    shown = html.unescape("".join(_pieces(markup[:MOST_MARKUP])))
    lines = (" ".join(_visible(line).split()) for line in shown.splitlines())
    return "\n".join(line for line in lines if line)


def _pieces(markup: str) -> list[str]:
    found: list[str] = []
    at, closed = 0, True
    while (start := markup.find("<", at)) >= 0:
        found.append(markup[at:start])
        name = _NAME.match(markup, start + 1)
        if name is None and markup[start + 1 : start + 2] not in ("!", "?"):
            found.append("<")  # no tag: "a < b"
            at = start + 1
            continue
        mark = "-->" if markup.startswith("<!--", start) else ">"
        end = markup.find(mark, start) if closed else -1
        if end < 0:
            closed = mark != ">"  # no tag closes from here on: what is left is text
            if not closed:
                found.append("<")
                at = start + 1
                continue
            return found
        at = end + len(mark)
        tag = name[1].lower() if name else ""
        if tag in _BLOCKS:
            found.append("\n")
        if tag in _UNSEEN and markup[start + 1] != "/" and markup[end - 1] != "/":
            at = _behind(markup, tag, at)
    return [*found, markup[at:]]


def _behind(markup: str, tag: str, at: int) -> int:
    """Where the content of an unseen element is over; the end where it is never closed."""
    close = re.compile(rf"</{tag}\b[^<>]*>?", re.IGNORECASE).search(markup, at)
    return close.end() if close else len(markup)


def _visible(line: str) -> str:
    """Without control marks; joiners and directions of Arabic and emoji stay."""
    return "".join(sign for sign in line if sign == "\t" or unicodedata.category(sign) != "Cc")
