"""The dictionary is whole, and the reference page is made of it."""

from dataclasses import fields
from pathlib import Path

import pytest

from measures.change import Change, Reason
from measures.compare import COMPARED
from measures.dictionary import LABELS, METRICS
from measures.fields import (
    CHANGE_FIELDS,
    CORRECTED_FIELDS,
    CORRECTION_FIELDS,
    DOCUMENT_FIELDS,
    ENGAGEMENT_FIELDS,
    FIGURE_FIELDS,
)
from measures.reference import metrics_page
from measures.summary import CHANGES, Corrected, Engagement, Figures, LabelledShares

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "metrics.md"
SPINE = """posts originals authors effective_authors engagement engagement_rate views
potential_impressions potential_reach share_of_voice net_sentiment negative_share neutral_share
positive_share offensive_share signposting_rate amplification conversation applause change contrast
changed_words standing"""


def test_every_shown_metric_has_an_entry() -> None:
    assert set(METRICS) == set(SPINE.split())
    assert set(CHANGES) | set(COMPARED) <= set(METRICS)
    beyond = {"change", "contrast", "changed_words", "standing"}
    assert set(METRICS) - beyond <= {field.name for field in fields(Figures)}


@pytest.mark.parametrize("key", METRICS)
def test_an_entry_is_complete(key: str) -> None:
    metric = METRICS[key]
    assert metric.key == key
    for texts in filter(None, (metric.name, metric.definition, metric.formula, metric.denominator)):
        assert len({texts.fr, texts.ar, texts.en}) >= 2
        assert any("؀" <= letter <= "ۿ" for letter in texts.ar)
        assert not any("؀" <= letter <= "ۿ" for letter in texts.fr + texts.en)
        assert "\n" not in texts.fr + texts.ar + texts.en
    assert metric.definition.fr.endswith(".")
    assert metric.platforms
    assert metric.source
    assert metric.unit in LABELS
    assert metric.unit not in {"share", "rate"} or metric.denominator
    assert metric.version >= 1


def test_every_field_of_the_json_is_described() -> None:
    for described, model in (
        (FIGURE_FIELDS, Figures),
        (ENGAGEMENT_FIELDS, Engagement),
        (CHANGE_FIELDS, Change),
        (CORRECTION_FIELDS, LabelledShares),
        (CORRECTED_FIELDS, Corrected),
    ):
        assert list(described) == [field.name for field in fields(model)]
    assert next(iter(DOCUMENT_FIELDS)) == "format"
    for code in Reason.__args__:
        assert code in CHANGE_FIELDS["reason"]


@pytest.mark.skipif(not PAGE.exists(), reason="the documentation is not beside the tests")
def test_the_reference_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == metrics_page(), (
        "run: python -m measures.reference > docs/reference/metrics.md"
    )
