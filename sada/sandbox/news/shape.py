"""Articles and comments as WordPress's RSS 2.0 has them."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from sada.sandbox.item import Item
from sada.sandbox.news.maker import HOST

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>'
    "<title>La Dépêche de sable</title><language>fr-FR</language>"
)


def feed(entries: Iterable[str]) -> bytes:
    """A whole feed."""
    return f"{_HEAD}{''.join(entries)}</channel></rss>".encode()


def article(item: Item, comments: int, now: datetime) -> str:
    """One article with its whole text."""
    text = item.version(now).text
    paragraphs = f"<p>{escape(text)}</p>" if text else ""
    return _item(
        title=escape(item.title),
        link=_link(item.id),
        guid=escape(item.id),
        pubDate=format_datetime(item.created_at),
        creator="La rédaction",
        description=_cdata(escape(text[:150])),
        content=_cdata(paragraphs),
        comments=str(comments),
    )


def comment(item: Item, parent: Item | None, now: datetime) -> str:
    """One comment; what it answers stands before it, with the name of who wrote that."""
    answered = ""
    if parent is not None:
        name = escape(parent.author.handle)
        answered = f'<p>En réponse à <a href="{_link(parent.id)}">{name}</a>.</p>'
    body = f"{answered}<p>{escape(item.version(now).text)}</p>"
    return _item(
        title=f"Par : {escape(item.author.handle)}",
        link=_link(item.id),
        guid=escape(item.id),
        pubDate=format_datetime(item.created_at),
        creator=escape(item.author.handle),
        description=_cdata(escape(item.version(now).text)),
        content=_cdata(body),
        comments="",
    )


_NAMES = {"creator": "dc:creator", "content": "content:encoded", "comments": "slash:comments"}


def _item(**fields: str) -> str:
    parts = ((_NAMES.get(name, name), value) for name, value in fields.items() if value)
    return f"<item>{''.join(f'<{name}>{value}</{name}>' for name, value in parts)}</item>"


def _link(identity: str) -> str:
    """The address with words in it that WordPress links to; the id stays behind it."""
    page, mark, comment = identity.partition("#")
    return f"https://{HOST}/article-{page.rpartition('=')[2]}/{mark}{comment}"


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]&gt;')}]]>"
