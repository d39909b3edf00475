"""The end-of-campaign report: a folder with one page that needs nothing else, and its tables."""

from collections.abc import Callable
from pathlib import Path

from config.i18n import Translator
from reports.chapters.change import change
from reports.chapters.followed import followed
from reports.chapters.limits import limits, method, reproduce
from reports.chapters.outcomes import outcomes
from reports.chapters.reach import reach
from reports.chapters.summary import summary
from reports.chapters.understanding import understanding
from reports.errors import ReportError
from reports.pages import TEMPLATES, fill
from reports.parts import Chapter
from reports.report_data import ReportMaterial
from reports.tables import tables

CHAPTERS: tuple[Callable[[ReportMaterial, Translator], Chapter], ...] = (
    summary,
    followed,
    reach,
    understanding,
    change,
    outcomes,
    limits,
    method,
    reproduce,
)


def render_report(report: ReportMaterial, t: Translator) -> str:
    """The page as HTML; the same material and language give the same bytes."""
    return fill(
        "report.html.j2",
        t=t,
        campaign=report.campaign,
        today=report.material.today,
        chapters=[chapter(report, t) for chapter in CHAPTERS],
        style=(TEMPLATES / "report.css").read_text(encoding="utf-8"),
    )


def write_report(report: ReportMaterial, folder: Path, t: Translator) -> Path:
    """Write `index.html` and `tables/*.csv` into `folder`; returns the page's path.

    Raises `ReportError` when the folder cannot be written.
    """
    page = folder / "index.html"
    try:
        (folder / "tables").mkdir(parents=True, exist_ok=True)
        for name, text in tables(report):
            (folder / "tables" / name).write_bytes(text.encode())
        page.write_bytes(render_report(report, t).encode())
    except OSError as error:
        raise ReportError(
            f"{folder}: the report cannot be written ({error.strerror or error})."
            " Free space or choose another folder."
        ) from error
    return page
