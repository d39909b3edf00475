"""Models from a hub, which is a server on loopback here: what is fetched, kept and told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp.hub.classifier import load_classifier
from nlp.hub.errors import ModelError, ModelUnfit
from nlp.hub.place import Place, find
from nlp.recipe import Part
from tests.nlp.hub.hub_made import make_model
from tests.nlp.hub.hub_server import COMMIT, Hub, serving

ID = "owner/feelings"


@pytest.fixture
def hub(feelings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setenv("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    with serving(Hub()) as made:
        made.models[ID] = feelings
        yield made


@pytest.fixture
def online(hub: Hub, tmp_path: Path) -> Place:
    return Place(tmp_path / "cache", url=hub.url)


def part(model: str = ID, revision: str = "") -> Part:
    return Part("sentiment", model, revision)


def test_a_model_is_fetched_once_and_then_kept(hub: Hub, online: Place) -> None:
    first = load_classifier(part(), online, 64)
    assert (first.facts.name, first.facts.revision) == (ID, COMMIT)
    hub.asked.clear()
    again = load_classifier(part(), online, 64)
    assert hub.asked == []
    assert again.facts == first.facts


def test_kept_models_need_no_network(hub: Hub, online: Place) -> None:
    find(part(), online)
    hub.status = 500
    offline = Place(online.cache, offline=True)
    assert load_classifier(part(), offline, 64).facts.revision == COMMIT


def test_a_revision_is_pinned_by_its_name(hub: Hub, online: Place) -> None:
    for revision in ("v1", COMMIT):
        assert find(part(revision=revision), online).revision == COMMIT
    with pytest.raises(ModelUnfit, match="has no revision 'v9'"):
        find(part(revision="v9"), online)


def test_only_what_is_needed_is_fetched(hub: Hub, online: Place, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "big", name="onnx/model.onnx")
    for name in ("pytorch_model.bin", "tf_model.h5", "model.safetensors", "README.md", "run.py"):
        (folder / name).write_text("x", encoding="utf-8")
    hub.models["owner/big"] = folder
    found = find(part("owner/big"), online)
    kept = sorted(p.relative_to(found.folder).as_posix() for p in found.folder.rglob("*.*"))
    assert kept == ["config.json", "onnx/model.onnx", "tokenizer.json"]
    assert not any("pytorch_model" in path for path in hub.asked if "resolve" in path)


def test_a_download_that_was_cut_short_is_finished(hub: Hub, online: Place) -> None:
    found = find(part(), online)
    for mark in found.folder.parent.parent.glob("*.whole"):
        mark.unlink()
    (found.folder / "model.onnx").unlink()
    assert (find(part(), online).folder / "model.onnx").is_file()


def test_offline_and_not_kept_is_one_clear_line(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"owner/feelings is not kept in .*, and Sada is offline"):
        find(part(), Place(tmp_path / "cache", offline=True, url=hub.url))
    assert hub.asked == []


def test_an_unknown_model_is_named(hub: Hub, online: Place) -> None:
    with pytest.raises(ModelUnfit, match=r"owner/nothing is not known at http://127"):
        find(part("owner/nothing"), online)


def test_a_hub_that_fails_is_told_in_one_line(hub: Hub, online: Place) -> None:
    hub.status = 403
    with pytest.raises(ModelError, match="cannot be fetched from http://127") as error:
        find(part(), online)
    assert "\n" not in str(error.value)


def test_a_hub_that_cannot_be_reached_is_told_in_one_line(hub: Hub, tmp_path: Path) -> None:
    nowhere = Place(tmp_path / "cache", url="http://127.0.0.1:9")
    with pytest.raises(ModelError, match="cannot be fetched from") as error:
        find(part(), nowhere)
    assert "\n" not in str(error.value)


def test_a_file_that_torch_would_not_read_is_not_asked_for(tmp_path: Path, place: Place) -> None:
    folder = make_model(tmp_path / "two")
    for name in ("model.safetensors", "other.safetensors"):
        (folder / name).write_bytes(b"x")
    asked = Part("sentiment", str(folder), file="other.safetensors")
    with pytest.raises(ModelUnfit, match=r"has no 'other\.safetensors' to run. It has: model\."):
        find(asked, place)


def test_weights_that_can_run_code_are_not_even_fetched(
    hub: Hub, online: Place, tmp_path: Path
) -> None:
    folder = make_model(tmp_path / "pickled")
    (folder / "model.onnx").rename(folder / "pytorch_model.bin")
    hub.models["owner/pickled"] = folder
    with pytest.raises(ModelUnfit, match=r"only in pytorch_model\.bin, a form that can run code"):
        find(part("owner/pickled"), online)
    assert not any("resolve" in path for path in hub.asked)


@pytest.mark.parametrize("model", ["./nowhere", "/nowhere", "a/b/c", "what is this?", "~/x"])
def test_what_is_neither_folder_nor_id_is_told(model: str, place: Place) -> None:
    with pytest.raises(ModelUnfit, match="there is no folder"):
        find(part(model), place)
