"""The tridiagonal short cut against the dense covariance that it stands for."""

import numpy as np
import pytest
from scipy import stats

from measures import regression
from measures.regression import CORRELATIONS, NOISE_SHARES, Mixture, Series, fit


def series(n: int = 24, seed: int = 0) -> Series:
    chance = np.random.default_rng(seed)
    days = np.sort(chance.choice(40, n, replace=False)).astype(float)
    design = np.column_stack([np.ones(n), days > 25, days - 20])
    noise = chance.uniform(0.5, 1.5, n)
    return Series(chance.normal(size=n), days, design, np.array([0, 0, 1e4]), noise)


def test_the_whitened_grams_are_those_of_the_dense_covariance() -> None:
    data = series()
    grams, log_determinants = regression._whitened_grams(data)
    columns = np.column_stack([data.design, data.y])
    apart = np.abs(data.days[:, None] - data.days)
    grid = [(rho, share) for rho in CORRELATIONS for share in NOISE_SHARES]
    for number, (rho, share) in enumerate(grid):
        dense = (1 - share) * np.where(apart == 0, 1, rho**apart) + share * np.diag(data.noise)
        expected = columns.T @ np.linalg.solve(dense, columns)
        np.testing.assert_allclose(grams[number], expected, rtol=1e-8, atol=1e-8)
        assert log_determinants[number] == pytest.approx(np.linalg.slogdet(dense)[1])


def test_without_correlation_it_is_ordinary_least_squares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regression, "CORRELATIONS", np.array([0.0]))
    monkeypatch.setattr(regression, "PRIORS", np.array([1.0]))
    monkeypatch.setattr(regression, "NOISE_SHARES", np.array([0.0]))
    chance = np.random.default_rng(1)
    groups = np.repeat([0.0, 1.0], [12, 8])
    y = chance.normal(size=20) + groups
    design = np.column_stack([np.ones(20), groups])
    found = fit(Series(y, np.arange(20.0), design, np.zeros(2), np.ones(20))).of(1)
    interval = stats.ttest_ind(y[12:], y[:12]).confidence_interval(0.95)
    assert found.quantile(0.025) == pytest.approx(interval.low)
    assert found.quantile(0.975) == pytest.approx(interval.high)


def test_the_quantile_of_a_mixture_undoes_its_distribution() -> None:
    mixture = Mixture(
        np.array([0.3, 0.7]), np.array([0.0, 2.0]), np.array([1.0, 0.2]), np.array([7.0, 30.0])
    )
    for probability in (0.025, 0.5, 0.975):
        assert mixture.below(mixture.quantile(probability)) == pytest.approx(probability)


def test_too_few_days_are_refused() -> None:
    data = Series(np.ones(2), np.arange(2.0), np.ones((2, 2)), np.zeros(2), np.ones(2))
    with pytest.raises(ValueError, match="2 days for 2 free coefficients"):
        fit(data)
