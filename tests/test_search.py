import hashlib
import shutil

import numpy as np
import pytest

from provenance.archive import Archive
from provenance.fingerprint import keypoints, pdq, phash
from provenance.index.built_in import linear
from provenance.index.embedded import Embedded
from provenance.models import Examined, Fingerprint, Intake, Keypoints, NewCollection
from provenance.search import MOST_VOTED, Searcher, SearchQuery

POINTS = 40


def random_of(seed):
    return np.random.default_rng(seed)


def points_of(seed):
    random = random_of(seed)
    return Keypoints(
        keypoints.KIND,
        random.uniform(0, 300, (POINTS, 2)).astype(np.float32),
        np.full(POINTS, 31, np.float32),
        random.uniform(0, 359, POINTS).astype(np.float32),
        random.integers(0, 256, (POINTS, 32), np.uint8),
    )


def hashes_of(seed):
    digest = hashlib.sha256(str(seed).encode()).digest()
    return Fingerprint(pdq.KIND, digest, 90), Fingerprint(phash.KIND, digest[:8])


def intake(seed, collection="first", look=None, points=None):
    look = seed if look is None else look
    packed = keypoints.pack(points or points_of(look), 400, 300)
    examined = Examined(
        sha256=hashlib.sha256(f"file {seed}".encode()).hexdigest(),
        size=9,
        format="PNG",
        frames=1,
        width=400,
        height=300,
        decoder="none",
        fingerprints=hashes_of(look),
        keypoints=Fingerprint(keypoints.KIND, packed),
    )
    return Intake(f"{seed}.png", NewCollection(collection), examined=examined)


def asking(seed, **besides):
    return SearchQuery(plain=points_of(seed), **besides)


def names(archive, candidates):
    return [archive.picture(each.picture).name for each in candidates]


@pytest.fixture(params=[linear, Embedded])
def backend(request):
    return request.param


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db", create=True) as opened:
        yield opened


@pytest.fixture
def searcher(archive, tmp_path, backend):
    made = Searcher(archive, tmp_path / "archive.db.index", backend)
    yield made
    made.close()


def reopened(archive, searcher):
    searcher.close()
    return Searcher(archive, searcher._folder)


def test_an_empty_archive_has_no_candidates(searcher):
    query = asking(1, mirrored=points_of(2), pdq=(bytes(32),), phash=bytes(8))
    assert searcher.candidates(query) == []
    assert searcher.by_hash(pdq.KIND, bytes(32), 31) == []


def test_what_was_added_after_the_last_question_is_found(archive, searcher):
    for seed in (1, 2, 3):
        archive.add([intake(seed)])
        assert names(archive, searcher.candidates(asking(seed)))[0] == f"{seed}.png"


def test_keypoints_of_the_mirror_image_count(archive, searcher):
    archive.add([intake(seed) for seed in range(5)])
    (best, *_) = searcher.candidates(SearchQuery(plain=points_of(77), mirrored=points_of(3)))
    assert archive.picture(best.picture).name == "3.png"
    assert best.votes == POINTS


def test_each_kind_proposes_and_distances_are_told(archive, searcher):
    archive.add([intake(seed) for seed in range(5)])
    near = hashes_of(2)[0].value[:-1] + bytes([hashes_of(2)[0].value[-1] ^ 7])
    far = bytes(255 - byte for byte in near)
    (found,) = searcher.candidates(SearchQuery(pdq=(far, near)))
    assert archive.picture(found.picture).name == "2.png"
    assert found.distances == {pdq.KIND: 3}
    (found,) = searcher.candidates(SearchQuery(phash=hashes_of(4)[1].value))
    assert found.distances == {phash.KIND: 0}


def test_by_hash_answers_nearest_first(archive, searcher):
    archive.add([intake(seed) for seed in range(5)])
    value = hashes_of(3)[0].value
    pairs = searcher.by_hash(pdq.KIND, value, 256)
    assert pairs[0] == (archive.find_picture("4").id, 0)
    assert [distance for _, distance in pairs] == sorted(distance for _, distance in pairs)
    assert len(pairs) == 5


def test_a_hash_of_the_wrong_width_is_refused(archive, searcher):
    archive.add([intake(seed) for seed in range(80)])
    with pytest.raises(ValueError, match=r"32|shape|broadcast"):
        searcher.by_hash(pdq.KIND, bytes(9), 3)


def test_revoked_pictures_are_no_candidates_and_take_no_place(archive, searcher):
    archive.add([intake(seed, "bad", look=1) for seed in range(100, 140)])
    archive.add([intake(1)])
    searcher.candidates(asking(1))
    archive.revoke("bad", "test")
    assert names(archive, searcher.candidates(asking(1))) == ["1.png"]


def test_erased_pictures_leave_the_files(archive, tmp_path):
    folder = tmp_path / "archive.db.index"
    searcher = Searcher(archive, folder)
    added = archive.add([intake(seed) for seed in range(100)])
    secret = points_of(5).descriptors[0].tobytes()
    searcher.catch_up()
    assert any(secret in path.read_bytes() for path in folder.iterdir())
    archive.forget(added[5].picture, "asked to")
    searcher.purge([added[5].picture])
    assert not any(secret in path.read_bytes() for path in folder.iterdir())
    assert "5.png" not in names(archive, searcher.candidates(asking(5)))
    with pytest.raises(ValueError, match="in the archive"):
        searcher.purge([added[6].picture])


def test_ties_do_not_depend_on_the_order_of_adding(tmp_path, backend):
    seeds = list(range(50))
    answers = []
    for turn, order in enumerate((seeds, seeds[::-1])):
        with Archive.open(tmp_path / f"{turn}.db", create=True) as archive:
            archive.add([intake(seed, look=1) for seed in order])
            searcher = Searcher(archive, None, backend)
            answers.append(names(archive, searcher.candidates(asking(1))))
    assert answers[0] == answers[1]
    assert len(answers[0]) == MOST_VOTED


def test_another_process_finds_what_was_added(archive, tmp_path):
    folder = tmp_path / "archive.db.index"
    first, second = Searcher(archive, folder), Searcher(archive, folder)
    archive.add([intake(seed) for seed in range(90)])
    first.catch_up()
    archive.add([intake(seed) for seed in range(90, 100)])
    for searcher in (second, first, Searcher(archive, folder)):
        assert names(archive, searcher.candidates(asking(95)))[0] == "95.png"


def test_a_backup_put_back_is_noticed(tmp_path):
    path, folder = tmp_path / "archive.db", tmp_path / "archive.db.index"
    with Archive.open(path, create=True) as archive:
        archive.add([intake(seed) for seed in range(70)])
    shutil.copy(path, tmp_path / "backup.db")
    with Archive.open(path) as archive:
        archive.add([intake(seed) for seed in range(70, 140)])
        Searcher(archive, folder).catch_up()
    shutil.copy(tmp_path / "backup.db", path)
    with Archive.open(path) as archive:
        # As many rows as the index has seen, but others.
        archive.add([intake(seed) for seed in range(200, 290)])
        searcher = Searcher(archive, folder)
        value = hashes_of(220)[0].value
        assert len(searcher.by_hash(pdq.KIND, value, 0)) == 1
        assert searcher.by_hash(pdq.KIND, hashes_of(100)[0].value, 0) == []
    shutil.copy(tmp_path / "backup.db", path)
    with Archive.open(path) as archive:
        assert len(Searcher(archive, folder).by_hash(pdq.KIND, hashes_of(3)[0].value, 256)) == 70


def test_status_says_how_far_the_index_follows(archive, tmp_path):
    searcher = Searcher(archive, tmp_path / "archive.db.index")
    archive.add([intake(seed) for seed in range(70)])
    assert searcher.status()["behind"] == {keypoints.KIND: 70, pdq.KIND: 70, phash.KIND: 70}
    assert searcher.status()["bytes"] == 0
    searcher.catch_up()
    assert set(searcher.status()["behind"].values()) == {0}
    assert searcher.status()["bytes"] > 70 * POINTS * 32


def test_a_read_only_archive_without_a_folder_can_be_searched(archive, tmp_path):
    archive.add([intake(seed) for seed in range(70)])
    with Archive.open(tmp_path / "archive.db", readonly=True) as reading:
        found = Searcher(reading, None).candidates(asking(7))
    assert names(archive, found)[0] == "7.png"
