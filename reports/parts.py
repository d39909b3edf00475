"""What a report is made of: chapters of paragraphs, points, tables and charts, all in words."""

from dataclasses import dataclass

from reports.told import Told


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    tone: str = ""
    """`note` for small print, `warning` for what must be seen."""


@dataclass(frozen=True, slots=True)
class Points:
    """A list of labelled lines."""

    lines: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as shown; the same figures unrounded stand in `tables/<file>.csv` where named."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    file: str = ""
    words: bool = False
    """Whether cells are texts rather than figures."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing; its title says the finding, `alt` what is to be seen."""

    title: str
    svg: str
    alt: str
    note: str = ""


Part = Paragraph | Points | Table | Chart


@dataclass(frozen=True, slots=True)
class Chapter:
    anchor: str
    title: str
    parts: tuple[Part, ...]
