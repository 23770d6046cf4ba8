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
    ("some/folder/2019-06-14 market.jpg", "named", "2019-06-14", "unknown"),
    ("C:\\Users\\a\\IMG_20190614_100000.jpg", "captured", "2019-06-14T10:00:00", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "what", "date", "zone"), NAMES)
def test_dates_in_names(name: str, what: str, date: str, zone: str) -> None:
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
