import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.features import BLOCKS, COLUMNS, featurize
from nlp.text import normalize

WORDS = st.text(alphabet="abc دز", max_size=30).map(lambda text: " ".join(text.split()))


def test_shape_and_scale() -> None:
    features = featurize(["zwina bzaf", "", "salut tout le monde"])
    assert features.shape == (3, COLUMNS)
    lengths = np.asarray(features.multiply(features).sum(axis=1)).ravel()
    np.testing.assert_allclose(lengths, [len(BLOCKS), 0, len(BLOCKS)], rtol=1e-5)


def test_nothing_in_nothing_out() -> None:
    assert featurize([]).shape == (0, COLUMNS)
    assert featurize(["", ""]).nnz == 0


@given(st.lists(WORDS, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_row_does_not_depend_on_its_neighbours(texts: list[str]) -> None:
    together = featurize(texts)
    for row, text in enumerate(texts):
        alone = featurize([text])
        assert (abs(together[row] - alone)).nnz == 0


def test_hashes_never_change() -> None:
    """The shipped weights belong to these columns: if this fails, `heads.FORMAT` must rise."""
    features = featurize([normalize("Zwina bzaf 😂 زوينة")])
    assert features.nnz == 84
    assert int(features.indices.astype(np.int64).sum()) == 23821713


def test_both_scripts_share_columns() -> None:
    latin, arabic = featurize(["mezyan bzzaf", "مزيان بزاف"])
    shared = latin.multiply(arabic).nnz
    assert shared >= 8
    assert featurize(["mezyan", "khayb"])[0].multiply(featurize(["khayb"])[0]).nnz <= 1
