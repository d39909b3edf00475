from hypothesis import given
from hypothesis import strategies as st

from measures.suppress import LEAST_AUTHORS, enough, withheld
from storage.rows import AuthorsRow


def test_platforms_are_not_added_up() -> None:
    nine = [AuthorsRow(name, 9, (1,) * 9, (), 0) for name in ("x", "reddit")]
    assert not enough(nine)
    assert not enough([])
    assert enough([*nine, AuthorsRow("tiktok", 10, (1,) * 10, (), 0)])


def test_nobody_is_no_secret() -> None:
    assert withheld({"a": 0, "b": 40}) == frozenset()


def test_the_smallest_of_the_others_goes_too() -> None:
    assert withheld({"a": 3, "b": 40, "c": 12}) == {"a", "c"}


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=8))
def test_what_is_withheld_is_never_a_small_group_alone(authors: dict[str, int]) -> None:
    hidden = withheld(authors)
    assert all(key in hidden for key, count in authors.items() if 0 < count < LEAST_AUTHORS)
    if hidden and any(count >= LEAST_AUTHORS for count in authors.values()):
        assert max(authors[key] for key in hidden) >= LEAST_AUTHORS
