"""Our templates, and what each of them can rely on.

They are rendered in an environment of their own: what other plug-ins put into Datasette's pages
(scripts, styles, menus) would be refused by the policy of ours. Everything is escaped unless it
comes from :mod:`provenance.report.html`, which escapes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from provenance.datasette_plugin.languages import direction, offered
from provenance.report.decision import decided_words, decision_text
from provenance.report.html.markup import Markup as Escaped
from provenance.report.html.markup import foreign, link, own
from provenance.wording import counted, message, number

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("provenance.datasette_plugin", "templates/provenance"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finished,
    )
    environment.globals["foreign"] = foreign
    environment.globals["link"] = link
    environment.filters["short"] = _short
    return environment


def _finished(value: Any) -> Any:
    """What the report made is HTML already; nothing is an empty text."""
    if isinstance(value, Escaped):
        return Markup(str(value))  # noqa: S704  (escaped where it was made)
    return "" if value is None else value


def _short(name: str | None) -> str:
    """A file's own name, without the folders above it, where it has one."""
    return (name or "").rstrip("/").rpartition("/")[2] or (name or "")


def render(visit: Visit, template: str, data: Mapping[str, Any]) -> str:
    """A page of ours as HTML."""
    return _environment().get_template(template).render({**_shared(visit), **data})


def _shared(visit: Visit) -> dict[str, Any]:
    """What every page knows; ``t`` and ``tn`` are words, ``url`` an address of ours."""
    from provenance.datasette_plugin.granting import role_of
    from provenance.datasette_plugin.pages.statics import address
    from provenance.datasette_plugin.routes import NAVIGATION
    from provenance.datasette_plugin.sessions import doors_of
    from provenance.datasette_plugin.versions import configured

    return {
        "visit": visit,
        "lang": visit.lang,
        "dir": direction(visit.lang),
        "languages": offered(),
        "t": visit.say,
        "tn": partial(counted, visit.lang),
        "number": partial(number, visit.lang),
        "words": visit.words,
        "said": partial(_said, visit),
        "decision_line": partial(_decided, visit),
        "decided_words": partial(decided_words, lang=visit.lang),
        "url": visit.url,
        "static": partial(address, visit),
        "navigation": NAVIGATION,
        "archive": visit.archive,
        "veiled": bool(configured(visit.datasette).get("veil", True)),
        "twin": _twin(visit),
        "shared": doors_of(visit.datasette) is not None,
        "role": role_of(visit.request.actor),
        "chosen": partial(_chosen, visit),
        "tables": str(visit.datasette.urls.database(visit.archive)),
    }


def _twin(visit: Visit) -> str | None:
    """Where this page is as JSON."""
    if not visit.route.twin or visit.request.method != "GET":
        return None
    request = visit.request
    return f"{_path(visit)}.json{'?' if request.query_string else ''}{request.query_string}"


def _said(visit: Visit, instant: str) -> str:
    """An instant of a record as people write it."""
    return visit.words.instant(datetime.fromisoformat(instant))


def _decided(visit: Visit, decision: Mapping[str, Any]) -> Escaped:
    """Who decided what, when and why, in a line."""
    return own(decision_text(dict(decision), visit.lang), visit.lang)


def _path(visit: Visit) -> str:
    path = visit.request.path
    return f"{path}index" if path.endswith("/") else str(path)


def _chosen(visit: Visit, lang: str) -> str:
    """This very page in another language."""
    from urllib.parse import urlencode

    asked = [
        (name, value)
        for name in visit.request.args
        for value in visit.request.args.getlist(name)
        if name != "lang"
    ]
    return f"{visit.request.path}?{urlencode([*asked, ('lang', lang)])}"


def refusal(key: str, lang: str, reading: str, **values: object) -> str:
    """A page without an archive behind it: one sentence."""
    page = _environment().get_template("refusal.html")
    return page.render(lang=lang, dir=reading, sentence=message(lang, key, **values))
