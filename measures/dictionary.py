"""The dictionary of metrics: what each is called, how it is computed, what it is not.

The entries are in measures/definitions/*.py by subject; docs/reference/metrics.md is made of them.
"""

from collections.abc import Mapping

from measures.definitions.audience import AUDIENCE
from measures.definitions.change import CHANGE
from measures.definitions.metric import LABELS, Metric, Unit
from measures.definitions.mood import MOOD
from measures.definitions.response import RESPONSE
from measures.definitions.volume import VOLUME

__all__ = ["LABELS", "METRICS", "Metric", "Unit"]

METRICS: Mapping[str, Metric] = {
    metric.key: metric for metric in (*VOLUME, *AUDIENCE, *RESPONSE, *MOOD, *CHANGE)
}
