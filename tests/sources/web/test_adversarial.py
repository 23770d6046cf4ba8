"""Pages that would lend their date to a picture, through the real flow to the finding."""

from __future__ import annotations

import hashlib

import pytest
from cases import CASES, Case

from fixtures.pages import Kept, kept_page, picture, warc
from provenance.dates import read
from provenance.desk import Desk
from provenance.models import Claim
from provenance.sources import Stated

SEED = 5000


def _addresses(number: int) -> tuple[str, str]:
    host = f"https://case-{number}.example"
    return f"{host}/2012/05/fire", f"{host}/img/market.jpg"


def _records(number: int, case: Case) -> list[Kept]:
    url, img = _addresses(number)
    html = case.html.replace("{img}", img).replace("{url}", url)
    kept = kept_page(url, html, case.page)
    image = Kept(img, picture(SEED + number), case.image, headers=case.headers)
    return list(case.instead(kept, image)) if case.instead else [image, kept]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("adversarial")
    numbered = list(enumerate(CASES))
    with Desk(folder / "archive.db", create=True) as desk:
        for trust in sorted({case.trust for case in CASES}):
            records = [r for n, case in numbered if case.trust == trust for r in _records(n, case)]
            (folder / f"{trust}.warc.gz").write_bytes(warc(records))
            added = list(desk.add([str(folder / f"{trust}.warc.gz")], Stated(trust=trust)))
            assert not [each for each in added if each.outcome.value == "refused"]
        yield desk


@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(CASES)), ids=[case.name for case in CASES]
)
def test_a_page_lends_no_date(desk, number, case):
    url, _ = _addresses(number)
    sha256 = hashlib.sha256(picture(SEED + number)).hexdigest()
    claim = Claim(date=read(case.claim).date, url=url if case.own_url else None)
    (checked,) = desk.check([f"sha256:{sha256}"], claim)
    assert checked.finding.kind.value == case.kind, checked.finding.sentence


def test_there_are_enough_cases():
    assert len(CASES) >= 80
    assert len({case.name for case in CASES}) == len(CASES)
