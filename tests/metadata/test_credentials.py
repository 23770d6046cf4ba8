"""Signed content credentials: intact, trusted, broken, and never a socket."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("c2pa", reason="c2pa-python is not installed")

from provenance import Claim, Desk, Stated, metadata, read_date
from provenance.demo.alteration import jpeg
from provenance.demo.drawing import draw
from provenance.examine import IMPORTS, in_worker
from provenance.guard import Guard
from provenance.models import CredentialsState, Embedded, How, Means

spec = importlib.util.spec_from_file_location("signing", Path(__file__).with_name("signing.py"))
assert spec is not None
assert spec.loader is not None
signing = importlib.util.module_from_spec(spec)
sys.modules["signing"] = signing
spec.loader.exec_module(signing)


@pytest.fixture(scope="module")
def desk_authority():
    return signing.authority()


@pytest.fixture(scope="module")
def picture() -> bytes:
    return jpeg(draw(1, "street", (640, 480)))


@pytest.fixture(scope="module")
def before() -> bytes:
    return jpeg(draw(3, "drone", (640, 480)))


@pytest.fixture(scope="module")
def edited(picture: bytes, before: bytes, desk_authority) -> bytes:
    return signing.signed(picture, desk_authority, before)


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    with Guard(in_worker, imports=IMPORTS, workers=1) as guard:
        yield guard


def test_intact_but_nobody_knows_the_signer(edited: bytes) -> None:
    told = metadata.read(edited).credentials
    assert told.state is CredentialsState.INTACT
    assert told.generator == "Test Editor 1.2"
    assert told.signer == "Test Desk"
    assert told.actions == ("c2pa.opened", "c2pa.edited")
    assert [(i.title, i.relationship) for i in told.ingredients] == [("before.jpg", "parentOf")]


def test_the_kind_of_source_is_told(picture: bytes, desk_authority) -> None:
    told = metadata.read(signing.signed(picture, desk_authority))
    assert told.credentials.source_types == (signing.CAPTURE,)
    assert signing.CAPTURE in [f.value for f in told.facts if f.how is How.C2PA]


def test_a_signer_on_the_list_that_was_given(edited: bytes, desk_authority) -> None:
    told = metadata.read(edited, trust_list=desk_authority.root)
    assert told.credentials.state is CredentialsState.TRUSTED


def test_a_list_of_others_is_no_reason_to_trust(edited: bytes) -> None:
    stranger = signing.authority("Somebody Else")
    told = metadata.read(edited, trust_list=stranger.root)
    assert told.credentials.state is CredentialsState.INTACT


@pytest.mark.parametrize("at", [-500, -5000, -20])
def test_a_changed_picture_breaks_them(edited: bytes, desk_authority, at: int) -> None:
    changed = bytearray(edited)
    changed[at] ^= 1
    told = metadata.read(bytes(changed), trust_list=desk_authority.root).credentials
    assert told.state is CredentialsState.BROKEN
    assert told.reason == "assertion.dataHash.mismatch"


def test_damaged_credentials_are_broken_not_absent(edited: bytes) -> None:
    at = edited.index(b"c2pa.signature")
    damaged = edited[:at] + bytes(3000) + edited[at + 3000 :]
    told = metadata.read(damaged)
    assert told.credentials.state is CredentialsState.BROKEN


def test_the_small_pictures_of_credentials_are_found(edited: bytes) -> None:
    told = metadata.read(edited)
    assert [(p.origin, p.title) for p in told.pictures] == [
        (Embedded.C2PA, None),
        (Embedded.INGREDIENT, "before.jpg"),
    ]


def test_a_worker_reads_them_behind_every_lock(guard: Guard, edited: bytes) -> None:
    answer = guard.run(edited, {"keep": False, "ask": False, "trust_list": None})
    assert answer["credentials"]["state"] == CredentialsState.INTACT
    (state,) = answer["earlier"]
    assert (state["origin"], state["title"]) == ("c2pa_ingredient", "before.jpg")
    assert not state["proved"]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_time_stamp_is_a_date_only_when_it_was_validated(
    picture: bytes, desk_authority, tmp_path: Path
) -> None:
    with signing.time_stamps(desk_authority, tmp_path) as clock:
        stamped = signing.signed(picture, desk_authority, clock=clock)
    stranger = signing.authority("Somebody Else")
    for trust_list in (None, stranger.root):
        (signed,) = [
            f for f in metadata.read(stamped, trust_list=trust_list).facts if f.what == "signed"
        ]
        assert (signed.how, signed.date) == (How.C2PA, None)
    (signed,) = [
        f
        for f in metadata.read(stamped, trust_list=desk_authority.root).facts
        if f.what == "signed"
    ]
    assert signed.how is How.C2PA_TIMESTAMP
    assert signed.date is not None

    roots = tmp_path / "roots.pem"
    roots.write_text(desk_authority.root)
    path = tmp_path / "stamped.jpg"
    path.write_bytes(stamped)
    with Desk(tmp_path / "archive.db", create=True, trust_list=roots) as desk:
        list(desk.add([path]))
        (checked,) = desk.check([path], Claim(date=read_date("2035").date))
    (sighting,) = [
        s for s in checked.record["matches"][0]["sightings"] if s["how"] == How.C2PA_TIMESTAMP
    ]
    assert (sighting["means"], sighting["strength"]) == (Means.SIGNED, "documented")
    assert checked.finding.kind == "seen_before_claim"


def test_what_a_picture_was_made_from_is_looked_up(
    guard: Guard, desk_authority, tmp_path: Path
) -> None:
    """The right half, signed as made from the whole; the archive holds the left half."""
    whole = draw(7, "street", (960, 640))
    edited = signing.signed(jpeg(whole[:, 480:].copy()), desk_authority, jpeg(whole))
    asked, held = tmp_path / "edited.jpg", tmp_path / "left.jpg"
    asked.write_bytes(edited)
    held.write_bytes(jpeg(whole[:, :430].copy()))
    with Desk(tmp_path / "archive.db", create=True, lang="de") as desk:
        desk.__dict__["guard"] = guard
        list(desk.add([held], Stated(date="2019", source="agency")))
        (checked,) = desk.check([asked], Claim(date=read_date("2023-10-23").date))
    (match,) = checked.record["matches"]
    assert match["through"] == {"query": "c2pa_ingredient", "archive": None, "proved": True}
    assert checked.finding.kind == "seen_before_claim"
    assert "ein kleines früheres Bild ihrer selbst (C2PA)" in checked.finding.sentence
    assert checked.record["metadata"]["c2pa"]["state"] == "intact, signer not verified"


# ------------------------------------------------------------------- samples of the world

BROKEN = {
    "adobe-20220124-E-dat-CA.jpg",
    "adobe-20220124-E-sig-CA.jpg",
    "adobe-20220124-E-uri-CA.jpg",
    "adobe-20220124-E-uri-CIE-sig-CA.jpg",
    "adobe-20220124-XCA.jpg",
    "adobe-20220124-XCI.jpg",
}
ELSEWHERE = {"libpng-test_with_url.png"}


def test_samples_of_the_standard_s_own_projects(shared_data: Path) -> None:
    """Tampered ones are broken, valid ones intact; nothing is on a list that nobody gave."""
    folders = [shared_data / "metadata" / name for name in ("c2pa_testfiles", "c2pa_rs")]
    files = [path for folder in folders for path in sorted(folder.iterdir())]
    states = {path.name: metadata.read(path.read_bytes()).credentials for path in files}
    found = {name for name, told in states.items() if told.state is CredentialsState.BROKEN}
    assert found == BROKEN
    assert {n for n, told in states.items() if told.state is None} == ELSEWHERE
    intact = {n for n, told in states.items() if told.state is CredentialsState.INTACT}
    named = {p.name for p in files if p.name.startswith("adobe-")} - BROKEN
    assert named <= intact
    assert len(intact) >= 35
    assert not any(told.state is CredentialsState.TRUSTED for told in states.values())


KILLED_BY_A_SOCKET = """
import ctypes, sys
from pathlib import Path
from provenance import metadata
from provenance.guard import seccomp
from provenance.metadata.c2pa_library import library
assert library is not None
seccomp.REFUSE = seccomp.KILL
assert ctypes.CDLL(None).prctl(38, 1, 0, 0, 0) == 0  # no new privileges
assert seccomp.lock()
for name in sys.argv[1:]:
    if name == "socket":
        import socket
        socket.socket()
    metadata.read(Path(name).read_bytes())
print("alive")
"""


def alive(*names: str | Path) -> bool:
    done = subprocess.run(
        [sys.executable, "-c", KILLED_BY_A_SOCKET, *map(str, names)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGSYS), done.stderr
    return done.stdout.strip() == "alive"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can kill at a system call")
def test_no_socket_opens_not_even_in_native_code(edited: bytes, tmp_path: Path) -> None:
    """A process that the kernel kills at its first socket reads everything and lives."""
    path = tmp_path / "edited.jpg"
    path.write_bytes(edited)
    assert not alive("socket")
    assert alive(path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can kill at a system call")
def test_no_socket_opens_for_samples_that_name_addresses(shared_data: Path) -> None:
    folders = [shared_data / "metadata" / name for name in ("c2pa_testfiles", "c2pa_rs")]
    assert alive(*(path for folder in folders for path in sorted(folder.iterdir())))
