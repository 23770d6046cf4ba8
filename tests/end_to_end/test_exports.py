"""Exports and downloads through the real command: from a chat to a finding, at its strength."""

from __future__ import annotations

import json
import shutil

import pytest

from provenance.demo.story import Story

ZONE = "[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://page.example/\r\nHostUrl={}\r\n"


@pytest.fixture
def picture(written_story: Story):
    return next((written_story.folder / "archive").glob("*.jpg"))


@pytest.fixture
def export(tmp_path, picture):
    """A channel's export with one picture of 14 December 2021 and one that is missing."""
    folder = tmp_path / "export"
    (folder / "photos").mkdir(parents=True)
    name = "photos/photo_1@14-12-2021_23-43-49.jpg"
    shutil.copy(picture, folder / name)
    said = {"type": "message", "date": "2021-12-14T23:43:49", "date_unixtime": "1639514629"}
    messages = [
        {"id": 1, **said, "from": "Erika Mustermann", "photo": name, "text": "Smoke"},
        {"id": 2, **said, "photo": "(File not included. Change data exporting settings.)"},
    ]
    head = {"name": "Example News", "type": "public_channel", "id": 7}
    (folder / "result.json").write_text(json.dumps(head | {"messages": messages}))
    return folder


def finding(run, picture, *claim):
    (checked,) = run("check", picture, *claim, "--json").json()
    return checked["finding"]


def test_an_export_dates_a_picture_as_far_as_it_is_trusted(run, export, picture):
    done = run("add", export.name, "--nl")
    assert done.code == 1
    assert [line["outcome"] for line in done.lines()] == ["added", "refused"]
    told = finding(run, picture, "--claim-date", "2023-10-23")
    assert (told["kind"], told["reason"]) == ("seen", "date_not_supported")
    assert "this desk has not reviewed" in told["sentence"]

    run("add", export.name, "--trust", "own", "--url", "https://t.me/examplenews")
    told = finding(run, picture, "--claim-date", "2023-10-23")
    assert (told["kind"], told["support"]["strength"]) == ("seen_before_claim", "reported")
    assert told["lead_days"]["at_least"] == 676
    assert "t.me" in told["sentence"]
    for name in ("Example News", "Mustermann"):
        assert name not in told["sentence"]


def test_a_chat_dates_a_picture_within_every_zone(run, tmp_path, picture):
    folder = tmp_path / "WhatsApp Chat - Harbour"
    folder.mkdir()
    shutil.copy(picture, folder / "IMG-20231023-WA0001.jpg")
    text = "23/10/2023, 15:45 - Erika Mustermann: IMG-20231023-WA0001.jpg (file attached)\n"
    (folder / "_chat.txt").write_text(text)
    assert run("add", folder.name, "--trust", "own").code == 0
    # 15:45 on Baker Island is 03:45 of the next day in UTC.
    told = finding(run, picture, "--claim-date", "2023-10-24T03:00Z")
    assert told["kind"] == "overlaps_claim"
    assert "Mustermann" not in json.dumps(told)


def test_a_download_mark_is_a_fact_and_never_a_date(run, tmp_path, picture):
    folder = tmp_path / "downloads"
    folder.mkdir()
    shutil.copy(picture, folder / "a.jpg")
    (folder / "a.jpg:Zone.Identifier").write_text(ZONE.format("https://cdn.example/2019/a.jpg"))
    (line,) = run("add", folder.name, "--json").json()
    assert line["outcome"] == "added"
    (shown,) = run("show", "1", "--json").json()
    marks = [s for s in shown["sightings"] if s["how"] == "download_mark"]
    assert {s["url"] for s in marks} == {"https://cdn.example/2019/a.jpg", "https://page.example/"}
    assert {(s["date"], s["strength"]) for s in marks} == {(None, "none")}
    (checked,) = run("check", folder / "a.jpg", "--claim-date", "2030", "--json").json()
    facts = {f["what"]: f["value"] for f in checked["metadata"]["facts"]}
    assert facts["downloaded_from"] == "https://cdn.example/2019/a.jpg"
    assert checked["finding"]["support"]["rests_on"] != [s["id"] for s in marks]


def test_exports_are_read_in_one_command(run, tmp_path, export):
    (tmp_path / "metadata.json").write_text('{"status": "x", "metadata": {')
    (tmp_path / "check.csv").write_text("Claim,Item page URL,Submitted at\na,b,c\n")
    done = run("add", export.name, "metadata.json", "check.csv", "--nl")
    assert [line["reason"] for line in done.lines()] == [
        None,
        "not_in_export",
        "malformed_export",
        "no_picture",
    ]
    assert done.code == 1
    again = run("add", export.name, "--nl").lines()
    assert [line["outcome"] for line in again] == ["known", "refused"]
