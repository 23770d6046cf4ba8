"""Exports of other programs, written as those programs write them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from pathlib import Path
from typing import Any

MOSCOW = timezone(timedelta(hours=3))
FIRST = datetime(2021, 12, 14, 20, 43, 49, tzinfo=UTC)
NOT_INCLUDED = "(File not included. Change data exporting settings to download.)"


def moment(number: int) -> datetime:
    """Message 1 at ``FIRST``, each later one an hour after the one before."""
    return FIRST + timedelta(hours=number - 1)


def photo(number: int, uploaded: datetime | None = None) -> str:
    """The name that Telegram Desktop gives a photo: when it was uploaded, on the local clock."""
    stamp = (uploaded or moment(number)).astimezone(MOSCOW).strftime("%d-%m-%Y_%H-%M-%S")
    return f"photos/photo_{number}@{stamp}.jpg"


def message(number: int, **more: Any) -> dict[str, Any]:
    """A message as ``result.json`` has it, made on a machine in Moscow."""
    at = moment(number)
    return {
        "id": number,
        "type": "message",
        "date": at.astimezone(MOSCOW).strftime("%Y-%m-%dT%H:%M:%S"),
        "date_unixtime": str(int(at.timestamp())),
        "from": "Erika Mustermann",
        "from_id": "user4711",
        "text": "",
        "text_entities": [],
    } | more


def chat(messages: Iterable[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """One chat, the keys in Telegram's order."""
    head = {"name": "Example News", "type": "public_channel", "id": 1234567}
    return head | more | {"messages": list(messages)}


def account(*chats: dict[str, Any], left: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """A whole account with its chats."""
    return {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 4711, "first_name": "Erika", "bio": "}]"},
        "contacts": {"about": "...", "list": [{"first_name": "A", "date": "2019-01-01T00:00:00"}]},
        "chats": {"about": "This page lists all chats.", "list": list(chats)},
        "left_chats": {"about": "...", "list": list(left)},
    }


def write_json(folder: Path, said: dict[str, Any], *pictures: str) -> Path:
    """``result.json`` as Telegram indents it, beside empty files named ``pictures``."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(said, indent=1, ensure_ascii=False)
    (folder / "result.json").write_text(text, "utf-8")
    touch(folder, *pictures)
    return folder


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


# ------------------------------------------------------------------------------ pages


def page(*messages: str, title: str = "Example News") -> str:
    """A ``messages.html`` as ``export_output_html.cpp`` writes it."""
    return (
        '<!DOCTYPE html>\n<html>\n\n <head>\n\n  <meta charset="utf-8"/>\n\n'
        "<title>Exported Data</title>\n\n </head>\n\n"
        ' <body onload="CheckLocation();">\n\n  <div class="page_wrap">\n\n'
        '   <div class="page_header">\n\n    <div class="content">\n\n'
        f'     <div class="text bold">\n{escape(title)}\n     </div>\n\n    </div>\n\n   </div>\n\n'
        '   <div class="page_body chat_page">\n\n    <div class="history">\n\n'
        + "".join(messages)
        + "    </div>\n\n   </div>\n\n  </div>\n\n </body>\n\n</html>\n"
    )


def shown(at: datetime, *, zone: bool = True) -> str:
    local = at.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M:%S")
    return f"{local} UTC+03:00" if zone else local


def block(number: int, media: str = "", text: str = "", *, zone: bool = True, before="") -> str:
    """One message of a page."""
    said = f'\n       <div class="text">\n{text}\n       </div>\n' if text else ""
    date = shown(moment(number), zone=zone)
    return (
        f'     <div class="message default clearfix" id="message{number}">\n\n'
        '      <div class="pull_left userpic_wrap">\n\n'
        '       <div class="userpic userpic4" style="width: 42px; height: 42px">\n\n'
        '        <div class="initials" style="line-height: 42px">\nE\n        </div>\n\n'
        "       </div>\n\n      </div>\n\n"
        '      <div class="body">\n\n'
        f'       <div class="pull_right date details" title="{date}">\n23:43\n       </div>\n\n'
        '       <div class="from_name">\nErika Mustermann\n       </div>\n'
        f"{before}{media}{said}\n      </div>\n\n     </div>\n\n"
    )


def forwarded(at: datetime, inner: str) -> str:
    """A forwarded message, inside the one that forwards it."""
    return (
        '\n       <div class="forwarded body">\n\n'
        '        <div class="from_name">\nOther Channel '
        f'<span class="date details" title="{shown(at)}"> {shown(at, zone=False)}</span>'
        f"\n        </div>\n{inner}\n       </div>\n"
    )


def photo_link(name: str) -> str:
    return (
        '\n       <div class="media_wrap clearfix">\n\n'
        f'        <a class="photo_wrap clearfix pull_left" href="{escape(name)}">\n\n'
        f'         <img class="photo" style="width: 260px" src="{escape(name)}_thumb.jpg"/>\n\n'
        "        </a>\n\n       </div>\n"
    )


def not_included() -> str:
    return (
        '\n       <div class="media_wrap clearfix">\n\n'
        '        <div class="media clearfix pull_left media_photo">\n\n'
        '         <div class="fill pull_left">\n\n         </div>\n\n'
        '         <div class="body">\n\n'
        '          <div class="title bold">\nPhoto\n          </div>\n\n'
        '          <div class="description">\n'
        "Not included, change data exporting settings to download.\n          </div>\n\n"
        '          <div class="status details">\n1280x720, 90.1 KB\n          </div>\n\n'
        "         </div>\n\n        </div>\n\n       </div>\n"
    )


def file_link(name: str) -> str:
    return (
        '\n       <div class="media_wrap clearfix">\n\n'
        f'        <a class="media clearfix pull_left block_link media_file" href="{name}">\n\n'
        '         <div class="fill pull_left">\n\n         </div>\n\n        </a>\n\n'
        "       </div>\n"
    )


# ---------------------------------------------------------------------- auto-archiver

SHEET = (
    "Link,Archive status,Destination folder,Archive location,Archive date,Thumbnail,"
    "Upload timestamp,Upload title,Text content,Screenshot,Hash,Perceptual Hashes,WACZ,"
    "ReplayWebpage"
)


def metadata(*media: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A ``metadata.json`` as ``json_enricher.py`` dumps it."""
    said = {
        "_processed_at": "2023-10-24 08:00:01.123456+00:00",
        "url": "https://t.me/example/55",
        "title": "A title",
        "content": "Smoke over the port",
        "timestamp": "2023-10-23T14:00:00+00:00",
    }
    return {"status": "telethon: success", "metadata": said | more, "media": list(media)}


def medium(name: str, mimetype: str | None = "image/jpeg", **properties: Any) -> dict[str, Any]:
    return {
        "filename": f"/srv/auto/tmpab12/{name}",
        "key": None,
        "urls": [],
        "properties": properties,
        "_mimetype": mimetype,
    }
