"""The reference pages are what the code says; remake them with `python tools/reference.py`."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = runpy.run_path(str(ROOT / "tools" / "reference.py"))["PAGES"]


@pytest.mark.parametrize("page", sorted(PAGES))
def test_the_page_is_up_to_date(page: str) -> None:
    written = (ROOT / "docs" / "reference" / f"{page}.md").read_text(encoding="utf-8")
    assert written == PAGES[page]()


def test_every_setting_is_explained() -> None:
    from config.load import setting_names

    unexplained = [name for name, field in setting_names().items() if not field.description]
    assert unexplained == []
