from __future__ import annotations

import threading

from provenance.errors import Unreadable, UnreadableReason
from provenance.fetch import AT_ONCE, fetched
from provenance.models import Entry

LOCAL = Entry("a.jpg", path="a.jpg")


def at(url: str) -> Entry:
    return Entry(url, address=url)


def get(url: str) -> bytes:
    if "bad" in url:
        raise Unreadable(UnreadableReason.FETCH_FAILED, "No.", name=url)
    return url.encode()


def test_entries_keep_their_order_and_one_bad_address_stops_nothing():
    entries = [LOCAL, at("http://1"), at("http://bad"), LOCAL, at("http://2"), LOCAL]
    found = list(fetched(entries, get))
    assert [entry.name for entry in found] == [entry.name for entry in entries]
    assert [entry.content for entry in found] == [None, b"http://1", None, None, b"http://2", None]
    assert found[2].problem.reason == "fetch_failed"
    assert found[0] is LOCAL


def test_a_slow_address_does_not_keep_others_from_being_fetched():
    others = threading.Barrier(AT_ONCE)

    def together(url: str) -> bytes:
        others.wait(timeout=30)  # ends only when as many are under way
        return url.encode()

    entries = [at(f"http://{number}") for number in range(3 * AT_ONCE)]
    assert [e.content for e in fetched(entries, together)] == [e.name.encode() for e in entries]


def test_never_more_at_once_than_said_and_nothing_is_drawn_far_ahead():
    under_way = drawn = most = 0
    lock = threading.Lock()

    def counted(url: str) -> bytes:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        with lock:
            under_way -= 1
        return url.encode()

    def entries():
        nonlocal drawn
        for number in range(50):
            drawn += 1
            yield at(f"http://{number}")

    for taken, _ in enumerate(fetched(entries(), counted), start=1):
        assert drawn <= taken + AT_ONCE
    assert most <= AT_ONCE


def test_one_by_one_each_is_handed_on_before_the_next_is_drawn():
    drawn = []

    def typed():
        for number in range(3):
            drawn.append(number)
            yield at(f"http://{number}")

    for taken, _ in enumerate(fetched(typed(), get, at_once=1)):
        assert drawn[-1] == taken


def test_what_is_local_passes_without_a_thread():
    before = threading.active_count()
    assert list(fetched([LOCAL] * 3, get)) == [LOCAL] * 3
    assert threading.active_count() == before
