"""Deciding in the browser: kept, told everywhere, refused where a colleague was quicker."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from provenance.desk import Desk
from provenance.models import Decision, NewReview

CHECK = "/-/provenance/checks/1"
BROWSER = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
WHY = "another day, other cars"


class Person:
    """Somebody at a browser: their cookies, and the forms of the page they look at."""

    def __init__(self, browser: Any, name: str | None = None) -> None:
        self.browser = browser
        self.name = name
        self.cookies: dict[str, str] = {}
        self.page: Any = None

    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**BROWSER, **({"cookie": cookies} if cookies else {})}

    def took(self, answer: Any) -> Any:
        for header in answer.headers.get_list("set-cookie"):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def looks(self, path: str = CHECK) -> Any:
        self.page = self.took(self.browser.get(path, headers=self.headers()))
        return self.page

    def field(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page.text)
        assert found, name
        return found[1]

    def sends(self, to: str = f"{CHECK}/review", **fields: str) -> Any:
        given = {"token": self.field("token"), "on": self.field("on"), **fields}
        if self.name and self.cookies.get("provenance_name") is None:
            given["by"] = self.name
        answer = self.took(self.browser.post(to, data=given, headers=self.headers()))
        if answer.status_code == 303:
            return self.looks(answer.headers["location"].partition("#")[0])
        self.page = answer
        return answer


@pytest.fixture
def anna(archive: Path, browse: Any) -> Person:
    return Person(browse(archive), "A. Adler")


@pytest.fixture
def ben(anna: Person) -> Person:
    return Person(anna.browser, "B. Berg")


def match_of(person: Person) -> dict[str, Any]:
    record = person.browser.get(f"{CHECK}.json").json()
    return (record["matches"] + record["similar_scenes"])[0]


def test_a_match_is_rejected_and_taken_back(anna: Person) -> None:
    anna.looks()
    before = anna.browser.get(f"{CHECK}.json").json()
    picture = str(before["matches"][0]["picture"])
    page = anna.sends(form="x", decision="not_same", picture=picture, why=WHY)
    assert page.status_code == 200
    assert WHY in page.text
    assert "A. Adler" in page.text
    record = anna.browser.get(f"{CHECK}.json").json()
    assert record["similar_scenes"][0]["proved_as"] == "same_picture"
    assert record["finding"]["kind"] != before["finding"]["kind"]
    (decision,) = record["review"]["decisions"]
    for place in (f"/-/provenance/pictures/{picture}", f"{CHECK}/compare/{picture}"):
        assert WHY in anna.browser.get(place).text
    number = str(decision["review"])
    anna.looks()
    anna.sends(form="x", decision="take_back", review=number, why="wrong line")
    after = anna.browser.get(f"{CHECK}.json").json()
    assert after["finding"] == before["finding"]
    assert WHY in anna.looks(f"{CHECK}/reviews").text


def test_decisions_stand_in_the_list_of_checks_and_its_exports(anna: Person, ben: Person) -> None:
    picture = str(match_of(anna)["picture"])
    anna.looks()
    anna.sends(decision="not_same", picture=picture, why=WHY)
    ben.looks()
    ben.sends(decision="rated", rating="DecontextualizedContent", why="shown as this week")
    page = ben.looks("/-/provenance/checks")
    decided = re.findall(r'<ul class="decided".*?</ul>', page.text, re.DOTALL)
    assert len(decided) == 1
    text = re.sub(r"<[^>]+>", "", decided[0])
    assert f"picture {picture}: not the same picture · A. Adler" in text
    assert "rated: shown outside its context · B. Berg" in text
    lines = {
        each["check"]: each
        for each in ben.browser.get("/-/provenance/checks.json").json()["checks"]
    }
    assert [each["by"] for each in lines[1]["decisions"]] == ["A. Adler", "B. Berg"]
    assert lines[2]["decisions"] == []
    table = ben.browser.get("/archive/checks_with_decisions.csv").text
    row = next(each for each in csv.DictReader(io.StringIO(table)) if each["check"] == "1")
    assert row["decisions"] == (
        f"A. Adler: not_same (picture {picture}): {WHY}; "
        "B. Berg: DecontextualizedContent: shown as this week"
    )


@pytest.mark.parametrize("back", ["", "compare"])
def test_a_colleague_was_quicker_and_nothing_is_lost(anna: Person, ben: Person, back: str) -> None:
    picture = str(match_of(anna)["picture"])
    anna.looks()
    ben.looks()
    ben.sends(decision="confirmed", picture=picture, why="the same roof")
    sent = {"form": f"match-{picture}", "decision": "not_same", "picture": picture, "why": WHY}
    answer = anna.sends(**sent, back=back, shown=picture)
    assert answer.status_code == 409
    assert ("data-corners" in answer.text) is (back == "compare")
    stopped = answer.text.partition('class="stopped"')[2].partition("</form>")[0]
    assert "B. Berg" in stopped
    assert "the same roof" in stopped
    assert f"{WHY}</textarea>" in stopped
    assert re.search(r'value="not_same" required checked', stopped)
    again = anna.sends(**sent)  # now on what stands, and still against a colleague
    assert again.status_code == 409
    assert 'name="overturn"' in again.text
    assert match_of(anna)["relation"] == "same_picture"
    assert anna.sends(**sent, overturn="1").status_code == 200
    assert match_of(anna)["relation"] == "similar_scene"


@pytest.mark.parametrize(
    "missing", [{"why": " "}, {"decision": ""}, {"decision": "withdrawn"}, {"by": ""}]
)
def test_what_is_missing_is_said_and_nothing_is_lost(anna: Person, missing: dict[str, str]) -> None:
    picture = str(match_of(anna)["picture"])
    anna.looks()
    sent = {"by": "A. Adler", "decision": "confirmed", "picture": picture, "why": WHY}
    anna.name = None
    answer = anna.sends(**{"form": f"match-{picture}", **sent, **missing})
    assert answer.status_code == 400
    stopped = answer.text.partition('class="stopped"')[2].partition("</form>")[0]
    typed = {name: {**sent, **missing}[name] for name in ("by", "picture", "why")}
    assert all(value in stopped for value in typed.values())
    assert anna.browser.get(f"{CHECK}/reviews.json").json()["decisions"] == []


def test_a_lost_token_loses_no_words(anna: Person) -> None:
    picture = str(match_of(anna)["picture"])
    anna.looks()
    sent = {"form": f"match-{picture}", "decision": "confirmed", "picture": picture, "why": WHY}
    answer = anna.sends(**sent, token="stale")
    assert answer.status_code == 403
    assert f"{WHY}</textarea>" in answer.text
    assert anna.sends(**sent).status_code == 200


def test_a_sighting_a_rating_a_note(anna: Person) -> None:
    match = match_of(anna)
    sighting = next(each for each in match["sightings"] if each["means"] != "held")
    anna.looks()
    anna.sends(decision="sighting_confirmed", sighting=str(sighting["id"]), why="the negative")
    confirmed = next(s for s in match_of(anna)["sightings"] if s["id"] == sighting["id"])
    assert confirmed["strength"] == "documented"
    anna.sends(decision="rated", rating="DecontextualizedContent", words="out of place", why="week")
    page = anna.sends(decision="noted", why="call the agency")
    assert all(each in page.text for each in ("the negative", "out of place", "call the agency"))
    rejected = anna.sends(decision="sighting_rejected", sighting=str(sighting["id"]), why="no")
    assert rejected.status_code == 200
    record = anna.browser.get(f"{CHECK}.json").json()
    assert sighting["id"] not in record["finding"]["support"]["rests_on"]


def test_the_name_is_asked_once(anna: Person) -> None:
    anna.looks()
    assert 'name="by"' in anna.page.text
    page = anna.sends(decision="noted", why="first")
    assert 'name="by"' not in page.text
    assert anna.sends(decision="noted", why="second").status_code == 200
    decisions = anna.browser.get(f"{CHECK}/reviews.json").json()["decisions"]
    assert [each["by"] for each in decisions] == ["A. Adler", "A. Adler"]


def test_the_name_of_the_command_line_holds_until_another_is_told(
    archive: Path, browse: Any
) -> None:
    person = Person(browse(archive, actor="C. Clark"))
    person.looks()
    assert 'name="by"' not in person.page.text
    person.sends(decision="noted", why="first")
    person.looks("/-/provenance/name")
    headers = {**BROWSER, "cookie": f"provenance_visit={person.cookies['provenance_visit']}"}
    sent = {"token": person.field("token"), "by": "D. Dahl"}
    told = person.browser.post("/-/provenance/name", data=sent, headers=headers)
    assert told.status_code == 303
    person.cookies["provenance_name"] = told.cookies["provenance_name"]
    person.looks()
    person.sends(decision="noted", why="second")
    decisions = person.browser.get(f"{CHECK}/reviews.json").json()["decisions"]
    assert [each["by"] for each in decisions] == ["C. Clark", "D. Dahl"]


def test_strangers_see_decisions_and_no_forms(archive: Path, browse: Any) -> None:
    with Desk(archive, actor="A. Adler") as desk:
        desk.review(1, NewReview(Decision.CONFIRMED, WHY))
    browser = browse(archive)
    through_a_proxy = {"x-forwarded-for": "203.0.113.9"}
    page = browser.get(CHECK, headers=through_a_proxy)
    assert WHY in page.text
    assert "<form" not in page.text
    sent = {"decision": "noted", "why": "x", "by": "x"}
    assert browser.post(f"{CHECK}/review", data=sent, headers=through_a_proxy).status_code == 403
    with Desk(archive, readonly=True) as desk:
        assert len(desk.reviews(1)["decisions"]) == 1


def test_another_site_cannot_decide(anna: Person) -> None:
    anna.looks()
    sent = {"token": anna.field("token"), "decision": "noted", "why": "x", "by": "x"}
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    answer = anna.browser.post(f"{CHECK}/review", data=sent, headers=foreign)
    assert answer.status_code == 403
    assert anna.browser.get(f"{CHECK}/reviews.json").json()["decisions"] == []


def test_programs_decide_and_are_told_why_not(anna: Person) -> None:
    address = f"{CHECK}/review.json"
    sent = {"decision": "confirmed", "why": WHY, "by": "A. Adler", "on": "0"}
    made = anna.browser.post(address, data=sent)
    assert made.status_code == 200
    assert made.json()["decisions"][0]["why"] == WHY
    other = anna.browser.post(address, data={**sent, "decision": "no_objection", "by": "B. Berg"})
    assert other.status_code == 409
    assert other.json()["state"] == made.json()["state"]
    assert other.json()["decisions"][0]["by"] == "A. Adler"


def test_the_contact_sheet_follows(anna: Person) -> None:
    before = match_of(anna)["picture"]
    finding = anna.browser.get(f"{CHECK}.json").json()["finding"]["kind"]
    listing = f"/-/provenance/index.json?finding={finding}"

    def shown() -> set[int]:
        return {each["picture"] for each in anna.browser.get(listing).json()["items"]}

    assert before in shown()
    anna.looks()
    anna.sends(decision="not_same", picture=str(before), why=WHY)
    assert before not in shown()


def test_hostile_words_stay_words(anna: Person) -> None:
    hostile = '"><script>alert(1)</script>{{700*911}}'
    anna.name = hostile
    anna.looks()
    page = anna.sends(decision="rated", rating="StagedContent", words=hostile, why=hostile)
    assert "<script>alert" not in page.text
    assert "637700" not in page.text.partition('id="decided"')[2].partition("</section>")[0]
    page = anna.sends(form="note", decision="noted", why=hostile, on="0", token="x")
    assert page.status_code == 403
    assert "<script>alert" not in page.text


def test_services_elsewhere_are_offered_and_asked_nothing(anna: Person) -> None:
    page = anna.looks().text
    offered = re.findall(r'<a href="(https://web\.archive\.org/[^"]+)"([^>]*)>', page)
    assert offered
    assert all('rel="noreferrer noopener"' in more for _, more in offered)
    assert "Opening one shows the address" in page
    fetched = re.findall(r"""<(?:link|script|img)[^>]*(?:src|href)="([^"]*)""", page)
    assert all(address.startswith("/-/provenance/") for address in fetched)
