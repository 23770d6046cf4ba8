"""The seed story, drawn and played once for all tests of the demonstration."""

from __future__ import annotations

import io

import pytest

from provenance.demo import story
from provenance.demo.run import play


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    return story.write(tmp_path_factory.mktemp("story"))


@pytest.fixture(scope="session")
def played(told):
    out = io.StringIO()
    report = play(told, out=out)
    return " ".join(out.getvalue().split()), report
