"""What was erased is gone from the file, byte by byte; the chain still verifies."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest

from provenance.archive import Archive
from provenance.errors import UnknownName
from provenance.models import AddOutcome, Claim, Intake, NewCollection, Relation

CAPTION = "A caption that names somebody"
SOURCE = "Somebody's own channel"


def left_in(path, *secrets: bytes) -> list[bytes]:
    """Those of the secrets that can be found in any file of the archive."""
    bytes_on_disk = b"".join(each.read_bytes() for each in path.parent.iterdir() if each.is_file())
    return [secret for secret in secrets if secret in bytes_on_disk]


def secrets_of(file) -> list[bytes]:
    return [
        CAPTION.encode(),
        SOURCE.encode(),
        b"drop/secret.jpg",
        file.sha256.encode(),
        bytes.fromhex(file.sha256),
        file.raster[:64],
        file.thumbnail[:64],
        file.keypoints.value[:64],
        *(f.value for f in file.fingerprints),
        *(f.value.hex().encode() for f in file.fingerprints),
    ]


@pytest.fixture
def filled(archive, intake, sighting):
    """Enough around the secret that its rows are moved between pages."""
    archive.add([intake(n, sighting(2019, caption=f"caption {n}" * 9)) for n in range(60)])
    archive.add([intake("secret", sighting(2019, source=SOURCE, caption=CAPTION))])
    archive.add(
        [intake("secret", sighting(2018, caption="another " + CAPTION), collection="second")]
    )
    archive.add([intake(n, sighting(2019, caption=f"caption {n}" * 9)) for n in range(60, 120)])
    return archive


def test_nothing_is_left_in_the_file(filled, path, examined, asked):
    file = examined("secret")
    secret = filled.picture_by_sha256(file.sha256).id
    asked(filled, "secret", secret, claim=Claim(text="About somebody")).save(filled)
    asked(filled, "another", 1, secret, sentence=f"According to “{SOURCE}”").save(filled)
    secrets = [*secrets_of(file), b"About somebody", b"query/secret.jpg"]
    assert left_in(path, *secrets) == secrets
    forgotten = filled.forget(secret, "they asked for it")
    assert forgotten.clean
    assert left_in(path, *secrets) == []
    filled.close()
    assert left_in(path, *secrets) == []


def test_the_chain_still_verifies(filled, examined, asked):
    secret = filled.picture_by_sha256(examined("secret").sha256).id
    asked(filled, "secret", secret).save(filled)
    filled.forget(secret, "they asked for it")
    report = filled.verify_chain()
    assert report.whole, report.problems
    assert report.details_erased == 5
    events = filled.events_of(secret)
    assert [e.kind for e in events if e.details is None] == [
        "picture_added",
        "sighting_added",
        "sighting_joined",
        "sighting_added",
    ]
    assert events[-1].kind == "picture_erased"
    assert events[-1].details["reason"] == "they asked for it"


def test_a_tombstone_stays(filled, examined):
    file = examined("secret")
    secret = filled.picture_by_sha256(file.sha256).id
    forgotten = filled.forget(secret, "they asked for it")
    row = dict(filled._row("SELECT * FROM pictures WHERE id = ?", (secret,)))
    assert {name for name, value in row.items() if value} == {"id", "added", "erased"}
    with pytest.raises(UnknownName):
        filled.find_picture(str(secret))
    with pytest.raises(UnknownName):
        filled.forget(secret, "again")
    opened = hashlib.sha256(bytes.fromhex(forgotten.receipt) + file.sha256.encode()).hexdigest()
    assert opened == forgotten.commitment


def test_the_receipt_is_stored_nowhere(filled, path, examined):
    forgotten = filled.forget(filled.picture_by_sha256(examined("secret").sha256).id, "asked")
    receipt = forgotten.receipt
    assert left_in(path, receipt.encode(), bytes.fromhex(receipt)) == []
    assert left_in(path, forgotten.commitment.encode())


def test_it_may_be_added_again_as_another_picture(filled, intake, examined):
    secret = filled.picture_by_sha256(examined("secret").sha256).id
    filled.forget(secret, "they asked for it")
    (added,) = filled.add([intake("secret")])
    assert added.outcome is AddOutcome.ADDED
    assert added.picture != secret
    assert filled.verify_chain().whole


def test_others_are_untouched(filled, examined, asked):
    secret = filled.picture_by_sha256(examined("secret").sha256).id
    unharmed = asked(filled, "unharmed", 1).save(filled)
    scene = Relation.SIMILAR_SCENE
    naming = asked(filled, "naming", 1, secret, relation=scene).save(filled)
    before = [(p.id, s.id) for p, s in filled.pictures() if p.id != secret]
    forgotten = filled.forget(secret, "they asked for it")
    assert [(p.id, s.id) for p, s in filled.pictures()] == before
    assert forgotten.checks == (naming.id,)
    assert filled.check(unharmed.id) == unharmed.record
    with pytest.raises(UnknownName):
        filled.check(naming.id)
    assert filled.check_thumbnail(naming.id) == examined("naming").thumbnail
    # Judged again, it is whole again.
    again = asked(filled, "naming", 1).save(filled)
    assert filled.check(again.id)["check"] == naming.id
    assert filled.coverage().pictures == 120


def test_a_check_of_an_erased_picture_can_be_made_anew(filled, examined, asked):
    secret = filled.picture_by_sha256(examined("secret").sha256).id
    first = asked(filled, "secret", secret).save(filled)
    assert filled.forget(secret, "they asked for it").checks == (first.id,)
    again = asked(filled, "secret").save(filled)
    assert again.new
    assert again.earlier == ()


def kept_of(file) -> list[bytes]:
    """What a check keeps of its query."""
    return [
        file.sha256.encode(),
        file.raster[:64],
        file.thumbnail[:64],
        file.keypoints.value[:64],
        *(f.value for f in file.fingerprints),
    ]


def test_checks_of_another_copy_show_the_same_photograph(filled, path, examined, asked):
    secret = filled.picture_by_sha256(examined("secret").sha256).id
    early = asked(filled, "copy", claim=Claim(text="Before it was here")).save(filled)
    late = asked(filled, "copy", 1, secret, claim=Claim(text="About somebody")).save(filled)
    other = asked(filled, "another", 1).save(filled)
    words = [b"query/copy.jpg", b"Before it was here", b"About somebody"]
    secrets = [*kept_of(examined("copy")), *words]
    assert left_in(path, *secrets) == secrets
    forgotten = filled.forget(secret, "they asked for it")
    assert forgotten.checks == (early.id, late.id)
    assert left_in(path, *secrets) == []
    assert [check["check"] for check in filled.checks()] == [other.id]
    assert filled.check_thumbnail(other.id) == examined("another").thumbnail
    assert filled.verify_chain().whole


def test_what_was_only_ever_checked(filled, path, examined, asked):
    claim = Claim(text="About somebody")
    check = asked(filled, "copy", 1, claim=claim, sentence="A sentence about it").save(filled)
    secrets = [*kept_of(examined("copy")), b"query/copy.jpg", b"About somebody", b"sentence about"]
    assert left_in(path, *secrets) == secrets
    forgotten = filled.forget_check(check.id, "they asked for it")
    assert (forgotten.check, forgotten.others, forgotten.clean) == (check.id, (), True)
    assert left_in(path, *secrets) == []
    sha256 = examined("copy").sha256.encode()
    opened = hashlib.sha256(bytes.fromhex(forgotten.receipt) + sha256).hexdigest()
    assert opened == forgotten.commitment
    row = dict(filled._row("SELECT * FROM checks WHERE id = ?", (check.id,)))
    assert {name for name, value in row.items() if value} == {"id", "made", "judged", "erased"}
    report = filled.verify_chain()
    assert report.whole, report.problems
    *_, event = filled.events()
    assert (event.kind, event.check) == ("check_erased", check.id)
    assert event.details["reason"] == "they asked for it"


def test_other_checks_of_the_same_file_are_named_and_stay(filled, examined, asked):
    first = asked(filled, "copy", 1, claim=Claim(text="Smoke")).save(filled)
    other = asked(filled, "copy", 1, claim=Claim(text="Fire")).save(filled)
    before = filled.coverage()
    forgotten = filled.forget_check(first.id, "asked", sweep=False)
    assert (forgotten.others, forgotten.clean) == ((other.id,), False)
    assert filled.check_thumbnail(other.id) == examined("copy").thumbnail
    assert filled.check(other.id) == other.record
    assert filled.coverage() == before


def test_a_check_is_forgotten_once(filled, asked):
    check = asked(filled, "copy", 1).save(filled)
    filled.forget_check(check.id, "asked", sweep=False)
    for unknown in (check.id, 99):
        with pytest.raises(UnknownName, match=f"no check {unknown}"):
            filled.forget_check(unknown, "again")
    assert asked(filled, "copy", 1).save(filled).id == check.id + 1


def test_a_picture_known_by_hash_alone(archive, path):
    (added,) = archive.add([Intake("row", NewCollection("hashes"), pdq="ab" * 32)])
    forgotten = archive.forget(added.picture, "asked")
    assert forgotten.commitment is None
    assert left_in(path, b"ab" * 32, bytes.fromhex("ab" * 32)) == []
    assert archive.verify_chain().whole


def test_pixels_alone(filled, path, intake, examined):
    file = examined("secret")
    secret = filled.picture_by_sha256(file.sha256).id
    assert filled.drop_pixels(secret, "too cruel to keep")
    assert left_in(path, file.raster[:64], file.thumbnail[:64]) == []
    assert (filled.raster(secret), filled.thumbnail(secret)) == (None, None)
    assert not filled.picture(secret).has_raster
    assert filled.fingerprint(secret, "pdq_v1") == file.fingerprint("pdq_v1")
    assert filled.material(secret).keypoints == file.keypoints.value
    assert len(filled.sightings_of([secret])[secret]) == 3
    # Adding the file again does not undo a decision.
    assert filled.add([intake("secret")])[0].outcome is AddOutcome.KNOWN
    assert filled.raster(secret) is None
    assert filled.verify_chain().whole


def test_pixels_of_its_checks_too(filled, path, examined, asked):
    file = examined("secret")
    secret = filled.picture_by_sha256(file.sha256).id
    check = asked(filled, "secret", secret).save(filled)
    other = asked(filled, "another", secret).save(filled)
    assert filled.drop_pixels(secret, "too cruel to keep")
    assert left_in(path, file.raster[:64], file.thumbnail[:64]) == []
    assert filled.check_thumbnail(other.id) == examined("another").thumbnail
    assert filled.check(check.id) == check.record
    # Neither judged anew nor under another claim does it come back.
    asked(filled, "secret", secret).save(filled)
    asked(filled, "secret", secret, claim=Claim(text="Fire")).save(filled)
    assert left_in(path, file.raster[:64], file.thumbnail[:64]) == []
    kinds = filled._row("SELECT count(*) FROM _check_fingerprints WHERE check_id = ?", (check.id,))
    assert kinds[0] == 3
    assert filled.verify_chain().whole


def test_while_another_reads_it_is_said_that_traces_are_left(path, intake):
    with Archive.open(path, create=True, wait_seconds=0.05) as archive:
        archive.add([intake(1)])
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM pictures").fetchone()
        assert not archive.forget(1, "asked").clean
        reader.execute("COMMIT")
        reader.close()
        assert archive.sweep()
        assert left_in(path, b"drop/1.jpg") == []


def test_many_are_swept_once(filled, path):
    for picture in (1, 2, 3):
        assert not filled.forget(picture, "asked", sweep=False).clean
    assert filled.sweep()
    assert left_in(path, b"drop/0.jpg", b"drop/1.jpg", b"drop/2.jpg") == []
