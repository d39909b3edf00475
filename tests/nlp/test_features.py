import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.batch import TextBatch
from nlp.features import BLOCKS, COLUMNS, featurize
from nlp.text import normalize

split = TextBatch.split
WORDS = st.text(alphabet="abc دز", max_size=30).map(lambda text: " ".join(text.split()))


def test_shape_and_scale() -> None:
    features = featurize(split(["zwina bzaf", "", "salut tout le monde"]))
    assert features.shape == (3, COLUMNS)
    lengths = np.asarray(features.multiply(features).sum(axis=1)).ravel()
    np.testing.assert_allclose(lengths, [len(BLOCKS), 0, len(BLOCKS)], rtol=1e-5)


def test_nothing_in_nothing_out() -> None:
    assert featurize(split([])).shape == (0, COLUMNS)
    assert featurize(split(["", ""])).nnz == 0


@given(st.lists(WORDS, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_row_does_not_depend_on_its_neighbours(texts: list[str]) -> None:
    together = featurize(split(texts))
    for row, text in enumerate(texts):
        alone = featurize(split([text]))
        assert (abs(together[row] - alone)).nnz == 0


def test_hashes_never_change() -> None:
    """The shipped weights belong to these columns: if this fails, `heads.FORMAT` must rise."""
    features = featurize(split([normalize("Zwina bzaf 😂 زوينة")]))
    assert features.nnz == 84
    assert int(features.indices.astype(np.int64).sum()) == 23821713


def test_both_scripts_share_columns() -> None:
    latin, arabic = featurize(split(["mezyan bzzaf", "مزيان بزاف"]))
    shared = latin.multiply(arabic).nnz
    assert shared >= 8
    good, bad = featurize(split(["mezyan", "khayb"]))
    assert good.multiply(bad).nnz <= 1
