from functools import partial

import pytest

from provenance.conformance.indexes import check_index
from provenance.index.built_in import linear
from provenance.index.embedded import Embedded
from provenance.index.linear import Linear


@pytest.mark.parametrize("factory", [linear, Embedded])
def test_ours_pass_the_kit(factory):
    check_index(factory)


def test_in_memory_alone_passes_too():
    check_index(lambda _folder, archive_id: Embedded(None, archive_id))


class Forgetful(Linear):
    """Forgets the last of the hits, as an approximate index would."""

    def near(self, kind, queries, distance):
        found = super().near(kind, queries, distance)
        return type(found)(found.pictures[:-1], found.distances[:-1])


class Eager(Linear):
    """Lets every stored point vote."""

    def votes(self, kind, descriptors):
        found = super().votes(kind, descriptors)
        return type(found)(found.pictures, found.counts + 1, found.scores)


class Clinging(Linear):
    """Keeps what was purged."""

    def purge(self, _sequences, mark):
        super().purge((), mark)


@pytest.mark.parametrize(
    ("faulty", "says"), [(Forgetful, "instead of"), (Eager, "votes"), (Clinging, "purge")]
)
def test_the_kit_finds_what_is_wrong(faulty, says):
    with pytest.raises(AssertionError, match=says):
        check_index(partial(_made, faulty))


def _made(factory, _folder, _archive_id):
    return factory()
