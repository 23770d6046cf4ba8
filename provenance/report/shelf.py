"""What stands in the archive, for people: one picture, a line per picture, the state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from provenance import dates
from provenance.report.page import PLAIN, Look, Page
from provenance.report.record import Record
from provenance.report.seen import date_text, sightings
from provenance.wording import commas, quoted

_KIND = re.compile(r"_v[0-9]+$")


def picture_text(record: Record, look: Look = PLAIN) -> str:
    """One picture with its sightings and events, as ``show`` gives it."""
    page = Page(look)
    page.line(look.label("shown", picture=record["picture"], name=record["name"]), bold=True)
    page.line(_file(record, look), 1)
    if _taken_back(record):
        page.line(look.label("all_revoked"), 1, fg="yellow")
    _hashes(page, record)
    page.gap()
    page.line(look.label("sightings"), bold=True)
    sightings(page, record["sightings"], record["earliest_sighting"], look, 1)
    _collections(page, record["collections"], look)
    _events(page, record["events"], look)
    return page.text()


def _collections(page: Page, collections: list[Record], look: Look) -> None:
    """What brought it: source, trust and licence as stated then."""
    if not collections:
        return
    page.gap()
    page.line(look.label("collections"), bold=True)
    for each in collections:
        said = [
            quoted(look.lang, each["name"]),
            look.label("stated_by", source=quoted(look.lang, each["source"]))
            if each["source"]
            else "",
            look.label("trust", trust=each["trust"]),
            look.label("licence", licence=each["licence"]) if each["licence"] else "",
            look.label("revoked") if each["revoked"] else "",
        ]
        page.line(commas(look.lang, filter(None, said)), 1)


def list_text(record: Record, look: Look = PLAIN) -> str:
    """One picture on one line: number, date, who says so, name."""
    page = Page(look)
    earliest = record["earliest_sighting"]
    date = date_text(earliest, look) if earliest else look.label("undated")
    source = earliest["source"] if earliest else None
    said = quoted(look.lang, source) if source else ""
    parts = (str(record["picture"]), date, said, record["name"])
    page.line("  ".join(part for part in parts if part))
    return page.text()


def status_text(record: Mapping[str, Any], look: Look = PLAIN) -> str:
    """What the archive covers and the state of things: a line per word, groups indented."""
    page = Page(look)
    _group(page, record, look, 0)
    return page.text()


def _taken_back(record: Record) -> bool:
    """Whether every sighting is revoked; the archive's own record of holding it is one."""
    shown = record["sightings"]
    return bool(shown) and all(each["revoked"] for each in shown)


def _file(record: Record, look: Look) -> str:
    """Size and format, frames, what is missing, and since when it is here."""
    parts = [look.label("size", **record) if record["format"] else look.label("hash_only")]
    if (record["frames"] or 1) > 1:
        parts.append(look.label("frames", frames=record["frames"]))
    if record["format"] and not record["has_raster"]:
        parts.append(look.label("no_raster"))
    parts.append(look.label("added_on", date=_day(record["added"], look)))
    return commas(look.lang, parts)


def _day(instant: str, look: Look) -> str:
    return dates.say(dates.parse(instant[:10], zone="utc"), look.lang)


def _hashes(page: Page, record: Record) -> None:
    if record["path"]:
        page.line(record["path"], 1)
    for key, name in (("sha256", "SHA-256"), ("pdq", "PDQ"), ("phash", "pHash")):
        if record[key]:
            page.line(f"{name} {record[key]}", 1, dim=True)


def _events(page: Page, events: list[Record] | None, look: Look) -> None:
    if not events:
        return
    page.gap()
    page.line(look.label("events"), bold=True)
    for event in events:
        told = _told(event["details"] or {})
        page.line(f"{event['at']}  {_spelt(event['kind'])}  {told}".rstrip(), 1)


def _told(said: Mapping[str, Any]) -> str:
    """What is known of one thing, on one line."""
    return "; ".join(f"{_spelt(key)}: {value}" for key, value in said.items() if value is not None)


def _group(page: Page, group: Mapping[str, Any], look: Look, depth: int) -> None:
    for key, value in group.items():
        name = _spelt(key)
        if isinstance(value, Mapping):
            page.line(f"{name}:", depth, bold=depth == 0)
            _group(page, value, look, depth + 1)
        elif _is_table(value):
            page.line(f"{name}:", depth)
            for row in value:
                page.line(_told(row), depth + 1)
        else:
            page.line(f"{name}: {_plain(value, look)}", depth)


def _is_table(value: Any) -> bool:
    """Whether it is a list of things of which several words are known."""
    return isinstance(value, list) and any(isinstance(row, Mapping) for row in value)


def _spelt(key: str) -> str:
    """A key as words; the kind of a fingerprint is a name and stays."""
    return key if _KIND.search(key) else key.replace("_", " ")


def _plain(value: Any, look: Look) -> str:
    if isinstance(value, bool):
        return look.label("yes" if value else "no")
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    return look.label("none") if value in (None, "") else str(value)
