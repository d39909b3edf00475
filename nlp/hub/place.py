"""Where the files of a hub model are: a folder on this machine, or a hub and its cache here."""

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nlp.hub.choice import COMPANIONS, Choice, choose, downloads
from nlp.hub.errors import ModelError, ModelUnfit
from nlp.recipe import Part

log = logging.getLogger(__name__)

NEWEST: Final = "main"
_HUB_ID = re.compile(r"[\w-][\w.-]{0,95}(?:/[\w-][\w.-]{0,95})?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where models are kept on this machine, and whether they may be fetched."""

    cache: Path
    offline: bool = False
    url: str | None = None
    """Address of the hub or of a mirror; `None`: https://huggingface.co."""


@dataclass(frozen=True, slots=True)
class Found:
    """A model's files on this machine."""

    folder: Path
    choice: Choice
    name: str
    """The hub id, or the folder's own name: no path of this machine is stored."""
    revision: str
    """Commit of the hub; empty for a folder."""

    @property
    def files(self) -> list[Path]:
        """All that the model's answers depend on, in a fixed order."""
        every = (self.folder / name for name in (*self.choice.files, *COMPANIONS))
        return sorted({path for path in every if path.is_file()})


def find(part: Part, place: Place) -> Found:
    """The files of a part's model, fetched when they are not kept yet.

    Raises:
        ModelUnfit: there is no such model, or none that Sada can run.
        ModelError: it cannot be fetched now.
    """
    folder = Path(part.model).expanduser()
    if folder.is_dir():
        return _found(part, folder, folder.resolve().name, "")
    if _is_path(part.model) or not _HUB_ID.fullmatch(part.model):
        raise ModelUnfit(
            f"{_setting(part)}: there is no folder '{part.model}', and it is no hub id such as"
            " owner/name. Write one of both."
        )
    kept = _kept(part, place)
    if kept is None:
        kept = _fetched(part, place)
    return _found(part, kept, part.model, kept.name)


def _is_path(model: str) -> bool:
    return model.startswith((".", "/", "~")) or model.count("/") > 1 or "\\" in model


def _found(part: Part, folder: Path, name: str, revision: str) -> Found:
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return Found(folder, choose(part, files), name, revision)


def _kept(part: Part, place: Place) -> Path | None:
    """The folder of a revision that was fetched whole before; no network is asked."""
    from huggingface_hub import constants, snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        kept = Path(
            snapshot_download(
                part.model,
                revision=part.revision or NEWEST,
                cache_dir=place.cache,
                local_files_only=True,
            )
        )
    except (LocalEntryNotFoundError, FileNotFoundError):
        return None
    whole = _mark(kept).exists() or place.offline or constants.HF_HUB_OFFLINE
    return kept if whole else None


def _mark(snapshot: Path) -> Path:
    """A file that says that all of a snapshot arrived: a kill leaves some of it."""
    return snapshot.parent.parent / f"{snapshot.name}.whole"


def _fetched(part: Part, place: Place) -> Path:
    from huggingface_hub import HfApi, constants, snapshot_download

    if place.offline or constants.HF_HUB_OFFLINE:
        raise ModelError(
            f"{_setting(part)}: {part.model}{_at(part)} is not kept in {place.cache}, and Sada is"
            " offline. Fetch it once with SADA_NLP__OFFLINE=false, or give a folder."
        )
    with _told(part, place):
        api = HfApi(endpoint=place.url)
        info = api.model_info(part.model, revision=part.revision or None)
        files = [one.rfilename for one in info.siblings or ()]
        wanted = downloads(choose(part, files), files)
        log.info("fetching %s at %s: %s", part.model, info.sha, ", ".join(wanted))
        # By the name that was asked for, so that the cache knows which commit that was.
        revision = part.revision or NEWEST
        snapshot = Path(
            snapshot_download(
                part.model,
                revision=revision,
                cache_dir=place.cache,
                allow_patterns=wanted,
                endpoint=place.url,
            )
        )
    _mark(snapshot).touch()
    return snapshot


@contextmanager
def _told(part: Part, place: Place) -> Iterator[None]:
    """What the hub's client raises, in one line of ours."""
    from huggingface_hub import errors

    transport: type[Exception] = errors.HTTPError  # type: ignore[attr-defined]

    where = place.url or "https://huggingface.co"
    name = f"{_setting(part)}: {part.model}"
    try:
        yield
    except errors.GatedRepoError as error:
        raise ModelUnfit(
            f"{name} is only for those who accepted its terms. Accept them at {where}, then set"
            " HF_TOKEN."
        ) from error
    except errors.RevisionNotFoundError as error:
        raise ModelUnfit(
            f"{name} has no revision '{part.revision}'. Write a commit, tag or branch after the @."
        ) from error
    except (errors.RepositoryNotFoundError, errors.HFValidationError) as error:
        raise ModelUnfit(
            f"{name} is not known at {where}. Check the id; a private model needs HF_TOKEN."
        ) from error
    except (transport, errors.LocalEntryNotFoundError, errors.XetDownloadError) as error:
        raise ModelError(
            f"{name} cannot be fetched from {where} ({_short(error)}). Check the network, or copy"
            " the model's folder here and name it instead."
        ) from error
    except ConnectionError as error:
        raise ModelError(f"{name} cannot be fetched ({_short(error)}).") from error
    except OSError as error:
        raise ModelError(
            f"{name} cannot be kept in {place.cache} ({error.strerror or _short(error)})."
        ) from error


def _short(error: BaseException) -> str:
    lines: Sequence[Any] = str(error).strip().splitlines() or [type(error).__name__]
    return str(lines[0])[:200]


def _at(part: Part) -> str:
    return f"@{part.revision}" if part.revision else ""


def _setting(part: Part) -> str:
    return f"SADA_NLP__{part.task.upper()}_MODEL"
