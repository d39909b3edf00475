"""Runs a network on one batch of token numbers: an exported graph, or weights with torch."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp.hub.errors import ModelError, ModelUnfit
from nlp.hub.place import Found

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Network = Callable[[Ints, Ints], Floats]
"""Token numbers and attention mask, both (texts, tokens), to scores (texts, labels)."""

_FEEDABLE: Final = frozenset({"input_ids", "attention_mask", "token_type_ids"})
EXTRA: Final = "pip install 'sada[transformers]'"


def load_network(found: Found, kind: str) -> Network:
    """The network of a model's files. Raises `ModelUnfit`, `ModelError`."""
    return _exported(found) if found.choice.runtime == "onnxruntime" else _torch(found, kind)


def _exported(found: Found) -> Network:
    import onnxruntime

    path = found.folder / found.choice.weights
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # its errors are raised, and told in our words
    try:
        session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime's own classes are not public
        raise ModelUnfit(
            f"{found.name}: {found.choice.weights} cannot be run ({_first_line(error)}). Export it"
            " again (docs/how-to/hub-models.md)."
        ) from error
    needed = {one.name for one in session.get_inputs()}
    if "input_ids" not in needed or needed - _FEEDABLE:
        raise ModelUnfit(
            f"{found.name}: {found.choice.weights} asks for {', '.join(sorted(needed))}; Sada gives"
            f" {', '.join(sorted(_FEEDABLE))}. Export it for text classification."
        )
    outputs = [one.name for one in session.get_outputs()]
    answer = "logits" if "logits" in outputs else outputs[0]

    def run(ids: Ints, mask: Ints) -> Floats:
        every = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        try:
            (scores,) = session.run([answer], {name: every[name] for name in needed})
        except Exception as error:
            raise ModelError(
                f"{found.name}: failed on a batch of {len(ids)} texts ({_first_line(error)})."
            ) from error
        return np.asarray(scores, dtype=np.float32)

    return run


def _torch(found: Found, kind: str) -> Network:
    try:
        import torch
        from transformers import AutoModelForSequenceClassification
    except ImportError as error:
        raise ModelError(
            f"{found.name}: has no exported model (.onnx), so it needs torch: {EXTRA}. Or export"
            " it once elsewhere (docs/how-to/hub-models.md)."
        ) from error
    try:
        model = AutoModelForSequenceClassification.from_pretrained(
            found.folder, use_safetensors=True, trust_remote_code=False, local_files_only=True
        ).eval()
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        raise ModelUnfit(
            f"{found.name}: transformers cannot load it as a '{kind}' classifier"
            f" ({_first_line(error)})."
        ) from error

    def run(ids: Ints, mask: Ints) -> Floats:
        with torch.inference_mode():
            scores: Any = model(
                input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)
            ).logits
        return np.asarray(scores.float().numpy(), dtype=np.float32)

    return run


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
