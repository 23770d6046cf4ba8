import cv2
import numpy as np
import pytest

from provenance.demo import noise
from provenance.demo.drawing import SCENES, draw

SMALL = (480, 320)


@pytest.fixture(scope="module")
def drawn():
    return {name: draw(7, name, SMALL) for name in SCENES}


def test_the_same_seed_draws_the_same_picture(drawn):
    assert np.array_equal(draw(7, "camp", SMALL), drawn["camp"])


def test_the_seed_alone_chooses_a_scene(drawn):
    names = list(SCENES)
    assert np.array_equal(draw(7, size=SMALL), drawn[names[7 % len(names)]])


def test_a_picture_is_eight_bit_rgb_of_the_size_asked_for(drawn):
    assert all(p.shape == (320, 480, 3) and p.dtype == np.uint8 for p in drawn.values())


@pytest.mark.parametrize("scene", SCENES)
def test_a_picture_is_rich_in_keypoints(drawn, scene):
    assert len(_orb(drawn[scene])[0]) >= 300


@pytest.mark.parametrize("scene", SCENES)
def test_a_picture_has_the_spectrum_of_a_photograph(drawn, scene):
    # Power falls with about the square of the frequency (Field 1987): between a checkerboard
    # of white noise (0) and a smooth ramp (-4).
    assert -3.6 < _spectral_slope(drawn[scene]) < -1.2


@pytest.mark.parametrize("scene", ["camp", "roofs", "night"])
def test_different_seeds_are_different_places(drawn, scene):
    # No more keypoints agree on one map than between strangers; the same picture has hundreds.
    assert _inliers(drawn[scene], draw(8, scene, SMALL)) < 15


def test_the_same_picture_recompressed_agrees(drawn):
    _, data = cv2.imencode(".jpg", drawn["camp"], [cv2.IMWRITE_JPEG_QUALITY, 60])
    assert _inliers(drawn["camp"], cv2.imdecode(data, cv2.IMREAD_COLOR)) > 100


def test_one_seed_shows_different_places_in_different_scenes(drawn):
    assert _inliers(drawn["roofs"], drawn["street"]) < 15


def test_noise_joins_at_its_edges():
    field = noise.fractal(np.random.default_rng(1), 128)
    steps = np.abs(np.diff(field, axis=1)).mean()
    assert np.abs(field[:, 0] - field[:, -1]).mean() < 3 * steps


def test_noise_has_mean_nought_and_deviation_one():
    field = noise.fractal(np.random.default_rng(2), 256)
    assert abs(float(field.mean())) < 1e-3
    assert abs(float(field.std()) - 1) < 1e-3


def test_hashed_numbers_are_even_and_the_same_each_time():
    keys = np.arange(20_000)
    lots = noise.hashed(keys, 3)
    assert np.array_equal(lots, noise.hashed(keys, 3))
    assert np.histogram(lots, bins=10, range=(0, 1))[0].min() > 1800


def _orb(picture):
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return cv2.ORB_create(500).detectAndCompute(grey, None)


def _inliers(one, other):
    (points, a), (others, b) = _orb(one), _orb(other)
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(a, b)
    source = np.float32([points[m.queryIdx].pt for m in pairs])
    target = np.float32([others[m.trainIdx].pt for m in pairs])
    cv2.setRNGSeed(0)
    _, kept = cv2.estimateAffinePartial2D(source, target, ransacReprojThreshold=4.0)
    return int(kept.sum())


def _spectral_slope(picture):
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float64)[:320, :320]
    window = np.outer(np.hanning(320), np.hanning(320))
    power = np.abs(np.fft.fftshift(np.fft.fft2((grey - grey.mean()) * window))) ** 2
    rows, columns = np.indices(power.shape) - 160
    radius = np.hypot(rows, columns).astype(int)
    rings = np.bincount(radius.ravel(), power.ravel()) / np.bincount(radius.ravel())
    frequency = np.arange(4, 80)
    return np.polyfit(np.log(frequency), np.log(rings[4:80]), 1)[0]
