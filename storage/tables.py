"""The tables of `storage.models` under short names, for statements that handle many rows."""

from typing import Final

from storage import (  # noqa: F401  # which makes their tables known
    models_copies,
    models_labels,
    models_money,
    models_reading,
)
from storage.models import Base

_TABLES = Base.metadata.tables

campaigns: Final = _TABLES["campaigns"]
authors: Final = _TABLES["authors"]
texts: Final = _TABLES["texts"]
posts: Final = _TABLES["posts"]
memberships: Final = _TABLES["memberships"]
snapshots: Final = _TABLES["snapshots"]
cursors: Final = _TABLES["cursors"]
ledger: Final = _TABLES["ledger"]
runs: Final = _TABLES["runs"]
models: Final = _TABLES["models"]
wanted_model: Final = _TABLES["wanted_model"]
annotations: Final = _TABLES["annotations"]
topic_runs: Final = _TABLES["topic_runs"]
topics: Final = _TABLES["topics"]
text_topics: Final = _TABLES["text_topics"]
rollups: Final = _TABLES["rollups"]
deliveries: Final = _TABLES["deliveries"]
tombstones: Final = _TABLES["tombstones"]
spending: Final = _TABLES["spending"]
warnings: Final = _TABLES["warnings"]
fingerprints: Final = _TABLES["fingerprints"]
bands: Final = _TABLES["bands"]
copies: Final = _TABLES["copies"]
label_plans: Final = _TABLES["label_plans"]
label_samples: Final = _TABLES["label_samples"]
labels: Final = _TABLES["labels"]
