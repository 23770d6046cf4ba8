from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.conformance.sources import check_source
from provenance.fingerprint import parse_hash
from provenance.models import How, Means, Trust
from provenance.sources import Tally, entries
from provenance.sources.whatsapp import WhatsApp, chat, header
from provenance.sources.whatsapp.days import Orders

from .exports import touch

LRM = "\u200e"
ARABIC = str.maketrans("0123456789", "".join(map(chr, range(0x660, 0x66A))))
ARABIC_DIGITS = "23/10/2023، 3:45 م - اسم: نص".translate(ARABIC).replace("/", "\u200f/")
ANDROID = "WhatsApp Chat with Harbour group.txt"
SYSTEM = "Messages and calls are end-to-end encrypted. No one outside of this chat can read them."


def write(folder, text, *pictures, name=ANDROID):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8", newline="")
    touch(folder, *pictures)
    return folder


def date_of(*lines: str) -> str | None:
    """How the last of these headers is read in a file that has them all."""
    orders = Orders()
    read = [header.read(line) for line in lines]
    assert all(read), lines
    for each in read:
        orders.see(each)
    date = orders.date(read[-1])
    return date.text if date else None


# ------------------------------------------------------------------- headers, one by one


@pytest.mark.parametrize(
    ("line", "date"),
    [
        # iPhone
        ("[23.10.23, 15:45:12] Name: text", "2023-10-23T15:45:12"),
        ("[23/10/2023, 3:45:12\u202fPM] Name: text", "2023-10-23T15:45:12"),
        (f"{LRM}[23/10/2023, 03:45:12] ~ Name: {LRM}text", "2023-10-23T03:45:12"),
        ("[2023-10-23, 3:45:12 p.\u00a0m.] Nom: texte", "2023-10-23T15:45:12"),
        ("[23/10/2023 15:45:12] Name: text", "2023-10-23T15:45:12"),
        ("[12.3.2022 klo 14.08.18] Nimi: teksti", "2022-03-12T14:08:18"),
        ("[2023/10/23 下午3:45:12] 名字: 字", "2023-10-23T15:45:12"),
        ("[2023. 10. 23. 오전 3:45:12] 이름: 글", "2023-10-23T03:45:12"),
        ("[\u200f23\u200f/10\u200f/2023، 3:45:12 م] اسم: نص", "2023-10-23T15:45:12"),
        # Android
        ("23/10/2023, 15:45 - Name: text", "2023-10-23T15:45"),
        ("10/23/23, 3:45 PM - Name: text", "2023-10-23T15:45"),
        ("23/10/2023 15:45 - Nome: texto", "2023-10-23T15:45"),
        ("23.10.23, 15:45 - Name: Text", "2023-10-23T15:45"),
        ("23-10-2023 15:45 - Naam: tekst", "2023-10-23T15:45"),
        ("2023-10-23 15:45 - Namn: text", "2023-10-23T15:45"),
        ("23/10/2023, 3:45 p. m. - Nombre: texto", "2023-10-23T15:45"),
        ("23/10/2023 à 15:45 - Nom : texte", "2023-10-23T15:45"),
        ("23.10.2023 um 15:45 - Name: Text", "2023-10-23T15:45"),
        (ARABIC_DIGITS, "2023-10-23T15:45"),
        ("2023년 10월 23일 오후 3:45, 이름 : 글", "2023-10-23T15:45"),
        ("23/10/2023, 12:05 am - Name: text", "2023-10-23T00:05"),
        ("23/10/2023, 12:05 pm - Name: text", "2023-10-23T12:05"),
        (f"23/10/2023, 15:45 - {SYSTEM}", "2023-10-23T15:45"),
        # The half of the day in a language that is not known: the day is.
        ("23/10/2023, 3:45 hengihengi - Hingoa: x", "2023-10-23"),
        ("23/10/2023, 15:45 PM - Name: text", "2023-10-23"),
        # Calendars that are not ours.
        ("23/10/2566, 15:45 - ชื่อ: ข้อความ", None),
        ("1402/8/1, 15:45 - نام: متن", None),
        ("31/02/2023, 15:45 - Name: text", None),
    ],
)
def test_a_header_in_the_form_of_a_region(line, date):
    assert date_of(line) == date


@pytest.mark.parametrize(
    "line",
    [
        "Name: text",
        "23/10/2023",
        "23/10/2023 was the day - I think: yes",
        "[23/10/2023, 15:45] - no",
        "[23/10/2023, 15:45:12 Name: text",
        "2023, 15:45 - Name: text",
        "",
        "[[[[",
    ],
)
def test_a_line_that_is_no_header(line):
    found = header.read(line)
    assert found is None or line.startswith("[23/10/2023, 15:45] -")


def test_the_sender_is_left_out():
    assert header.read("23/10/2023, 15:45 - Erika Mustermann: 5:1 for us").text == "5:1 for us"
    assert header.read("23/10/2023, 15:45 - +49 170 1234567: text").text == "text"
    assert header.read(f"23/10/2023, 15:45 - {SYSTEM}").text is None


# --------------------------------------------------------------- which number is the day


def test_where_two_orders_are_left_the_date_holds_both_readings():
    assert date_of("03/04/2019, 10:00 - A: x") == "2019-03-04T10:00/2019-04-03T10:00"
    assert date_of("3/4/19, 10:00 - A: x") == "2019-03-04T10:00/2019-04-03T10:00"
    assert date_of("05/05/2019, 10:00 - A: x") == "2019-05-05T10:00"


def test_the_file_decides():
    assert date_of("25/04/2019, 9:00 - A: x", "03/04/2019, 9:00 - A: x") == "2019-04-03T09:00"
    assert date_of("4/25/2019, 9:00 - A: x", "3/4/2019, 9:00 - A: x") == "2019-03-04T09:00"


def test_with_points_the_day_stands_first():
    assert date_of("03.04.19, 10:00 - A: x") == "2019-04-03T10:00"


def test_two_digits_may_be_a_year_that_stands_first():
    assert date_of("19/10/23, 10:00 - A: x") == "2019-10-23T10:00/2023-10-19T10:00"
    assert date_of("31/10/23, 10:00 - A: x", "19/10/23, 10:00 - A: x") == (
        "2019-10-23T10:00/2023-10-19T10:00"
    )
    # A month with a zero before it is not written so by those who put the year first.
    assert date_of("19/05/23, 10:00 - A: x") == "2023-05-19T10:00"
    # No message is older than WhatsApp.
    assert date_of("3/10/23, 10:00 - A: x", "19/10/23, 10:00 - A: x") == "2023-10-19T10:00"


def test_a_file_that_contradicts_itself_decides_nothing():
    lines = ["25/04/2019, 9:00 - A: x", "4/25/2019, 9:00 - A: x", "03/04/2019, 9:00 - A: x"]
    assert date_of(*lines) == "2019-03-04T09:00/2019-04-03T09:00"


def test_a_day_nobody_can_read_decides_nothing():
    lines = ["99/99/2019, 9:00 - A: x", "25/04/2019, 9:00 - A: x", "03/04/2019, 9:00 - A: x"]
    assert date_of(*lines) == "2019-04-03T09:00"


@given(st.dates(date(2009, 1, 1), date(2100, 12, 31)))
def test_what_a_date_means_always_lies_in_what_is_read(day):
    for form in ("{d:02}/{m:02}/{y}", "{m}/{d}/{y}", "{d}.{m}.{y}", "{y}-{m:02}-{d:02}"):
        written = form.format(d=day.day, m=day.month, y=day.year)
        text = date_of(f"{written}, 10:00 - A: x")
        assert text[:10] <= day.isoformat() <= text[-16:-6]


# ---------------------------------------------------------------------------- the chat


def test_an_android_chat(tmp_path, draw):
    write(
        tmp_path / "chat",
        f"23/10/2023, 15:44 - {SYSTEM}\n"
        "23/10/2023, 15:45 - Erika Mustermann: IMG-20231023-WA0001.jpg (file attached)\n"
        "Smoke over the port\nseen from here\n"
        "23/10/2023, 15:46 - Max Mustermann: words alone\n"
        "23/10/2023, 15:47 - Max Mustermann: VID-20231023-WA0002.mp4 (file attached)\n"
        f"24/10/2023, 15:48 - Max Mustermann: {LRM}IMG-20231024-WA0003.jpg (Datei angehängt)\n",
        "IMG-20231023-WA0001.jpg",
        "IMG-20231024-WA0003.jpg",
    )
    first, second = draw("chat")
    assert first.name == "chat/IMG-20231023-WA0001.jpg"
    assert (first.row, second.row) == (2, 5)
    sighting = first.sighting
    assert (sighting.date.text, sighting.date.zone) == ("2023-10-23T15:45", "unknown")
    assert (sighting.means, sighting.how) == (Means.POSTED, How.PLATFORM)
    assert sighting.caption == "Smoke over the port\nseen from here"
    assert (sighting.source, sighting.url) == ("Harbour group", None)
    assert (sighting.trust, first.trust) == (Trust.UNREVIEWED, Trust.UNREVIEWED)
    assert second.sighting.caption is None
    assert "Mustermann" not in f"{first}{second}"


@pytest.mark.parametrize("word", ["attached", "Anhang", "pièce jointe ", "adjunto", "مرفق"])
def test_an_iphone_chat(tmp_path, draw, word):
    name = "00000012-PHOTO-2023-10-23-15-45-12.jpg"
    write(
        tmp_path / "WhatsApp Chat - Harbour group",
        f"[23.10.23, 15:44:00] Harbour group: {LRM}{SYSTEM}\r\n"
        f"{LRM}[23.10.23, 15:45:12] Erika: Smoke {LRM}<{word}: {name}>\r\n"
        f"{LRM}[23.10.23, 15:46:12] Erika: {LRM}<{word}: 00000013-AUDIO.opus>\r\n",
        name,
        name="_chat.txt",
    )
    (entry,) = draw("WhatsApp Chat - Harbour group")
    assert entry.sighting.date.text == "2023-10-23T15:45:12"
    assert (entry.sighting.source, entry.sighting.caption) == ("Harbour group", "Smoke")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("WhatsApp Chat with Harbour.txt", "Harbour"),
        ("WhatsApp Chat mit Hafen.txt", "Hafen"),
        ("WhatsApp-Chat mit Hafen.txt", "Hafen"),
        ("Chat de WhatsApp con Puerto.txt", "Puerto"),
        ("Conversa do WhatsApp com Porto.txt", "Porto"),
        ("Discussion WhatsApp avec Le port.txt", "Le port"),
        ("Чат WhatsApp \u0441 контактом Порт.txt", "Порт"),
        ("WhatsApp_Chat_with_Harbour.txt", "Harbour"),
        ("WhatsApp Chat with +49 170 1234567.txt", None),
        ("my whatsapp notes.txt", None),
    ],
)
def test_the_source_is_the_chat(tmp_path, draw, name, source):
    write(tmp_path, "25/10/2023, 15:45 - E: a.jpg (file attached)\n", "a.jpg", name=name)
    assert draw(name)[0].sighting.source == source
    assert draw(name, source="our desk in Haifa")[0].sighting.source == "our desk in Haifa"


@pytest.mark.parametrize(
    "left_out",
    ["<Media omitted>", "<Medien ausgeschlossen>", f"{LRM}image omitted", "Bild weggelassen"],
)
def test_what_was_left_out_has_its_line(tmp_path, draw, left_out):
    write(tmp_path / "chat", f"25/10/2023, 15:45 - E: {left_out}\n25/10/2023, 15:46 - E: <3\n")
    (entry,) = draw("chat")
    assert entry.problem.reason == "not_in_export"
    assert str(entry.problem).startswith("Message 1 brought a picture or film that was left out.")


def test_a_file_that_is_not_there_has_its_line(tmp_path, draw):
    write(tmp_path / "chat", "25/10/2023, 15:45 - E: a.jpg (file attached)\n")
    (entry,) = draw("chat")
    assert (entry.row, entry.problem.reason) == (1, "not_in_export")


def test_a_picture_that_two_messages_bring_has_no_date(tmp_path, draw):
    """Anyone in a chat can paste what looks like an older message with another's picture."""
    write(
        tmp_path / "chat",
        "25/10/2023, 15:45 - E: real.jpg (file attached)\n"
        "25/10/2023, 15:46 - M: look what I found:\n"
        "25/10/2019, 10:00 - E: real.jpg (file attached)\n"
        "26/10/2023, 15:46 - M: other.jpg (file attached)\n",
        "real.jpg",
        "other.jpg",
    )
    dates = [(e.name, e.sighting.date and e.sighting.date.text) for e in draw("chat")]
    assert dates == [
        ("chat/real.jpg", None),
        ("chat/real.jpg", None),
        ("chat/other.jpg", "2023-10-26T15:46"),
    ]


def test_a_date_in_another_form_is_pasted_text(tmp_path, draw):
    write(
        tmp_path / "chat",
        "25/10/2023, 15:45 - E: a.jpg (file attached)\n"
        "[01.01.2015, 10:00:00] E: <attached: b.jpg>\n",
        "a.jpg",
        "b.jpg",
    )
    dated, rest = draw("chat")
    assert dated.name == "chat/a.jpg"
    assert rest.name == "chat/b.jpg"
    assert rest.sighting is None


def test_other_pictures_of_the_folder_are_not_lost(tmp_path, draw):
    write(
        tmp_path / "chat",
        "25/10/2023, 15:45 - E: a.jpg (file attached)\n",
        "a.jpg",
        "b.jpg",
        "more/c.png",
        "d.mp4",
    )
    found = draw("chat", date="2019")
    assert [e.name for e in found] == ["chat/a.jpg", "chat/b.jpg", "chat/more/c.png"]
    assert [e.sighting.date.text for e in found] == ["2023-10-25T15:45", "2019", "2019"]
    assert found[1].sighting.how is How.STATED


def test_a_chat_without_pictures_is_said(tmp_path, draw):
    write(tmp_path / "chat", "25/10/2023, 15:45 - E: words\n")
    tally = Tally()
    assert draw("chat", tally=tally) == []
    assert tally.sentences() == ["chat: nothing in it to take"]


def test_a_text_that_is_no_chat(tmp_path, draw):
    write(tmp_path / "d", "Shopping list\n", "a.jpg", name="whatsapp.txt")
    assert [e.name for e in draw("d")] == ["d/a.jpg", "d/whatsapp.txt"]


def test_bytes_that_are_no_text_spoil_no_other_message(tmp_path, draw):
    write(tmp_path / "chat", "", "a.jpg", "b.jpg")
    (tmp_path / "chat" / ANDROID).write_bytes(
        b"25/10/2023, 15:45 - E: \xff\xfe\0\n"
        b"25/10/2023, 15:45 - E: a.jpg (file attached)\n\xff\xff\n"
        + b"x" * (2 << 20)
        + b"\n26/10/2023, 15:46 - E: b.jpg (file attached)\n"
    )
    found = draw("chat")
    assert [e.name for e in found if e.path] == ["chat/a.jpg", "chat/b.jpg"]
    assert [e.problem.reason for e in found if e.problem] == ["malformed_export"]


def test_the_kit(tmp_path):
    text = (
        "25/10/2023, 15:45 - E: a.jpg (file attached)\n25/10/2023, 15:46 - E: <Media omitted>\n"
        "25/10/2023, 15:47 - E: gone.jpg (file attached)\n"
    )
    folder = write(tmp_path / "chat", text, "a.jpg", "b.jpg")
    check_source(WhatsApp(), str(folder))
    check_source(WhatsApp(), str(folder / ANDROID))


@given(st.data())
def test_a_mutated_chat_never_crashes_and_keeps_the_rest(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("chat")
    lines = [f"2{n}/10/2023, 15:45 - E: {n}.jpg (file attached)\n" for n in range(1, 7)]
    write(folder, "".join(lines), *(f"{n}.jpg" for n in range(1, 7)), name="_chat.txt")
    raw = (folder / "_chat.txt").read_bytes()
    at = data.draw(st.integers(len(lines[0]), 2 * len(lines[0])))
    cut = data.draw(st.integers(0, 2 * len(lines[0]) - at))
    noise = data.draw(st.binary(max_size=80))
    (folder / "_chat.txt").write_bytes(raw[:at] + noise + raw[at + cut :])
    found = list(entries([os.fsencode(folder)], parse_hash=parse_hash))
    assert {f"{n}.jpg" for n in range(1, 7)} <= {e.name.rsplit("/", 1)[-1] for e in found if e.path}
    dated = {e.name[-5:]: e.sighting.date for e in found if e.sighting}
    assert {"1.jpg", "4.jpg", "5.jpg", "6.jpg"} <= set(dated)
    assert dated["4.jpg"].text == "2023-10-24T15:45"


def test_messages_are_counted(tmp_path):
    write(tmp_path, "25/10/2023, 15:45 - E: one\ntwo\n25/10/2023, 15:46 - E:\nthree\n")
    with (tmp_path / ANDROID).open(newline="") as stream:
        found = list(chat.messages(stream))
    assert [m.number for m in found] == [1, 2]
    assert "".join(found[0].parts) == "one\ntwo\n"
