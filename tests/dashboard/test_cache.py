"""The store of answers stays small and forgets."""

from dashboard.cache import Cache


def test_answers_are_kept_for_a_while_and_in_bounds() -> None:
    now, made = [0.0], []
    cache = Cache(size=2, seconds=10, clock=lambda: now[0])

    def ask(key: str) -> str:
        return cache.get(key, lambda: made.append(key) or key)

    ask("a"), ask("a"), ask("b")
    assert made == ["a", "b"]
    ask("c")
    ask("a")
    assert made == ["a", "b", "c", "a"]  # the oldest had gone
    now[0] = 11
    ask("a")
    assert made[-1] == "a"
    assert len(made) == 5
