from __future__ import annotations

import pytest

from provenance.errors import MalformedHash, Unreadable
from provenance.fingerprint import parse_hash
from provenance.sources import Tally, questions

from .conftest import PDQ, PHASH, SHA


def ask(*arguments, **named):
    return list(questions(list(arguments), parse_hash=parse_hash, **named))


def test_hashes_by_their_prefix():
    sha, pdq, phash = ask(f"sha256:{SHA}", f"pdq:{PDQ.upper()}", f"phash:{PHASH}")
    assert (sha.sha256, sha.pdq, sha.path) == (SHA, None, None)
    assert (pdq.pdq, pdq.name) == (PDQ, f"pdq:{PDQ.upper()}")
    assert phash.phash == PHASH


def test_bare_digits_are_tried_as_both():
    (entry,) = ask(SHA)
    assert (entry.sha256, entry.pdq, entry.phash) == (SHA, SHA, None)


def test_an_existing_file_wins_over_a_hash(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / SHA).touch()
    (tmp_path / "sha256:12").touch()
    first, second = ask(SHA, "sha256:12")
    assert (first.path, first.sha256) == (SHA, None)
    assert second.path == "sha256:12"


@pytest.mark.parametrize("text", ["sha256:12", f"pdq:{PDQ}0", "phash:xyz", f"sha256:{'g' * 64}"])
def test_a_malformed_hash_stops_the_call(text):
    with pytest.raises(MalformedHash) as caught:
        questions(["a.jpg", text], parse_hash=parse_hash)
    assert caught.value.exit_code == 2


def test_a_malformed_hash_that_arrives_later_is_a_problem_of_its_own():
    first, second = questions(iter(["sha256:12", SHA]), parse_hash=parse_hash)
    assert isinstance(first.problem, Unreadable)
    assert second.sha256 == SHA


def test_neither_file_nor_hash():
    (entry,) = ask("nothing here.jpg")
    assert entry.problem.reason == "not_a_file"
    assert str(entry.problem).startswith("There is no such file.")


def test_addresses_folders_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d").mkdir()
    (tmp_path / "d/a.jpg").touch()
    (tmp_path / "d/.b.jpg").touch()
    tally = Tally()
    file, url, single = ask("d", "https://example.com/", "d/a.jpg", tally=tally)
    assert (file.name, file.path, file.collection) == ("d/a.jpg", "d/a.jpg", None)
    assert (url.address, url.problem, url.sighting) == ("https://example.com/", None, None)
    assert single == file
    assert tally.hidden_files == 1


def test_a_table_is_a_question_like_any_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("path\na.jpg\n")
    assert ask("t.csv")[0].path == "t.csv"
