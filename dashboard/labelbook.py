"""What the labelling page asks of storage, behind a protocol that tests can fake."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Protocol

from storage import labels, labels_draw, labels_files
from storage.database import Database
from storage.labels_draw import Wish
from storage.labels_files import Imported
from storage.labels_rows import Answer, Drawn, Frame, Item, Sample
from storage.queries.labels import label_sample, labelled_frame, last_answer
from storage.rows import Cut

Spans = Mapping[str, tuple[date, date]]
HeldApart = Callable[[str], bool]


class LabelBook(Protocol):
    """Samples and labels of campaigns, by slug; see `storage.labels` and its neighbours."""

    def sample(self, slug: str) -> tuple[list[Sample], list[Answer]]: ...

    def stamp(self, slug: str) -> tuple[int, datetime | None]: ...

    def frame(self, slug: str, cut: Cut) -> Frame: ...

    def next_text(
        self, slug: str, annotator: str, now: datetime, *, disputed: bool
    ) -> Item | None: ...

    def keep(
        self,
        slug: str,
        annotator: str,
        post_id: int,
        text_key: str,
        sentiment: str | None,
        offensive: bool | None,
        now: datetime,
    ) -> bool: ...

    def take_back(self, slug: str, annotator: str, now: datetime) -> Item | None: ...

    def draw(self, slug: str, spans: Spans, wish: Wish, now: datetime) -> list[Drawn]: ...

    def answers_file(self, slug: str) -> tuple[str, int]: ...

    def sheet(self, slug: str, annotator: str) -> tuple[str, int]: ...

    def take_in(self, slug: str, content: bytes, now: datetime) -> Imported: ...


class StoredLabels:
    """The labels of a database. `token` makes 16 random bytes for a campaign's first draw.

    Texts for which `held_apart` answers True are neither drawn nor shown.
    """

    def __init__(
        self, database: Database, token: Callable[[], bytes], held_apart: HeldApart | None
    ) -> None:
        self._database, self._token, self._held_apart = database, token, held_apart

    def sample(self, slug: str) -> tuple[list[Sample], list[Answer]]:
        return label_sample(self._database, slug)

    def stamp(self, slug: str) -> tuple[int, datetime | None]:
        return last_answer(self._database, slug)

    def frame(self, slug: str, cut: Cut) -> Frame:
        return labelled_frame(self._database, slug, cut, self._held_apart)

    def next_text(self, slug: str, annotator: str, now: datetime, *, disputed: bool) -> Item | None:
        return labels.next_text(
            self._database, slug, annotator, now, disputed=disputed, held_apart=self._held_apart
        )

    def keep(
        self,
        slug: str,
        annotator: str,
        post_id: int,
        text_key: str,
        sentiment: str | None,
        offensive: bool | None,
        now: datetime,
    ) -> bool:
        return labels.keep_answer(
            self._database, slug, annotator, post_id, text_key, sentiment, offensive, now
        )

    def take_back(self, slug: str, annotator: str, now: datetime) -> Item | None:
        return labels.take_back(self._database, slug, annotator, now)

    def draw(self, slug: str, spans: Spans, wish: Wish, now: datetime) -> list[Drawn]:
        return labels_draw.draw(
            self._database, slug, spans, wish, key=self._token(), now=now,
            held_apart=self._held_apart,
        )  # fmt: skip

    def answers_file(self, slug: str) -> tuple[str, int]:
        return labels_files.export_answers(self._database, slug)

    def sheet(self, slug: str, annotator: str) -> tuple[str, int]:
        return labels_files.export_sheet(
            self._database, slug, annotator, held_apart=self._held_apart
        )

    def take_in(self, slug: str, content: bytes, now: datetime) -> Imported:
        return labels_files.import_labels(self._database, slug, content, now)
