"""The short form of the fuzz benchmark, and what its long form found."""

from __future__ import annotations

import importlib
import io
import zipfile

import pytest

from fixtures import pages
from provenance.fingerprint import parse_hash
from provenance.sources import entries

fuzz = importlib.import_module("benchmarks.fuzz")


def test_damaged_pictures_end_in_one_outcome() -> None:
    done = list(fuzz.pictures(range(150), seed=2, real=False, workers=1))
    assert [ran.number for ran in done] == list(range(150))
    assert [ran for ran in done if fuzz.is_hole(ran)] == []


def test_damaged_documents_end_in_lines() -> None:
    done = list(fuzz.documents(range(40), seed=2))
    assert len(done) == 40
    assert [ran for ran in done if fuzz.is_hole(ran)] == []


def test_a_case_is_the_same_file_every_time() -> None:
    files = fuzz.seeds.pictures(real=False)
    assert fuzz.picture_case(1, 7, files) == fuzz.picture_case(1, 7, files)
    assert fuzz.picture_case(1, 7, files) != fuzz.picture_case(1, 8, files)


def test_a_file_in_a_wacz_with_another_checksum_is_one_line(tmp_path) -> None:
    kept = pages.kept_page(f"{pages.SITE}/a", pages.article(""), pages.PUBLISHED)
    whole = bytearray(pages.wacz(pages.warc([kept])))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for each in archive.infolist():
            for head in (b"PK\x03\x04", b"PK\x01\x02"):
                at = whole.find(each.CRC.to_bytes(4, "little"), whole.find(head))
                whole[at] ^= 1
    (tmp_path / "a.wacz").write_bytes(whole)
    (entry,) = entries([str(tmp_path / "a.wacz")], parse_hash=parse_hash)
    assert entry.problem.reason == "damaged_archive"


def test_an_address_in_a_warc_reaches_no_terminal(tmp_path, capfd: pytest.CaptureFixture) -> None:
    kept = pages.kept_page(f"{pages.SITE}/a", pages.article(""), pages.PUBLISHED)
    data = pages.warc([kept], packed=False).replace(b"news.example/a", b"news.example/a b\x1b[2J")
    (tmp_path / "a.warc").write_bytes(data)
    list(entries([str(tmp_path / "a.warc")], parse_hash=parse_hash))
    assert capfd.readouterr() == ("", "")
