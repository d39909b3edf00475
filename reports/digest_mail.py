"""The digest as a mail."""

from config.i18n import Translator
from reports.charts import digest_picture
from reports.digest import Digest
from reports.digest_view import view_digest
from reports.mail import Mail, Picture
from reports.pages import fill

PICTURE = "posts"


def render(digest: Digest, t: Translator, dashboard_url: str = "") -> Mail:
    """`digest` as HTML with one picture, and as plain text that tells the same."""
    view = view_digest(digest, t, dashboard_url)
    return Mail(
        subject=view.subject,
        html=fill("digest.html.j2", v=view, t=t, picture=PICTURE),
        text=fill("digest.txt.j2", v=view, t=t),
        pictures=_pictures(digest, view.chart_alt, t),
        language=t.language,
    )


def _pictures(digest: Digest, alt: str, t: Translator) -> tuple[Picture, ...]:
    if not digest.series:
        return ()
    drawn = digest_picture(
        digest.series,
        digest.material.missing,
        digest.material.campaign,
        digest.material.yesterday,
        digest.usual.middle if digest.usual else None,
        t,
    )
    return (Picture(PICTURE, drawn, alt),)
