"""Intervals that others take, to be compared with: percentile, Student's t, bootstrap-t over blocks."""

import numpy as np
from scipy import stats

from syriatopics.inference.intervals import interval
from syriatopics.inference.resampling import Interval, draws


def resampled(found, n_resamples, random_state):
    """Return the share in every resample of the blocks, and its own standard error."""
    sums, sizes, n = found.sums, found.sizes, len(found.sizes)
    products, squares = sums * sizes[:, None], sums**2
    means, errors = [], []
    for weights in draws(n, n_resamples, random_state):
        total = (weights @ sizes)[:, None]
        mean = weights @ sums / total
        spread = weights @ squares - 2 * mean * (weights @ products)
        spread = spread + mean**2 * (weights @ sizes**2)[:, None]
        errors.append(np.sqrt(n / (n - 1) * np.maximum(spread, 0)) / total)
        means.append(mean)
    return np.concatenate(means), np.concatenate(errors)


def score(found, n_resamples, random_state):
    return interval(found)


def student(found, n_resamples, random_state):
    reach = stats.t.ppf(0.975, len(found.sizes) - 1) * found.error
    return _within(found.mean - reach, found.mean + reach)


def percentile(found, n_resamples, random_state):
    means, _ = resampled(found, n_resamples, random_state)
    return Interval(*np.nanquantile(means, [0.025, 0.975], axis=0))


def bootstrap_t(found, n_resamples, random_state):
    means, errors = resampled(found, n_resamples, random_state)
    away = means - found.mean
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.where(errors > 0, away / errors, np.where(away == 0, 0.0, np.sign(away) * np.inf))
        small, large = np.quantile(t, [0.025, 0.975], axis=0, method="inverted_cdf")
        low, high = found.mean - large * found.error, found.mean - small * found.error
    certain = found.error == 0
    return _within(np.where(certain, found.mean, low), np.where(certain, found.mean, high))


def _within(low, high):
    return Interval(np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0))


METHODS = {"score": score, "percentile": percentile, "t": student, "bootstrap_t": bootstrap_t}
