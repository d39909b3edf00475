"""The tridiagonal short cut against the dense covariance that it stands for."""

import numpy as np
import pytest
from scipy import stats

from measures import regression
from measures.covariance import Errors, whitened_grams
from measures.posterior import Mixture
from measures.regression import CORRELATIONS, PRIORS, Series, fit, fit_counted, mood_errors


def series(n: int = 24, seed: int = 0) -> Series:
    chance = np.random.default_rng(seed)
    days = np.sort(chance.choice(40, n, replace=False)).astype(float)
    design = np.column_stack([np.ones(n), days > 25, days - 20])
    counting = chance.uniform(0.05, 0.15, n)
    return Series(chance.normal(size=n), days, design, np.array([0, 0, 1e4]), counting)


def dense(errors: Errors, days: np.ndarray, point: int) -> np.ndarray:
    apart = np.abs(days[:, None] - days)
    rho = errors.correlations[point]
    noise = np.broadcast_to(errors.noise, (len(errors.echo), len(days)))[point]
    echoes = np.where(apart == 0, 1, rho**apart)
    return np.asarray(errors.echo[point] * echoes + errors.white[point] * np.diag(noise))


def grids(data: Series) -> list[Errors]:
    return [regression._scaled_errors(len(data.y)), mood_errors(data.counting, scale=0.7)]


def test_the_whitened_grams_are_those_of_the_dense_covariance() -> None:
    data = series()
    columns = np.column_stack([data.design, data.y])
    for errors in grids(data):
        grams, log_determinants = whitened_grams(columns, data.days, errors)
        for point in range(len(errors.echo)):
            covariance = dense(errors, data.days, point)
            expected = columns.T @ np.linalg.solve(covariance, columns)
            np.testing.assert_allclose(grams[point], expected, rtol=1e-8, atol=1e-8)
            assert log_determinants[point] == pytest.approx(np.linalg.slogdet(covariance)[1])


def test_the_variance_of_a_combination_is_that_of_the_dense_covariance() -> None:
    data = series()
    combination = np.random.default_rng(2).normal(size=len(data.y))
    for errors in grids(data):
        found = errors.variance(data.days, combination)
        for point in range(len(errors.echo)):
            covariance = dense(errors, data.days, point)
            assert found[point] == pytest.approx(combination @ covariance @ combination)


def test_without_correlation_it_is_ordinary_least_squares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regression, "CORRELATIONS", np.array([0.0]))
    monkeypatch.setattr(regression, "PRIORS", np.array([1.0]))
    monkeypatch.setattr(regression, "NOISE_SHARES", np.array([0.0]))
    monkeypatch.setattr(regression, "NOISE_PRIORS", np.array([1.0]))
    chance = np.random.default_rng(1)
    groups = np.repeat([0.0, 1.0], [12, 8])
    y = chance.normal(size=20) + groups
    design = np.column_stack([np.ones(20), groups])
    found = fit(Series(y, np.arange(20.0), design, np.zeros(2), np.zeros(20))).of(1)
    interval = stats.ttest_ind(y[12:], y[:12]).confidence_interval(0.95)
    assert found.quantiles((0.025, 0.975)) == pytest.approx([interval.low, interval.high])


def test_known_counting_noise_alone_is_a_z_interval() -> None:
    chance = np.random.default_rng(3)
    groups = np.repeat([0.0, 1.0], [12, 8])
    y = 0.1 * chance.normal(size=20) + groups
    design = np.column_stack([np.ones(20), groups])
    counting = np.full(20, 0.01)
    none = Errors(np.zeros(1), np.zeros(1), np.ones(1), counting[None], np.zeros(1))
    found = fit_counted(Series(y, np.arange(20.0), design, np.zeros(2), counting), none).of(1)
    middle, half = y[12:].mean() - y[:12].mean(), 1.959964 * 0.1 * (1 / 12 + 1 / 8) ** 0.5
    assert found.quantiles((0.025, 0.975)) == pytest.approx(
        [middle - half, middle + half], rel=1e-4
    )


def test_the_priors_of_the_grids_add_up() -> None:
    for errors in grids(series()):
        assert np.exp(errors.log_prior).sum() == pytest.approx(1)
    assert len(PRIORS) == len(CORRELATIONS)


def test_the_quantile_of_a_mixture_undoes_its_distribution() -> None:
    mixture = Mixture(
        np.array([0.3, 0.6, 0.1]),
        np.array([0.0, 2.0, 500.0]),
        np.array([1.0, 0.002, 40.0]),
        np.array([7.0, 30.0, 1.0]),
    )
    wanted = (0.005, 0.025, 0.5, 0.95, 0.999)
    for probability, value in zip(wanted, mixture.quantiles(wanted), strict=True):
        assert mixture.below(value) == pytest.approx(probability, abs=1e-6)


def restless(rho: float, seed: int) -> Series:
    """52 days of moods tied by `rho`, with counting noise of an eighth of their variance."""
    chance = np.random.default_rng(seed)
    moods = chance.normal(size=52)
    for day in range(1, 52):
        moods[day] = rho * moods[day - 1] + (1 - rho**2) ** 0.5 * moods[day]
    days, counting = np.arange(52.0), np.full(52, 0.02)
    y = 0.4 * moods + 0.02**0.5 * chance.normal(size=52)
    design = np.column_stack([np.ones(52), (days >= 28) & (days < 38)])
    return Series(y, days, design, np.zeros(2), counting)


def tied(rho: float) -> tuple[float, float]:
    """How likely a correlation of 0.5 or more is taken to be, by `fit` and by `fit_counted`."""
    found = np.zeros(2)
    for seed in range(20):
        data = restless(rho, seed)
        scaled, moods = grids(data)
        for n, (posterior, errors) in enumerate(
            ((fit(data), scaled), (fit_counted(data, moods), moods))
        ):
            found[n] += posterior.weights[errors.correlations >= 0.5].sum() / 20
    return float(found[0]), float(found[1])


def test_independent_days_are_not_taken_to_be_tied_under_loud_noise() -> None:
    assert max(tied(0.0)) < 0.1
    assert min(tied(0.8)) > 0.9


def test_too_few_days_are_refused() -> None:
    data = Series(np.ones(2), np.arange(2.0), np.ones((2, 2)), np.zeros(2), np.ones(2))
    with pytest.raises(ValueError, match="2 days for 2 free coefficients"):
        fit(data)
