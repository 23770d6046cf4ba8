"""A channel as Telegram Desktop exports it: ``result.json`` and its pictures."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.disk.planted import Pictures, Planted, days


def fill(folder: Path, count: int, pictures: Pictures, dice: np.random.Generator) -> list[Planted]:
    """One message a picture; the instant of posting stands in ``date_unixtime``."""
    calendar, planted, messages = days(dice), [], []
    for number in range(1, count + 1):
        posted = datetime(*next(calendar), 12, number % 60, 7, tzinfo=UTC)
        path = pictures.save(folder / "photos" / f"photo_{number}@{posted:%d-%m-%Y_%H-%M-%S}.jpg")
        messages.append(_message(number, posted, path))
        text = f"{posted:%Y-%m-%dT%H:%M:%SZ}"
        planted.append(Planted(path, text, "platform", "indication"))
    channel = {"name": "Harbour News", "type": "public_channel", "id": 1234567890}
    (folder / "result.json").write_text(
        json.dumps({**channel, "messages": messages}, ensure_ascii=False), encoding="utf-8"
    )
    return planted


def sources(folder: Path) -> list[Path]:
    """What a person would name to ``add``."""
    return [folder]


def _message(number: int, posted: datetime, path: Path) -> dict[str, object]:
    return {
        "id": number,
        "type": "message",
        "date": f"{posted:%Y-%m-%dT%H:%M:%S}",
        "date_unixtime": str(int(posted.timestamp())),
        "from": "Harbour News",
        "from_id": "channel1234567890",
        "photo": f"photos/{path.name}",
        "width": 360,
        "height": 240,
        "text": f"Picture {number}",
        "text_entities": [{"type": "plain", "text": f"Picture {number}"}],
    }
