"""A change of model in the background: figures stay those of the old one until the new is done."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import pytest

from config.errors import SadaError
from nlp.annotation import Annotation, TextModel
from nlp.hub.process import Stopped
from nlp.recipe import EMBEDDED, Part, Recipe, read_recipe
from sada.bootstrap import Sada
from sada.models import recipe_of
from sada.pipeline.annotate import Pace
from sada.reading import RETRY, Reading
from storage import queries
from storage.annotating import count_pending
from storage.collecting import store_batch
from storage.errors import DatabaseBusy
from storage.incoming import Batch, Incoming
from storage.rows import Cut
from storage.wanted import prune_models, reading_progress, shown
from tests.sada.support import NOW, Clock, post

A, B = "SADA_NLP__SENTIMENT_MODEL", "owner/b"


class Model:
    """Calls every text by one label; dies when told to."""

    version = "1"

    def __init__(self, shelf: "Shelf", name: str, label: str) -> None:
        self.name, self._label, self._shelf = name, label, shelf

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        self._shelf.read.append((self.name, len(texts)))
        if self._shelf.before:
            self._shelf.before(self.name)
        return [Annotation("fr", 0.2, 0.6, 0.2, self._label, 0.01) for _ in texts]


class Shelf:
    """Opens models by recipe: the embedded one says neg, any other pos."""

    def __init__(self) -> None:
        self.read: list[tuple[str, int]] = []
        self.opened: list[str] = []
        self.closed: list[str] = []
        self.error: SadaError | None = None
        self.before: Callable[[str], None] | None = None
        self.versions: dict[str, str] = {}

    @contextmanager
    def open(self, recipe: Recipe, stop: Callable[[], bool]) -> Iterator[TextModel]:
        name = recipe.parts[0].model if recipe.parts else "embedded"
        self.opened.append(name)
        if self.error and recipe.parts:
            raise self.error
        model = Model(self, name, "pos" if recipe.parts else "neg")
        model.version = self.versions.get(name, "1")
        yield model
        self.closed.append(name)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def store(sada: Sada, numbers: Sequence[int]) -> None:
    posts = [
        Incoming(post(n, f"Bravo {n} #Sghira"), scope="campaign", standing="earned")
        for n in numbers
    ]
    batch = Batch(
        campaign="small", source="x", query="q", cursor=None, covered=None, run=None, calls=1,
        billed=0, dollars=0.0, taken_at=NOW, posts=posts,
    )  # fmt: skip
    store_batch(sada.database, batch, secret=sada.secret, timezone=sada.timezone)


def labels(sada: Sada) -> tuple[int, int, int]:
    """Negative, positive and annotated originals, as the dashboard adds them up."""
    days = queries.daily(sada.database, "small", Cut())
    return sum(d.neg for d in days), sum(d.pos for d in days), sum(d.annotated for d in days)


@pytest.fixture
def settled(sada: Sada, shelf: Shelf) -> Sada:
    """A hundred posts, read and shown by the embedded model."""
    store(sada, range(1, 101))
    reading = Reading(sada, shelf.open)
    reading.want()
    assert reading.round() == 100
    assert labels(sada) == (100, 0, 100)
    shelf.read.clear()
    shelf.opened.clear()
    return sada


@pytest.fixture
def changed(settled: Sada, make_sada: Callable[..., Sada]) -> Sada:
    """The same, with the settings asking for another model; batches of ten."""
    return make_sada(**{A: B, "SADA_NLP__BATCH_SIZE": "10"})


def test_nothing_is_opened_when_nothing_waits(settled: Sada, shelf: Shelf) -> None:
    reading = Reading(settled, shelf.open)
    reading.want()
    assert reading.round() == 0
    assert shelf.opened == ["embedded"]  # once, to see that it still is what it was
    assert reading.round() == 0
    assert shelf.opened == ["embedded"]


def test_figures_are_the_old_ones_until_the_switch(changed: Sada, shelf: Shelf) -> None:
    reading = Reading(changed, shelf.open)
    reading.want()
    seen = []
    shelf.before = lambda name: seen.append((labels(changed), reading_progress(changed.database)))
    assert reading.round() == 100
    assert len(seen) == 10
    for done, (figures, progress) in enumerate(seen):
        assert figures == (100, 0, 100)
        assert progress is not None
        assert (progress.shown, progress.wanted) == ("embedded 1", f"{B} 1")
        assert (progress.read, progress.texts) == (10 * done, 100)
    assert labels(changed) == (0, 100, 100)
    assert reading_progress(changed.database) is None
    assert shelf.closed.count(B) == 1


def test_posts_that_come_meanwhile_are_read_by_both(changed: Sada, shelf: Shelf) -> None:
    def more(name: str) -> None:
        if name == B and len(shelf.read) == 3:
            store(changed, range(101, 106))

    shelf.before = more
    figures = []
    reading = Reading(changed, shelf.open)
    reading.want()
    reading.round(progress=lambda *_: figures.append(labels(changed)))
    assert ("embedded", 5) in shelf.read
    assert (105, 0, 105) in figures
    assert labels(changed) == (0, 105, 105)


def test_a_stop_in_the_middle_goes_on_where_it_was(changed: Sada, shelf: Shelf) -> None:
    reading = Reading(changed, shelf.open)
    reading.want()
    assert reading.round(stop=lambda: len(shelf.read) >= 3) == 30
    assert labels(changed) == (100, 0, 100)
    again = Reading(changed, shelf.open)
    again.want()
    assert again.round() == 70
    assert sum(n for name, n in shelf.read if name == B) == 100
    assert labels(changed) == (0, 100, 100)


def test_what_cannot_be_opened_keeps_the_old_going(
    changed: Sada, shelf: Shelf, clock: Clock
) -> None:
    shelf.error = SadaError("owner/b: no network.")
    reading = Reading(changed, shelf.open)
    reading.want()
    store(changed, [200])
    with pytest.raises(SadaError, match="no network"):
        reading.round()
    assert labels(changed) == (101, 0, 101)
    progress = reading_progress(changed.database)
    assert progress is not None
    assert progress.error == "owner/b: no network."

    store(changed, [201])
    assert reading.round() == 0  # too early to try again, but the old model has read it
    assert shelf.opened.count(B) == 1
    assert labels(changed) == (102, 0, 102)

    shelf.error = None
    clock.now += RETRY + timedelta(seconds=1)
    assert reading.round() == 102
    assert labels(changed) == (0, 102, 102)
    assert reading_progress(changed.database) is None


def test_a_model_that_dies_while_reading_loses_nothing(
    changed: Sada, shelf: Shelf, clock: Clock
) -> None:
    def die(name: str) -> None:
        if len(shelf.read) == 4:
            raise SadaError("its process was killed.")

    shelf.before = die
    reading = Reading(changed, shelf.open)
    reading.want()
    with pytest.raises(SadaError, match="killed"):
        reading.round()
    assert labels(changed) == (100, 0, 100)
    clock.now += RETRY + timedelta(seconds=1)
    assert reading.round() == 70


def test_a_first_reading_by_a_slow_model_shows_the_embedded_one_first(
    make_sada: Callable[..., Sada], shelf: Shelf
) -> None:
    sada = make_sada(**{A: B})
    store(sada, range(1, 41))
    seen = []
    shelf.before = lambda name: seen.append((name, labels(sada)))
    reading = Reading(sada, shelf.open)
    reading.want()
    assert reading.round() == 40
    assert (B, (40, 0, 40)) in seen
    assert labels(sada) == (0, 40, 40)


def test_going_back_needs_no_reading_until_pruned(
    changed: Sada, settled: Sada, shelf: Shelf
) -> None:
    for sada in (changed, settled):
        reading = Reading(sada, shelf.open)
        reading.want()
        shelf.read.clear()
        reading.round()
    assert shelf.read == []
    assert labels(settled) == (100, 0, 100)
    assert prune_models(settled.database) == [(f"{B} 1", 100)]
    assert labels(settled) == (100, 0, 100)


def test_whoever_asked_last_is_followed_by_a_running_scheduler(
    settled: Sada, changed: Sada, shelf: Shelf
) -> None:
    running = Reading(settled, shelf.open)
    running.want()
    running.round()
    by_hand = Reading(changed, shelf.open)
    by_hand.want()
    by_hand.round()
    assert labels(settled) == (0, 100, 100)
    store(settled, [300])
    assert running.round() == 1
    assert labels(settled) == (0, 101, 101)


def test_a_shown_model_that_is_gone_is_told_once(
    changed: Sada, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.versions["embedded"] = "2"  # a newer Sada came with other weights
    store(changed, [200])
    reading = Reading(changed, shelf.open)
    reading.want()
    with caplog.at_level(logging.WARNING):
        reading.round(stop=lambda: len(shelf.read) >= 3)
        reading.round()
    assert [r.message for r in caplog.records if "cannot read new texts" in r.message] == [
        "embedded 1 is shown but cannot read new texts, which count once the new model has read"
        " all (in its place there is embedded 2)"
    ]
    assert labels(changed) == (0, 101, 101)


def test_a_shown_model_that_dies_does_not_stop_the_new_one(
    changed: Sada, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    def die(name: str) -> None:
        if name == "embedded":
            raise SadaError("its process was killed.")

    shelf.before = die
    store(changed, [200])
    reading = Reading(changed, shelf.open)
    reading.want()
    assert reading.round() == 101
    assert labels(changed) == (0, 101, 101)
    assert "its process was killed" in caplog.text


def test_a_database_that_is_busy_is_no_fault_of_the_model(changed: Sada, shelf: Shelf) -> None:
    def busy(name: str) -> None:
        raise DatabaseBusy("locked")

    shelf.before = busy
    reading = Reading(changed, shelf.open)
    reading.want()
    with pytest.raises(DatabaseBusy):
        reading.round()
    shelf.before = None
    assert reading.round() == 100  # at once, not after a pause


def test_other_files_under_the_same_name_are_another_model(changed: Sada, shelf: Shelf) -> None:
    for version in ("1", "2"):
        shelf.versions[B] = version
        reading = Reading(changed, shelf.open)
        reading.want()
        assert reading.round() == 100
        model = shown(changed.database)
        assert model is not None
        assert (model.name, model.version) == (B, version)
        assert count_pending(changed.database, model.id) == 0


def test_a_signal_while_a_model_loads_is_no_error(changed: Sada, shelf: Shelf) -> None:
    shelf.error = Stopped("loading")
    reading = Reading(changed, shelf.open)
    reading.want()
    assert reading.round(stop=lambda: True) == 0
    progress = reading_progress(changed.database)
    assert progress is not None
    assert progress.error == ""


def test_steps_last_about_as_long_as_they_should() -> None:
    now = 0.0

    def work(size: int) -> int:
        nonlocal now
        now += size / 20  # twenty texts a second
        return size

    pace = Pace(512, timer=lambda: now)
    sizes = [pace.timed(work) for _ in range(4)]
    assert sizes == [32, 100, 100, 100]


def test_settings_become_a_recipe(
    make_sada: Callable[..., Sada], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("model")
    sada = make_sada(
        SADA_NLP__SENTIMENT_MODEL="owner/name@abc",
        SADA_NLP__SENTIMENT_LABELS="LABEL_0=neg, a=b=pos",
        SADA_NLP__OFFENSIVE_MODEL=str(folder),
        SADA_NLP__MAX_TOKENS="128",
    )
    recipe = recipe_of(sada.settings.nlp)
    assert recipe == Recipe(
        (
            Part("sentiment", "owner/name", "abc", (("LABEL_0", "neg"), ("a=b", "pos"))),
            Part("offensive", str(folder)),
        ),
        128,
    )
    assert read_recipe(recipe.document()) == recipe
    assert recipe.told() == f"sentiment: owner/name@abc, offensive: {folder}, the rest: embedded"


def test_no_settings_mean_the_embedded_model(sada: Sada) -> None:
    assert recipe_of(sada.settings.nlp) == EMBEDDED
    assert read_recipe(EMBEDDED.document()) == EMBEDDED
