"""Texts to token numbers, by the tokenizer that lies beside a model."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nlp.hub.errors import ModelError, ModelUnfit

Encode = Callable[[Sequence[str]], list[list[int]]]
"""Token numbers of each text, special ones included, cut to the longest allowed."""

_OFFSET_POSITIONS: Final = frozenset(
    {"roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "longformer", "mpnet", "ibert"}
)
"""Kinds whose positions begin after the padding's number."""
_NO_LIMIT: Final = 1_000_000
"""Tokenizers without a limit state a number with thirty digits."""


@dataclass(frozen=True, slots=True)
class Config:
    """What `config.json` says and Sada needs."""

    kind: str
    labels: tuple[str, ...]
    several: bool
    """Whether a text may have several labels at once (a sigmoid each)."""
    pad: int
    longest: int
    """Most tokens that the model can read."""


def read_config(folder: Path) -> Config:
    """Reads `config.json` and the tokenizer's limit. Raises `ModelUnfit`."""
    try:
        return _config(folder, _json(folder / "config.json"))
    except (ValueError, TypeError, OverflowError) as error:
        raise ModelUnfit(
            f"{folder.name}: config.json holds what cannot be ({error}). Export the model again."
        ) from error


def _config(folder: Path, facts: dict[str, Any]) -> Config:
    named = facts.get("id2label")
    if not isinstance(named, dict) or not named:
        raise ModelUnfit(
            f"{folder.name}: config.json names no labels (id2label), so it is no model that tells"
            " classes apart. Choose one for text classification."
        )
    labels = tuple(str(named[key]) for key in sorted(named, key=int))
    pad = int(facts.get("pad_token_id") or 0)
    several = facts.get("problem_type") == "multi_label_classification" or len(labels) == 1
    kind = str(facts.get("model_type", ""))
    return Config(kind, labels, several, pad, _longest(folder, facts, kind, pad))


def _longest(folder: Path, facts: dict[str, Any], kind: str, pad: int) -> int:
    limits = [_NO_LIMIT]
    if positions := facts.get("max_position_embeddings"):
        limits.append(int(positions) - (pad + 1 if kind in _OFFSET_POSITIONS else 0))
    path = folder / "tokenizer_config.json"
    if path.is_file() and (own := _json(path).get("model_max_length")):
        limits.append(int(own))
    return max(min(limits), 2)


def load_tokenizer(folder: Path, most: int) -> Encode:
    """The tokenizer of a folder, cutting texts to `most` tokens.

    Raises:
        ModelUnfit: there is none, or it cannot be read.
        ModelError: only transformers can read it, and transformers lacks a part for it.
    """
    path = folder / "tokenizer.json"
    return _fast(path, most) if path.is_file() else _slow(folder, most)


def _fast(path: Path, most: int) -> Encode:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exceptions
        raise ModelUnfit(f"{path.parent.name}: tokenizer.json cannot be read ({error}).") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(most)

    def encode(texts: Sequence[str]) -> list[list[int]]:
        return [list(one.ids) for one in tokenizer.encode_batch(list(texts))]

    return encode


def _slow(folder: Path, most: int) -> Encode:
    """Vocabularies without `tokenizer.json`, which transformers knows how to read."""
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False
        )
    except (ImportError, OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise ModelError(
            f"{folder.name}: its tokenizer cannot be read without tokenizer.json ({said}). Save it"
            " anew on a machine that has torch (docs/how-to/hub-models.md)."
        ) from error

    def encode(texts: Sequence[str]) -> list[list[int]]:
        made = tokenizer(list(texts), truncation=True, max_length=most, padding=False)
        return [list(ids) for ids in made["input_ids"]]

    return encode


def _json(path: Path) -> dict[str, Any]:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnfit(
            f"{path.parent.name}: {path.name} is missing or cannot be read ({error}). A model's"
            " folder holds it beside the weights."
        ) from error
    if not isinstance(facts, dict):
        raise ModelUnfit(f"{path.parent.name}: {path.name} is no JSON object.")
    return facts
