# ruff: noqa: RUF001 - file names of several languages
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.metadata import file_names
from provenance.models import How

NAMES = [
    ("IMG_20190614_100000.jpg", "captured", "2019-06-14T10:00:00", "unknown"),
    ("IMG_20190614_100000_HDR.jpg", "captured", "2019-06-14T10:00:00", "unknown"),
    ("20190614_100000.jpg", "captured", "2019-06-14T10:00:00", "unknown"),
    ("PXL_20190614_100000123.jpg", "captured", "2019-06-14T10:00:00Z", "utc"),
    ("PXL_20190614_100000123.MP.jpg", "captured", "2019-06-14T10:00:00Z", "utc"),
    ("DSC_20190614_100000.JPG", "captured", "2019-06-14T10:00:00", "unknown"),
    ("IMG-20190614-WA0003.jpg", "sent", "2019-06-14", "unknown"),
    ("WhatsApp Image 2019-06-14 at 10.00.00.jpeg", "sent", "2019-06-14T10:00:00", "unknown"),
    ("photo_2019-06-14_10-00-00.jpg", "sent", "2019-06-14T10:00:00", "unknown"),
    ("photo_12345@14-06-2019_10-00-00.jpg", "sent", "2019-06-14T10:00:00", "unknown"),
    ("signal-2019-06-14-100000.jpg", "sent", "2019-06-14T10:00:00", "unknown"),
    ("signal-2019-06-14-10-00-00-123.jpg", "sent", "2019-06-14T10:00:00", "unknown"),
    ("Screenshot_20190614-100000.png", "screenshot", "2019-06-14T10:00:00", "unknown"),
    ("Screenshot_2019-06-14-10-00-00-123_com.app.jpg", "screenshot", "2019-06-14T10:00:00",
     "unknown"),
    ("Screenshot 2019-06-14 at 10.00.00.png", "screenshot", "2019-06-14T10:00:00", "unknown"),
    ("Screen Shot 2019-06-14 at 10.00.00.png", "screenshot", "2019-06-14T10:00:00", "unknown"),
    ("2019-06-14_10-00-00_UTC.jpg", "sent", "2019-06-14T10:00:00Z", "utc"),
    ("2019-06-14_10-00-00_UTC_2.jpg", "sent", "2019-06-14T10:00:00Z", "utc"),
    ("2019-06-14T100000Z_123_RC1A2_RTRMADP_3_MARKET.JPG", "named", "2019-06-14T10:00:00Z", "utc"),
    ("signal-attachment-2019-06-14-100000.jpg", "sent", "2019-06-14T10:00:00", "unknown"),
    ("IMG20190614100000.jpg", "captured", "2019-06-14T10:00:00", "unknown"),
    ("DSCPDC_0001_BURST20190614100000123.JPG", "captured", "2019-06-14T10:00:00", "unknown"),
    ("20190614100000.jpg", "named", "2019-06-14T10:00:00", "unknown"),
    # Twelve hours: whether before or after noon is not worked out, the day alone counts.
    ("WhatsApp Image 2019-06-14 at 10.00.00 PM.jpeg", "sent", "2019-06-14", "unknown"),
    ("WhatsApp Image 2019-06-14 at 1.00.00 PM.jpeg", "sent", "2019-06-14", "unknown"),
    ("Screen Shot 2019-06-14 at 10.00.00\u202fPM.png", "screenshot", "2019-06-14", "unknown"),
    ("Bildschirmfoto 2019-06-14 um 10.00.00.png", "screenshot", "2019-06-14", "unknown"),
    ("Capture d’écran 2019-06-14 à 10.00.00.png", "screenshot", "2019-06-14", "unknown"),
    ("urn-newsml-dpa-com-20090101-190614-99-123456_large_4_3.jpg", None, None, None),
    ("gettyimages-20051231-612x612.jpg", None, None, None),
    ("shutterstock_20180101.jpg", None, None, None),
    ("some/folder/2019-06-14 market.jpg", "named", "2019-06-14", "unknown"),
    ("C:\\Users\\a\\IMG_20190614_100000.jpg", "captured", "2019-06-14T10:00:00", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "what", "date", "zone"), NAMES)
def test_dates_in_names(name: str, what: str | None, date: str | None, zone: str | None) -> None:
    if what is None:
        assert list(file_names.read(name)) == []
        return
    (fact,) = file_names.read(name)
    assert (fact.what, fact.how) == (what, How.FILE_NAME)
    assert fact.date is not None
    assert (fact.date.text, fact.date.zone) == (date, zone)
    assert name.endswith(fact.value)


@pytest.mark.parametrize(
    "name",
    [
        None,
        "",
        "picture.jpg",
        "20191399.jpg",
        "IMG_2019.jpg",
        "DSC00123.JPG",
        "20990101_100000.jpg",
        "4f2019061410a8.jpg",
        "720190614.jpg",
        "FB_IMG_1560506400000.jpg",
    ],
)
def test_names_without_a_date_that_can_be(name: str | None) -> None:
    assert list(file_names.read(name)) == []


@given(st.text(max_size=400))
def test_any_name_is_read(name: str) -> None:
    assert len(list(file_names.read(name))) <= 1
