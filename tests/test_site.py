"""The site as it is built: every link leads to a page, and every anchor to a place on it. No network is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import pytest

SITE: Final = Path(os.environ.get("GOALMODEL_SITE", ""))
pytestmark = pytest.mark.skipif(
    "GOALMODEL_SITE" not in os.environ, reason="GOALMODEL_SITE says where the built site is, and is not set"
)


class _Page(HTMLParser):
    """The links of a page, and the anchors it has."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links |= {link for link in (found.get("href"), found.get("src")) if link}
        self.anchors |= {anchor for anchor in (found.get("id"), found.get("name") if tag == "a" else None) if anchor}


@cache
def _read(file: Path) -> _Page:
    return _Page(file)


def _broken(file: Path) -> Iterator[str]:
    for link in _read(file).links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
        if target.is_dir():
            target /= "index.html"
        if not target.exists():
            yield f"{file.relative_to(SITE)}: {link} leads to no file"
        elif parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in _read(target).anchors:
            yield f"{file.relative_to(SITE)}: {link} leads to no place"


def test_every_link_of_the_site_leads_somewhere() -> None:
    pages = sorted(SITE.rglob("*.html"))
    assert len(pages) > 50
    assert [broken for page in pages for broken in _broken(page)] == []


def test_every_page_is_named_for_machines() -> None:
    named = (SITE / "llms.txt").read_text(encoding="utf-8")
    own = {"genindex.html", "py-modindex.html", "search.html"}
    pages = {page.relative_to(SITE).as_posix() for page in SITE.rglob("*.html")} - own
    assert {page for page in pages if f"]({page})" not in named} == set()
