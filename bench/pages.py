"""Figures of a benchmark put into a page, between two marks."""

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def between(page: str, text: str) -> str:
    """`page` with what stands between the marks replaced. Raises `ValueError` without marks."""
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise ValueError(f"the page does not have one {BEGIN} and one {END}")
    head, tail = page.partition(BEGIN)[0], page.partition(END)[2]
    return f"{head}{BEGIN}\n{text}\n{END}{tail}"
