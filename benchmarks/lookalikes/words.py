"""Words for cards, pages and captions: plausible, meaningless, never twice the same."""

from __future__ import annotations

from benchmarks.lookalikes.pair import Random

WORDS = (
    *("government", "residents", "according", "officials", "morning", "district", "hospital"),
    *("bridge", "school", "water", "market", "report", "witnesses", "said", "convoy", "fire"),
    *("rescue", "teams", "arrived", "several", "buildings", "damaged", "during", "night", "after"),
    *("shelling", "near", "border", "checkpoint", "families", "moved", "towards", "shelter"),
    *("agency", "confirmed", "number", "wounded", "ministry", "denied", "responsibility"),
    *("statement", "video", "shared", "users", "claim", "photograph", "shows", "different"),
    *("event", "year", "earlier", "storm", "river", "harbour", "station", "railway", "crossing"),
    *("engineer", "farmer", "teacher", "doctor", "driver", "council", "election", "protest"),
    *("square", "union", "strike", "energy", "power", "outage", "repair", "crew", "supply"),
    *("fuel", "bread", "price", "winter", "summer", "festival", "airport", "runway"),
)
NAMES = (
    *("Adler", "Brandt", "Costa", "Demir", "Eriksen", "Fontaine", "Garcia", "Haddad", "Ivanova"),
    *("Jansen", "Kaya", "Lund"),
)
PLACES = (
    *("Talhof", "Altenhaven", "Neuwerk", "Brennau", "Sandau", "Meerkamp", "Oststadt", "Lindow"),
    *("Karsum", "Belvar"),
)


def sentence(random: Random, words: int) -> str:
    """So many words, the first with a capital."""
    return " ".join(random.choice(WORDS, words)).capitalize()


def paragraph(random: Random, characters: int, lines: int) -> list[str]:
    """Lines of about so many characters."""
    written = []
    for _ in range(lines):
        line = str(random.choice(WORDS))
        while len(line) < characters - 8:
            line += " " + str(random.choice(WORDS))
        written.append(line)
    return written


def name(random: Random) -> str:
    """A person's."""
    return f"{'ABCDEFGHJKLM'[int(random.integers(12))]}. {random.choice(NAMES)}"


def place(random: Random) -> str:
    """A town's."""
    return str(random.choice(PLACES))


def day(random: Random) -> str:
    """A date as it stands in a letter."""
    return f"{random.integers(1, 29)}.{random.integers(1, 13)}.{random.integers(2011, 2025)}"


def amount(random: Random) -> str:
    """Money."""
    return f"{random.integers(1, 990)}.{random.integers(0, 100):02}"
