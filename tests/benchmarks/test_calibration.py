"""The fit behind ``proof.false_alarms``: on the safe side, countable, drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from benchmarks.calibration.counted import Counted, counting, together
from benchmarks.calibration.curves import Line, Panel, drawn
from benchmarks.calibration.fitted import foretold, table, tail
from benchmarks.gauntlet.flows import Library, archived_view, query_view
from provenance.demo.drawing import draw
from provenance.verify import prove


def strangers(seed: int, scale: float, asked: int = 400) -> Counted:
    scores = np.random.default_rng(seed).exponential(scale, asked)
    return Counted("strangers", met=100 * asked, asked=asked, pixels=scores.tolist())


@pytest.mark.parametrize("scale", [1.0, 2.0, 5.0])
def test_a_fitted_tail_says_rather_more_than_other_strangers_do(scale):
    told, others = tail(strangers(1, scale), "pixels", 400), strangers(2, scale)
    for score in (1.0, 2.0, 4.0):
        assert foretold(told, others, score, 100) >= others.reaching("pixels", score)
    assert told.scale == pytest.approx(scale * 1.1, rel=0.25)


def test_one_in_all_look_ups_is_the_least():
    assert tail(strangers(1, 1.0), "pixels", 800).expected(1000) == 0.00125


def test_nothing_counted_still_claims_little():
    told = tail(Counted("none", 5000, 50), "pixels", 50)
    assert told.most >= told.rate > 0
    assert told.scale > 0


def test_twice_the_archive_foretells_twice_as_many():
    told = tail(strangers(1, 2.0), "pixels", 400)
    small, large = Counted("a", 4000, 40), Counted("b", 8000, 40)
    assert foretold(told, large, 3, 100) == 2 * foretold(told, small, 3, 100)


def test_the_table_has_both_numbers():
    group = strangers(1, 2.0)
    lines = table(tail(group, "pixels", 400), "pixels", [group], 100).splitlines()
    assert lines[0] == "| score | strangers (400 in 100) |"
    assert lines[2].startswith(f"| 1 | {group.reaching('pixels', 1)} / ")


def test_every_candidate_is_counted_whatever_becomes_of_it():
    pictures = [draw(number, "street", (480, 320)) for number in (1, 2)]
    same, other = Counted("same"), Counted("other")
    for counted, picture in zip((same, other), pictures, strict=True):
        with counting(counted):
            prove(query_view(pictures[0]), archived_view(picture))
    assert same.best("pixels") > 50
    assert same.best("points") > 50
    assert other.best("pixels") < 10
    assert together("both", [same, other]).best("pixels") == same.best("pixels")


def test_what_hardly_resembles_is_counted_too():
    picture, other = (draw(number, "street", (480, 320)) for number in (1, 2))
    mostly_other = other.copy()
    mostly_other[:, :150] = picture[:, :150]
    counted = Counted("mostly another")
    with counting(counted):
        prove(query_view(mostly_other), archived_view(picture))
    assert counted.best("points") > 10
    assert len(counted.pixels) > 0


def test_pictures_of_the_stranger_s_own_folder_are_set_apart(tmp_path):
    library = Library(tmp_path)
    library.add(draw(number, "street", (480, 320)) for number in (1, 2))
    strangers, apart = Counted("strangers"), Counted("apart")
    with library.desk, counting(strangers, apart, lambda picture: picture != 1):
        library.find(draw(1, "street", (480, 320)))
    assert apart.best("pixels") > 50
    assert strangers.best("pixels") < 10


def test_curves_are_a_picture_that_parses():
    line = Line("strangers & others", "#000", [(0.0, 2.0), (1.0, 0.0), (2.0, 0.01)], dashed=True)
    root = ET.fromstring(drawn([Panel("Pixels", "score", 4.0, [line])] * 2))
    names = [each.tag.rpartition("}")[2] for each in root.iter()]
    assert names.count("polyline") == 2
