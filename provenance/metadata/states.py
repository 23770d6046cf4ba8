"""What became of each kind of metadata: read, absent, unreadable, or stripped.

"Stripped" is said only where something shows that there was more:

* a block is there, but with nothing in it (EXIF without one tag, only blanks or zeros);
* there is no EXIF, and Facebook's or Instagram's mark of re-encoding stands in IPTC;
* there is no EXIF, and the file is named as a messenger that takes it out names its files;
* XMP says that signed credentials are in the file, and they are not.

Everything else that is missing is absent: most pictures never had it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from provenance.metadata import file_names, iptc, xmp
from provenance.metadata.blocks import Blocks
from provenance.metadata.tiff import TiffTags, is_tiff, stated_entries
from provenance.models import Block, BlockState, Credentials, CredentialsState, Fact, How

ABSENT, READ = Block(BlockState.ABSENT), Block(BlockState.READ)
EMPTY = Block(BlockState.STRIPPED, "empty")
UNREADABLE = Block(BlockState.UNREADABLE)

IN_THIS_FILE = "self#jumbf"
"""How the address of credentials begins that lie in the file itself."""

States = Mapping[str, Block]


def of_blocks(blocks: Blocks, facts: Iterable[Fact], credentials: Credentials) -> States:
    """The state of each kind, in the order in which they are always told."""
    facts = list(facts)
    return {
        "exif": _exif(blocks, facts),
        "xmp": _block(blocks.xmp, "xmp" in blocks.present, readable=xmp.is_readable(blocks.xmp)),
        "iptc": _block(
            blocks.iptc, "iptc" in blocks.present, readable=iptc.is_readable(blocks.iptc)
        ),
        "c2pa": _c2pa(blocks, credentials),
    }


def with_name(states: States, name: str | None) -> States:
    """The same with what the file's name shows, which never travels to the worker."""
    if states.get("exif") == ABSENT and file_names.is_of_messenger(name):
        return {**states, "exif": Block(BlockState.STRIPPED, "messenger_name")}
    return states


def _exif(blocks: Blocks, facts: list[Fact]) -> Block:
    if any(fact.how is How.EXIF for fact in facts):
        return READ
    if "exif" in blocks.present:
        return _without_facts(blocks.exif)
    marked = any(
        fact.how is How.IPTC
        and fact.what == "instructions"
        and fact.value.startswith(iptc.FACEBOOK)
        for fact in facts
    )
    return Block(BlockState.STRIPPED, "platform_mark") if marked else ABSENT


def _without_facts(block: bytes) -> Block:
    """EXIF that tells nothing: only technical tags, none at all, or damaged."""
    if not block.strip(b"\0 "):
        return EMPTY
    if not is_tiff(block):
        return UNREADABLE
    if TiffTags(block).entries():
        return READ
    return EMPTY if stated_entries(block) == 0 else UNREADABLE


def _block(block: bytes, present: bool, *, readable: bool) -> Block:
    if not present:
        return ABSENT
    if not block.strip(b"\0 \t\r\n"):
        return EMPTY
    return READ if readable else UNREADABLE


def _c2pa(blocks: Blocks, credentials: Credentials) -> Block:
    if credentials.state is CredentialsState.NONE:
        named = xmp.manifest(blocks.xmp)
        lost = named is not None and named.startswith(IN_THIS_FILE)
        return Block(BlockState.STRIPPED, "named_in_xmp") if lost else ABSENT
    if credentials.state is None:
        return Block(BlockState.NOT_LOOKED_FOR, credentials.reason)
    return UNREADABLE if credentials.reason == "unreadable" else READ
