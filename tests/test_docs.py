"""The documents: every link and picture in them is there, and the pictures stay small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MOST_BYTES = 1_500_000
LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)")


def anchors(text: str) -> set[str]:
    """What headings can be linked to, as the usual renderers name them."""
    heads = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in LINK.findall(text):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


def test_the_guide_is_reached_from_the_front_page_and_leads_through_all_its_pages() -> None:
    guide = ROOT / "docs" / "guide"
    assert "docs/guide/README.md" in (ROOT / "README.md").read_text(encoding="utf-8")
    linked = set(LINK.findall((guide / "README.md").read_text(encoding="utf-8")))
    assert {page.name for page in guide.glob("*.md")} - {"README.md"} <= linked


def test_pictures_of_the_documents_are_small_and_each_is_shown() -> None:
    pictures = [path for path in (ROOT / "docs").rglob("*") if path.suffix in (".jpg", ".png")]
    assert sum(path.stat().st_size for path in pictures) < MOST_BYTES
    shown = {
        (document.parent / link).resolve()
        for document in DOCUMENTS
        for link in LINK.findall(document.read_text(encoding="utf-8"))
    }
    assert {path.name for path in pictures if path.resolve() not in shown} == set()
