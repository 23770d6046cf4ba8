from __future__ import annotations

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.conformance.sources import check_source
from provenance.models import How, Means, Trust
from provenance.sources import Tally
from provenance.sources.argument import Argument
from provenance.sources.telegram import Telegram, result_json

from .exports import (
    FIRST,
    MOSCOW,
    NOT_INCLUDED,
    account,
    block,
    chat,
    file_link,
    forwarded,
    message,
    moment,
    not_included,
    page,
    photo,
    photo_link,
    touch,
    write_json,
)


def problems(found):
    return [(entry.row, entry.problem.reason) for entry in found if entry.problem]


def exported(folder, *messages, **head):
    """An export of one channel with the photos that its messages name."""
    there = [m["photo"] for m in messages if m.get("photo", "(").startswith("photos/")]
    return write_json(folder, chat(messages, **head), *there)


def test_a_photo_of_a_channel(tmp_path, draw):
    exported(tmp_path / "export", message(1, photo=photo(1), text="Smoke"))
    (entry,) = draw("export")
    assert entry.name == f"export/{photo(1)}"
    assert entry.row == 1
    sighting = entry.sighting
    assert sighting.date.text == "2021-12-14T20:43:49Z"
    assert (sighting.date.earliest, sighting.date.latest) == (FIRST, FIRST)
    assert (sighting.means, sighting.how) == (Means.POSTED, How.PLATFORM)
    assert (sighting.source, sighting.caption, sighting.url) == ("Example News", "Smoke", None)
    assert entry.collection.name == "export"
    assert entry.more == ()


def test_an_export_is_unreviewed_until_somebody_says_otherwise(tmp_path, draw):
    exported(tmp_path / "export", message(1, photo=photo(1)))
    (entry,) = draw("export")
    assert entry.trust is entry.sighting.trust is entry.collection.trust is Trust.UNREVIEWED
    (entry,) = draw("export", trust="own")
    assert entry.trust is entry.sighting.trust is entry.collection.trust is Trust.OWN


def test_nobody_who_wrote_is_named_anywhere(tmp_path, draw):
    people = message(1, photo=photo(1), author="Erika Mustermann", actor="Erika Mustermann")
    exported(tmp_path / "group", people, type="private_supergroup", name="A group")
    exported(tmp_path / "private", people, type="personal_chat", name="Erika Mustermann")
    (group,), (private,) = draw("group"), draw("private")
    assert (group.sighting.source, private.sighting.source) == ("A group", None)
    assert "Mustermann" not in f"{group}{private}"
    (named,) = draw("private", source="our correspondent")
    assert named.sighting.source == "our correspondent"


def test_the_address_of_a_message_needs_that_of_its_channel(tmp_path, draw):
    exported(tmp_path / "export", message(7, photo=photo(7)))
    for typed in ("https://t.me/examplenews", "https://telegram.me/s/examplenews/"):
        (entry,) = draw("export", url=typed)
        assert entry.sighting.url == "https://t.me/examplenews/7"
    (entry,) = draw("export", url="https://example.com/about")
    assert entry.sighting.url == "https://example.com/about"


@pytest.mark.parametrize("kind", ["private_channel", "personal_chat", "private_group"])
def test_what_has_no_address_gets_none(tmp_path, draw, kind):
    exported(tmp_path / "export", message(7, photo=photo(7)), type=kind)
    (entry,) = draw("export", url="https://t.me/examplenews")
    assert entry.sighting.url == "https://t.me/examplenews"


def test_text_in_pieces_is_one_caption(tmp_path, draw):
    text = ["Smoke over ", {"type": "bold", "text": "the port"}, {"type": "link"}, 7, "!"]
    exported(tmp_path / "export", message(1, photo=photo(1), text=text))
    assert draw("export")[0].sighting.caption == "Smoke over the port!"


def test_files_count_where_they_are_pictures(tmp_path, draw):
    write_json(
        tmp_path / "export",
        chat(
            [
                message(1, file="files/a.JPG", mime_type="image/jpeg"),
                message(2, file="files/b.png"),
                message(3, file="video_files/c.mp4", media_type="video_file"),
                message(4, file="stickers/d.webp", media_type="sticker"),
                message(5, file="files/e.pdf", mime_type="application/pdf"),
                {"id": 6, "type": "unsupported"},
                message(7, photo=None),
            ]
        ),
        "files/a.JPG",
        "files/b.png",
    )
    assert [(e.row, e.name) for e in draw("export")] == [
        (1, "export/files/a.JPG"),
        (2, "export/files/b.png"),
    ]


def test_pictures_that_are_not_there_have_their_line(tmp_path, draw):
    exported(
        tmp_path / "export",
        message(1, photo=NOT_INCLUDED),
        message(2, file="b.jpg (File exceeds maximum size. Change data exporting settings.)"),
        message(3, photo="photos/gone.jpg"),
        message(4, photo=photo(4)),
    )
    (tmp_path / "export/photos/gone.jpg").unlink()
    found = draw("export")
    assert problems(found) == [(n, "not_in_export") for n in (1, 2, 3)]
    assert str(found[0].problem).startswith("The picture of message 1 was not exported (File not")
    assert found[-1].name.endswith(photo(4))


@pytest.mark.parametrize(
    "path",
    ["../secret.jpg", "/etc/passwd", "photos/../../x.jpg", "C:/x.jpg", r"\\host\x.jpg", "a\0.jpg"],
)
def test_no_path_leaves_the_export(tmp_path, draw, path):
    (tmp_path / "secret.jpg").touch()
    write_json(tmp_path / "export", chat([message(1, photo=path), message(2, photo=photo(2))]))
    touch(tmp_path / "export", photo(2))
    bad, good = draw("export")
    assert bad.problem.reason == "bad_path"
    assert good.path


def test_no_link_leaves_the_export(tmp_path, draw):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x.jpg").touch()
    write_json(tmp_path / "export", chat([message(1, photo="photos/x.jpg")]))
    (tmp_path / "export/photos").symlink_to(tmp_path / "elsewhere")
    (entry,) = draw("export")
    assert entry.problem.reason == "bad_path"


# ------------------------------------------------------------------------------- dates


def test_without_the_exact_second_the_clock_of_the_export_counts_in_every_zone(tmp_path, draw):
    said = message(1, photo=photo(1))
    del said["date_unixtime"]
    exported(tmp_path / "export", said)
    date = draw("export")[0].sighting.date
    assert (date.text, date.zone) == ("2021-12-14T23:43:49", "unknown")


def test_two_dates_that_contradict_each_other_are_both_held(tmp_path, draw):
    exported(tmp_path / "export", message(1, photo="photos/x.jpg", date_unixtime="1300000000"))
    date = draw("export")[0].sighting.date
    assert date.earliest.year == 2011
    assert date.latest.year == 2021
    assert date.latest > FIRST


@pytest.mark.parametrize("unix", ["", "x", "-1e9", "9" * 30, None, 12.5, True, [], "٣"])
def test_no_date_crashes(tmp_path, draw, unix):
    exported(tmp_path / "export", message(1, photo=photo(1), date_unixtime=unix, date="yesterday"))
    (entry,) = draw("export")
    assert entry.path


def test_an_edited_post_holds_its_picture_only_since_the_edit(tmp_path, draw):
    exported(
        tmp_path / "export",
        message(
            1, photo="photos/x.jpg", edited="2023-01-01T03:00:00", edited_unixtime="1672531200"
        ),
    )
    date = draw("export")[0].sighting.date
    assert date.earliest == FIRST
    assert date.latest.year == 2023


def test_unless_the_photo_was_uploaded_with_the_post(tmp_path, draw):
    edit = {"edited": "2023-01-01T03:00:00", "edited_unixtime": "1672531200"}
    exported(tmp_path / "export", message(1, photo=photo(1), **edit))
    assert draw("export")[0].sighting.date.text == "2021-12-14T20:43:49Z"


def test_a_photo_uploaded_after_its_post_dates_it_no_earlier(tmp_path, draw):
    exported(tmp_path / "export", message(1, photo=photo(1, moment(10_000))))
    date = draw("export")[0].sighting.date
    assert date.earliest == FIRST
    assert date.latest >= moment(10_000)


# ---------------------------------------------------------------------------- forwards


def test_a_channel_that_it_was_forwarded_from_is_a_sighting_without_a_date(tmp_path, draw):
    known = {"forwarded_from": "Other Channel", "forwarded_from_id": "channel99"}
    exported(tmp_path / "export", message(1, photo=photo(1), text="Smoke", **known))
    (entry,) = draw("export", source="desk", url="https://t.me/examplenews")
    (other,) = entry.more
    assert (other.source, other.date, other.url) == ("Other Channel", None, None)
    assert (other.means, other.how, other.caption) == (Means.POSTED, How.PLATFORM, "Smoke")


@pytest.mark.parametrize(
    "known",
    [
        {"forwarded_from": "Max Mustermann", "forwarded_from_id": "user12"},
        {"forwarded_from": "Max Mustermann"},
        {"forwarded_from": None, "forwarded_from_id": "channel12"},
        {"forwarded_from_id": "channel12"},
    ],
)
def test_a_person_that_it_was_forwarded_from_is_not_kept(tmp_path, draw, known):
    exported(tmp_path / "export", message(1, photo=photo(1), **known))
    assert draw("export")[0].more == ()


# ---------------------------------------------------------------------- whole accounts


def test_an_account_holds_many_chats(tmp_path, draw):
    write_json(
        tmp_path / "account",
        account(
            chat([message(1, photo="chats/chat_1/photos/a.jpg")], name="One"),
            {"type": "saved_messages", "id": 1, "messages": [message(2, photo="b.jpg")]},
            left=[chat([message(3, photo="c.jpg")], name="Left")],
        ),
        "chats/chat_1/photos/a.jpg",
        "b.jpg",
        "c.jpg",
    )
    found = draw("account", url="https://t.me/examplenews")
    assert [(e.row, e.sighting.source) for e in found] == [(1, "One"), (2, None), (3, "Left")]
    assert {e.sighting.url for e in found} == {"https://t.me/examplenews"}


def test_the_file_itself_can_be_named(tmp_path, draw):
    exported(tmp_path / "export", message(1, photo=photo(1)))
    (entry,) = draw("export/result.json")
    assert entry.name == f"export/{photo(1)}"


def test_the_file_can_be_named_from_its_own_folder(tmp_path, draw):
    exported(tmp_path, message(1, photo=photo(1)))
    (entry,) = draw("result.json")
    assert entry.name == photo(1)
    (tmp_path / "messages.html").write_text(page(block(1, photo_link(photo(1)))))
    (tmp_path / "result.json").unlink()
    assert draw("messages.html")[0].name == photo(1)


@pytest.mark.parametrize("text", ["", "[]", '{"results": []}', "{}", "\0\0", '{"name": "x"}'])
def test_another_result_json_is_no_export(tmp_path, draw, text):
    (tmp_path / "d").mkdir()
    (tmp_path / "d/result.json").write_text(text)
    (tmp_path / "d/a.jpg").touch()
    assert [e.name for e in draw("d")] == ["d/a.jpg", "d/result.json"]


@pytest.mark.parametrize("messages", [[], [message(1, text="words")]])
def test_an_export_without_pictures_is_said(tmp_path, draw, messages):
    write_json(tmp_path / "export", chat(messages))
    tally = Tally()
    assert draw("export", tally=tally) == []
    assert tally.sentences() == ["export: nothing in it to take"]


# ---------------------------------------------------------------------------- breakage


def as_text(folder, change):
    document = folder / "result.json"
    document.write_text(change(document.read_text("utf-8")), "utf-8")


def test_the_escape_that_telegram_writes_and_json_lacks_is_mended(tmp_path, draw):
    exported(tmp_path / "export", message(1, photo=photo(1), text=r"a\b \x41 QQ end"))
    as_text(tmp_path / "export", lambda text: text.replace("QQ", r"\x1F"))
    (entry,) = draw("export")
    assert entry.sighting.caption == "a\\b \\x41 \x1f end"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"id": 2,', '"id": ,'),
        lambda text: text.replace('"id": 2,', '"id": 2'),
        lambda text: text.replace('"text": "second"', '"text": "second'),
        lambda text: text.replace('"text": "second"', '"text": second"'),
        lambda text: text.replace('"text": "second"', '"text": ' + "[" * 100_000),
        lambda text: text.replace('"text": "second"', '"text": ' + "9" * 10_000),
        lambda text: text.replace('"text": "second"', '"text": "' + "x" * (2 << 20) + '"'),
    ],
)
def test_one_broken_message_loses_no_other(tmp_path, draw, change):
    texts = ("first", "second", "third", "fourth")
    said = [message(n, photo=photo(n), text=text) for n, text in enumerate(texts, start=1)]
    exported(tmp_path / "export", *said)
    as_text(tmp_path / "export", change)
    found = draw("export")
    assert [e.sighting.caption for e in found if e.path] == ["first", "third", "fourth"]
    assert [e.problem.reason for e in found if e.problem] == ["malformed_export"]
    assert {e.sighting.source for e in found if e.path} == {"Example News"}


def test_what_breaks_off_is_told_and_the_rest_stays(tmp_path, draw):
    exported(tmp_path / "export", *(message(n, photo=photo(n)) for n in range(1, 4)))
    as_text(tmp_path / "export", lambda text: text[: text.index('"id": 3') + 20])
    found = draw("export")
    assert [bool(e.path) for e in found] == [True, True, False]


def test_behind_a_broken_chat_the_next_has_its_own_name(tmp_path, draw):
    write_json(
        tmp_path / "account",
        account(
            chat([message(1, photo="a.jpg"), message(2, photo="b.jpg", text="last")], name="One"),
            chat([message(3, photo="c.jpg")], name="Two"),
            left=[chat([message(4, photo="d.jpg")], name="Left")],
        ),
        "a.jpg",
        "b.jpg",
        "c.jpg",
        "d.jpg",
    )
    as_text(tmp_path / "account", lambda text: text.replace('"text": "last"', '"text": "last'))
    found = draw("account")
    assert [e.sighting.source for e in found if e.path] == ["One", "Two", "Left"]
    assert len(problems(found)) == 1


def test_memory_does_not_grow_with_the_export(tmp_path):
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.json"
        with path.open("w") as file:
            file.write('{"name": "N", "type": "public_channel", "id": 1, "messages": [\n')
            for number in range(1, count + 1):
                text = json.dumps(message(number % 1000 + 1, text="x" * 500))
                file.write(text + (",\n" if number < count else "\n]}"))
        tracemalloc.start()
        with path.open(newline="") as stream:
            assert sum(1 for _ in result_json.read(stream)) == count
        measured = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return measured

    assert peak(4_000) < peak(400) + 200_000


# ------------------------------------------------------------------------------- pages


def write_pages(folder, *pages, pictures=()):
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(pages, start=1):
        name = f"messages{number if number > 1 else ''}.html"
        (folder / name).write_text(text, "utf-8")
    touch(folder, *pictures)


def test_pages_say_the_same_as_the_json(tmp_path, draw):
    text = "Smoke &amp; fire<br>over <strong>the port</strong>"
    write_pages(
        tmp_path / "export",
        page(block(1, photo_link(photo(1)), text), block(2, text="words alone")),
        page(block(3, photo_link(photo(3)))),
        pictures=(photo(1), photo(3)),
    )
    first, second = draw("export", url="https://t.me/examplenews")
    assert (first.row, second.row) == (1, 3)
    assert first.sighting.date.earliest == first.sighting.date.latest == moment(1)
    assert first.sighting.caption == "Smoke & fire\nover the port"
    assert first.sighting.source == "Example News"
    assert first.sighting.url == "https://t.me/examplenews/1"
    assert not first.sighting.weak_page
    assert second.sighting.date.earliest == moment(3)
    assert "Mustermann" not in f"{first}{second}"


def test_an_older_page_has_no_zone(tmp_path, draw):
    write_pages(
        tmp_path / "export",
        page(block(1, photo_link(photo(1)), zone=False)),
        pictures=(photo(1),),
    )
    assert draw("export")[0].sighting.date.zone == "unknown"


def test_a_page_never_tells_edits_so_a_file_without_its_time_is_weak(tmp_path, draw):
    write_pages(
        tmp_path / "export", page(block(1, file_link("files/a.png"))), pictures=("files/a.png",)
    )
    (entry,) = draw("export")
    assert entry.sighting.weak_page
    assert entry.sighting.date.earliest == moment(1)


def test_a_page_with_a_photo_of_another_day(tmp_path, draw):
    later = photo(1, moment(5_000))
    write_pages(tmp_path / "export", page(block(1, photo_link(later))), pictures=(later,))
    assert draw("export")[0].sighting.date.latest >= moment(5_000)


def test_a_page_dates_what_was_forwarded_and_names_nobody(tmp_path, draw):
    first_posted = moment(1) - (moment(100) - moment(1))
    name = photo(1, first_posted)
    inner = photo_link(name) + '<div class="text">Smoke</div>'
    write_pages(
        tmp_path / "export",
        page(block(1, before=forwarded(first_posted, inner))),
        pictures=(name,),
    )
    (entry,) = draw("export")
    (other,) = entry.more
    assert (entry.sighting.caption, other.caption) == ("Smoke", "Smoke")
    assert entry.sighting.date.earliest == moment(1)
    assert other.date.earliest == other.date.latest == first_posted
    assert other.source is None


def test_a_page_without_its_picture(tmp_path, draw):
    write_pages(tmp_path / "export", page(block(1, not_included()), block(2, file_link("a.pdf"))))
    (entry,) = draw("export")
    assert entry.problem.reason == "not_in_export"
    assert "Not included, change data" in str(entry.problem)


def test_pages_of_an_account(tmp_path, draw):
    folder = tmp_path / "account"
    for number, name in ((1, "One"), (10, "Ten"), (2, "Two")):
        write_pages(
            folder / f"chats/chat_{number:d}",
            page(block(1, photo_link(f"../../chats/chat_{number}/photos/a.jpg")), title=name),
            pictures=("photos/a.jpg",),
        )
    found = draw("account")
    assert [e.sighting.source for e in found] == ["One", "Two", "Ten"]
    assert all(e.path for e in found)


def test_the_json_goes_before_the_pages(tmp_path, draw):
    exported(tmp_path / "export", message(1, photo=photo(1), text="json"))
    write_pages(tmp_path / "export", page(block(1, photo_link(photo(1)), "page")))
    assert [e.sighting.caption for e in draw("export")] == ["json"]


def test_a_message_without_end_loses_no_other(tmp_path, draw):
    write_pages(
        tmp_path / "export",
        page(
            block(1, photo_link(photo(1))),
            block(2, photo_link(photo(2)), "<b>" * 200_000),
            block(3, photo_link(photo(3))),
        ),
        pictures=(photo(1), photo(2), photo(3)),
    )
    found = draw("export")
    assert problems(found) == [(2, "malformed_export")]
    assert [e.row for e in found if e.path] == [1, 3]


def test_a_saved_page_of_another_kind_is_no_export(tmp_path, draw):
    (tmp_path / "messages.html").write_text("<html><body>My messages</body></html>")
    assert not Telegram().recognises(Argument.of("messages.html"))
    assert draw("messages.html") == []


# ---------------------------------------------------------------------------- the laws


def test_both_kinds_pass_the_kit(tmp_path):
    write_json(
        tmp_path / "json",
        account(
            chat(
                [
                    message(1, photo="a.jpg"),
                    message(2, photo=NOT_INCLUDED),
                    message(3, photo="../x"),
                ]
            )
        ),
        "a.jpg",
    )
    write_pages(
        tmp_path / "html",
        page(block(1, photo_link("a.jpg")), block(2, not_included())),
        pictures=("a.jpg",),
    )
    check_source(Telegram(), str(tmp_path / "json"))
    check_source(Telegram(), str(tmp_path / "json/result.json"))
    check_source(Telegram(), str(tmp_path / "html"))


@given(st.data())
def test_a_mutated_export_never_crashes_and_keeps_what_stands_before_and_after(
    tmp_path_factory, data
):
    """Any damage inside one message costs that message and its nearest neighbours at most."""
    folder = tmp_path_factory.mktemp("export")
    names = [f"{n}.jpg" for n in range(1, 9)]
    texts = ['q"uo\\te', "{[", "]}", 'a "id": 5', "x", '{ "id": 9, "type": "message" }', "", "é"]
    said = [
        message(n, photo=p, text=t) for n, (p, t) in enumerate(zip(names, texts, strict=True), 1)
    ]
    write_json(folder, chat(said), *names)
    text = (folder / "result.json").read_text("utf-8")
    begin, end = text.index('"id": 4'), text.index('"id": 5,')
    at = data.draw(st.integers(begin, end))
    cut = data.draw(st.integers(0, min(40, end - at)))
    noise = data.draw(st.text(st.sampled_from('{}[]",:\\x0e \n'), max_size=6))
    (folder / "result.json").write_text(text[:at] + noise + text[at + cut :], "utf-8")
    found = list(drawn(folder))
    whole = {e.name.rsplit("/", 1)[-1] for e in found if e.path}
    assert {"1.jpg", "2.jpg", "3.jpg", "6.jpg", "7.jpg", "8.jpg"} <= whole
    assert {e.sighting.source for e in found if e.path} == {"Example News"}


def drawn(folder):
    from provenance.fingerprint import parse_hash
    from provenance.sources import entries

    return entries([str(folder)], parse_hash=parse_hash)


@pytest.mark.parametrize("brackets", ["}]", "}]}", "}]}}"])
def test_brackets_too_many_end_no_export(tmp_path, brackets):
    """They close the list, or all of it, in the middle of the second message; it is said once."""
    names = [f"{n}.jpg" for n in range(1, 5)]
    write_json(tmp_path, chat([message(n, photo=p) for n, p in enumerate(names, 1)]), *names)
    file = tmp_path / "result.json"
    text = file.read_text("utf-8")
    at = text.index('"date"', text.index('"id": 2'))
    file.write_text(text[:at].rstrip(", \n") + brackets + "," + text[at:], "utf-8")
    found = list(drawn(tmp_path))
    whole = {entry.name.rsplit("/", 1)[-1] for entry in found if entry.path}
    assert {"1.jpg", "3.jpg", "4.jpg"} <= whole
    assert [entry.problem.reason for entry in found if entry.problem] == ["malformed_export"]


@given(st.binary(max_size=300), st.integers(0, 4000), st.integers(0, 600))
def test_mutated_pages_never_crash(tmp_path_factory, noise, at, cut):
    folder = tmp_path_factory.mktemp("export")
    blocks = [block(n, photo_link(f"{n}.jpg"), "text") for n in range(1, 7)]
    raw = page(*blocks).encode()
    begin = raw.index(b'id="message2"')
    at = begin + at % (raw.index(b'id="message3"') - begin)
    broken = raw[:at] + noise.replace(b'<div class="message ', b"") + raw[at + cut :]
    (folder / "messages.html").write_bytes(broken)
    touch(folder, *(f"{n}.jpg" for n in range(1, 7)))
    found = list(drawn(folder))
    kept = {e.name.rsplit("/", 1)[-1] for e in found if e.path}
    assert {"1.jpg", "4.jpg", "5.jpg", "6.jpg"} <= kept


def test_local_times_of_the_generator_are_those_of_moscow():
    assert moment(1).astimezone(MOSCOW).hour == 23


@given(st.integers(0, 10_000), st.sampled_from(["", "x", '"', "}", "]", "{", ","]))
def test_damage_never_gives_a_picture_to_another_chat(tmp_path_factory, at, noise):
    folder = tmp_path_factory.mktemp("account")
    chats = [
        chat([message(n, photo=f"{name}{n}.jpg") for n in (1, 2)], name=name)
        for name in ("One", "Two", "Left")
    ]
    pictures = [f"{name}{n}.jpg" for name in ("One", "Two", "Left") for n in (1, 2)]
    write_json(folder, account(*chats[:2], left=chats[2:]), *pictures)
    text = (folder / "result.json").read_text("utf-8")
    at %= len(text)
    (folder / "result.json").write_text(text[:at] + noise + text[at + 1 :], "utf-8")
    for entry in drawn(folder):
        if entry.path and entry.sighting and entry.sighting.source in {"One", "Two", "Left"}:
            assert entry.sighting.source in entry.name.rsplit("/", 1)[-1]


def test_an_export_deep_in_a_folder_is_read_as_an_export(tmp_path, draw):
    exported(tmp_path / "disk" / "chats" / "news", message(1, photo=photo(1), text="Smoke"))
    (tmp_path / "disk" / "other.jpg").write_bytes(b"")
    first, second = draw("disk")
    assert first.name == f"disk/chats/news/{photo(1)}"
    assert first.sighting.date.text == "2021-12-14T20:43:49Z"
    assert first.sighting.trust is Trust.UNREVIEWED
    assert first.collection.name == second.collection.name == "disk"
    assert (second.name, second.sighting) == ("disk/other.jpg", None)
