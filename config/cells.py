"""Makes text safe as a cell of a spreadsheet, and takes it back.

A cell that starts with `= + - @` (or a full-width form, a tab or a line break) may run as a formula
when a spreadsheet opens the file (https://owasp.org/www-community/attacks/CSV_Injection), so it
gets an apostrophe in front. In CSV the same can happen inside a text: a spreadsheet set to French
splits at `;` and not at `,`, and then also at line breaks. Both directions are exact inverses.
"""

import re

FORMULA = "=+\\-@＝＋－＠﹢﹣﹦﹫"
LEADING_BREAK = re.compile(r"'*[\t\r\n]")
# One run of what a spreadsheet may skip, always eaten whole so that the search stays linear.
RUN = re.compile(rf"[\s;'\"\u200b-\u200f\u2060\ufeff]++[{FORMULA}]?|^[{FORMULA}]")
START = re.compile(rf"[\s'\"\u200b-\u200f\u2060\ufeff]*+(?:[{FORMULA}])|'*[\t\r\n]")


def escape_start(text: str) -> str:
    """`text` with an apostrophe in front where its own start could run as a formula."""
    return f"'{text}" if START.match(text) else text


def escape_cell(text: str) -> str:
    """`text` safe as a CSV cell whatever separator the reader takes."""
    escaped = RUN.sub(_mark, text)
    return f"'{escaped}" if LEADING_BREAK.match(escaped) else escaped


def unescape_cell(cell: str) -> str:
    """The text that `escape_cell` was given."""
    if cell.startswith("'") and LEADING_BREAK.match(cell):
        cell = cell[1:]
    return RUN.sub(_unmark, cell)


def _mark(match: re.Match[str]) -> str:
    run, at = match.group(), _cell_start(match)
    return run if at is None else f"{run[:at]}'{run[at:]}"


def _unmark(match: re.Match[str]) -> str:
    run, at = match.group(), _cell_start(match)
    return run if at is None else run[:at] + run[at + 1 :]


def _cell_start(match: re.Match[str]) -> int | None:
    """Where in the run a cell would start whose first sign is the run's formula sign."""
    run = match.group()
    if not re.match(f"[{FORMULA}]", run[-1]):
        return None
    last = max(run.rfind(sign) for sign in ";\t\r\n")
    if last >= 0:
        return last + 1
    return 0 if match.start() == 0 else None
