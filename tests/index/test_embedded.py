import multiprocessing
import shutil
from pathlib import Path

import numpy as np
import pytest

from provenance.conformance.indexes import hash_rows, point_rows
from provenance.index import Row, lock, manifest, sampling, segment_file, store, tables
from provenance.index.embedded import COMPARED_AT_MOST, LOOSE_ROWS, Embedded
from provenance.index.linear import Linear
from provenance.index.records import POINT_BYTES

KIND = "pdq_v1"


def filled(folder, rows, batch=1000):
    index = Embedded(folder, "a")
    while left := [row for row in rows if row.sequence > index.high_water(KIND)]:
        index.append(KIND, left[:batch])
    return index


def segments(folder):
    return sorted(folder.glob("*.segment"))


def everything(index):
    return index.near(KIND, np.zeros((1, 32), np.uint8), 256).pairs()


# ------------------------------------------------------------------------------ files


def test_few_rows_leave_no_file(tmp_path):
    filled(tmp_path / "i", hash_rows(LOOSE_ROWS - 1, 32)).close()
    assert not (tmp_path / "i").exists()


def test_files_are_merged_so_that_they_stay_few(tmp_path):
    rows = hash_rows(40 * LOOSE_ROWS, 32)
    index = filled(tmp_path, rows, batch=LOOSE_ROWS)
    assert len(segments(tmp_path)) <= 7
    assert len(everything(index)) == len(rows)


def test_large_files_are_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "LARGEST_MERGED", 200)
    index = filled(tmp_path, hash_rows(1000, 32), batch=100)
    assert len(segments(tmp_path)) == 5
    assert len(everything(index)) == 1000


def test_a_purged_row_is_in_no_file(tmp_path):
    rows = hash_rows(500, 32)
    index = filled(tmp_path, rows)
    secret = rows[250].codes.tobytes()
    assert any(secret in path.read_bytes() for path in segments(tmp_path))
    index.purge([rows[250].sequence], 3)
    assert not any(secret in path.read_bytes() for path in segments(tmp_path))
    assert Embedded(tmp_path, "a").purged == 3


def test_a_purge_of_everything_leaves_no_segment(tmp_path):
    rows = hash_rows(100, 32)
    index = filled(tmp_path, rows)
    index.purge([row.sequence for row in rows], 1)
    assert segments(tmp_path) == []
    assert index.high_water(KIND) == rows[-1].sequence


def test_a_purge_that_cannot_be_written_is_done_in_memory_and_left_to_the_next(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(store, "PURGE_WAIT_SECONDS", 0)
    rows = hash_rows(100, 32)
    index = filled(tmp_path, rows)
    with lock.held(tmp_path, 0):
        index.purge([rows[0].sequence], 5)
    assert index.purged == 5
    assert not index.holds(KIND, rows[0])
    assert Embedded(tmp_path, "a").purged == 0
    more = [Row(rows[-1].sequence + 1 + i, i, rows[i].codes) for i in range(LOOSE_ROWS)]
    index.append(KIND, more)
    assert not index.holds(KIND, rows[0])
    assert index.holds(KIND, more[-1])


def test_a_reader_keeps_answering_while_files_are_replaced(tmp_path):
    rows = hash_rows(300, 32)
    reader = filled(tmp_path, rows[:200])
    before = everything(reader)
    filled(tmp_path, rows).purge([rows[0].sequence], 1)
    assert everything(reader) == before


def test_rows_wait_in_memory_while_another_writes(tmp_path):
    rows = hash_rows(300, 32)
    with lock.held(tmp_path, 0):
        index = filled(tmp_path, rows[:200])
        assert segments(tmp_path) == []
        assert len(everything(index)) == 200
    index.append(KIND, rows[200:])
    assert len(segments(tmp_path)) == 1
    assert len(everything(index)) == 300


def test_a_folder_removed_under_a_running_index_is_filled_again(tmp_path):
    rows = hash_rows(400, 32)
    index = filled(tmp_path / "i", rows[:200])
    shutil.rmtree(tmp_path / "i")
    index.append(KIND, rows[200:300])
    assert index.high_water(KIND) == 0
    while left := [row for row in rows if row.sequence > index.high_water(KIND)]:
        index.append(KIND, left[:150])
    assert len(everything(index)) == 400
    assert len(everything(Embedded(tmp_path / "i", "a"))) == 400


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"content": 5}', "\xff" * 9, "[" * 9999]
)
def test_any_manifest_can_be_read(tmp_path, content):
    (tmp_path / manifest.NAME).write_text(content, encoding="latin-1")
    assert manifest.read(tmp_path, "a") == manifest.Manifest("a")


def test_a_manifest_of_another_format_is_not_used(tmp_path, monkeypatch):
    filled(tmp_path, hash_rows(100, 32))
    monkeypatch.setattr(manifest, "FORMAT", manifest.FORMAT + 1)
    assert Embedded(tmp_path, "a").high_water(KIND) == 0


def test_a_manifest_of_other_sampled_bits_is_not_used(tmp_path, monkeypatch):
    filled(tmp_path, hash_rows(100, 32))
    monkeypatch.setattr(sampling, "SAMPLED", sampling.SAMPLED[::-1])
    assert Embedded(tmp_path, "a").high_water(KIND) == 0


def test_a_large_file_is_checked_when_it_was_touched(tmp_path, monkeypatch):
    monkeypatch.setattr(segment_file, "ALWAYS_CHECKED", 0)
    rows = hash_rows(100, 32)
    filled(tmp_path, rows)
    assert Embedded(tmp_path, "a").high_water(KIND) == rows[-1].sequence
    (path,) = segments(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    assert Embedded(tmp_path, "a").high_water(KIND) == 0


def test_codes_of_another_width_are_refused(tmp_path):
    index = filled(tmp_path, hash_rows(3, 32))
    with pytest.raises(ValueError, match="32"):
        index.append(KIND, [Row(1000, 1, np.zeros((1, 8), np.uint8))])
    with pytest.raises(ValueError, match="32"):
        index.near(KIND, np.zeros((1, 8), np.uint8), 3)


def _append(folder, start, stop):
    index = filled(folder, hash_rows(600, 32)[start:stop], batch=70)
    index.close()


def test_several_processes_write_at_once(tmp_path):
    rows = hash_rows(600, 32)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append, args=(tmp_path, 0, 600)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    index = filled(tmp_path, rows)
    linear = Linear()
    linear.append(KIND, rows)
    asked = np.concatenate([row.codes for row in rows[:8]])
    assert index.near(KIND, asked, 100).pairs() == linear.near(KIND, asked, 100).pairs()
    assert sum(len(s) for s in index._segments(KIND)) == 600


# --------------------------------------------------------------------------- keypoints


def test_tables_joined_and_thinned_are_those_built_at_once():
    random = np.random.default_rng(1)
    codes = random.integers(0, 256, (500, 32), np.uint8)
    codes[100:150] = codes[7]
    parts = [tables.build(part) for part in np.split(codes, [1, 130, 333])]
    assert np.array_equal(tables.join(parts), tables.build(codes))
    kept = random.random(500) < 0.6
    assert np.array_equal(tables.keep(tables.build(codes), kept), tables.build(codes[kept]))


def test_no_bit_is_sampled_twice():
    bits = [bit for table in sampling.SAMPLED for bit in table]
    assert len(set(bits)) == len(bits) == 32 * sampling.TABLES
    assert set(bits) <= set(range(256))


def test_keys_are_the_sampled_bits_first_one_highest():
    code = np.zeros((1, 32), np.uint8)
    bit = sampling.SAMPLED[2][0]
    code[0, bit // 8] = 128 >> bit % 8
    expected = np.zeros((sampling.TABLES, 1), np.uint32)
    expected[2] = 1 << 31
    assert np.array_equal(sampling.keys(code), expected)


def test_a_picture_posted_a_thousand_times_is_still_found():
    random = np.random.default_rng(3)
    points = random.integers(0, 256, (300, POINT_BYTES), np.uint8)
    rows = [Row(i + 1, i + 1, points) for i in range(1500)]
    index = Embedded(None, "a")
    index.append("orb", rows)
    found = index.votes("orb", points)
    assert len(found.pictures) == 1500
    assert found.counts.min() >= COMPARED_AT_MOST // 1500 // sampling.TABLES
    assert len(set(found.scores.tolist())) == 1


def test_copies_of_points_are_found_where_linear_finds_them():
    random = np.random.default_rng(5)
    rows = point_rows(300, seed=5)
    index, linear = Embedded(None, "a"), Linear()
    index.append("orb", rows)
    linear.append("orb", rows)
    flips = random.random((len(rows[3].codes), 256)) < 0.08
    asked = rows[3].codes.copy()
    asked[:, :32] ^= np.packbits(flips, axis=1)
    near, all_of_them = index.votes("orb", asked), linear.votes("orb", asked)
    counts = dict(zip(all_of_them.pictures.tolist(), all_of_them.counts.tolist(), strict=True))
    assert set(near.pictures.tolist()) <= set(counts)
    assert near.pictures[near.scores.argmax()] == rows[3].picture


def test_the_folder_may_be_given_as_it_is_beside_an_archive(tmp_path):
    index = Embedded(Path(f"{tmp_path / 'archive.db'}.index"), "a")
    index.append(KIND, hash_rows(LOOSE_ROWS, 32))
    assert sorted(path.name for path in (tmp_path / "archive.db.index").iterdir())[:1]


@pytest.mark.parametrize("number", [1, 2, 9, 100, 3000])
@pytest.mark.parametrize("bits", [4, 13, 32])
def test_ranges_are_those_of_a_plain_search(number, bits):
    random = np.random.default_rng(number)
    codes = random.integers(0, 256, (number, 32), np.uint8)
    codes[number // 2 :] = codes[0]
    entries = tables.build(codes)
    strange = np.array([[0] * 32, [255] * 32], np.uint8)
    keys = sampling.keys(np.concatenate([codes[:5], strange]))
    found = tables.ranges(entries, tables.signposts(entries), keys, bits)
    leading = entries >> np.uint64(64 - bits)
    for table in range(sampling.TABLES):
        asked = keys[table].astype(np.uint64) >> np.uint64(32 - bits)
        assert np.array_equal(found.first[table], np.searchsorted(leading[table], asked))
        assert np.array_equal(found.beyond[table], np.searchsorted(leading[table], asked, "right"))
