"""The README and the pages of `docs/` say the same in both languages, and their links lead somewhere."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from checkout import ROOT
from pages import BLOCK, LANGUAGES, PAGES, README, blocks, file_of, shown, text_of

UNTESTED = ("# not run by a test\n", "# 没有经过测试\n")

each_page = pytest.mark.parametrize("page", PAGES)


def test_every_page_is_there_in_every_language() -> None:
    for language in LANGUAGES:
        assert {file.stem for file in (ROOT / f"docs/{language}").iterdir()} == {*PAGES} - {README}


def test_the_readme_leads_to_every_page() -> None:
    for language in LANGUAGES:
        text = text_of(README, language)
        assert [page for page in PAGES[1:] if f"](docs/{language}/{page}.md)" not in text] == []
        assert "](ARCHITECTURE.md)" in text


@each_page
def test_both_languages_show_the_same_examples(page: str) -> None:
    texts = [text_of(page, language) for language in LANGUAGES]
    commands, same = ([one._replace(output="") for one in shown(text)] for text in texts)
    assert commands == same
    for kind in ("json", "yaml", "sh", "python", "powershell", "diff"):
        ours, theirs = ([re.sub(r" *# .*", "", one) for one in blocks(text, kind)] for text in texts)
        assert ours == theirs


@each_page
def test_both_languages_have_the_same_sections_lists_and_tables(page: str) -> None:
    ours, theirs = (_sections(text_of(page, language)) for language in LANGUAGES)
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        title = f"{one.splitlines()[0]} / {other.splitlines()[0]}"
        for what in (r"^#+", r"^ *\|", r"^ *- ", r"^\d+\. ", r"^[^\s#|\-<\d]"):
            counts = [len(re.findall(what, text, flags=re.M)) for text in (one, other)]
            assert counts[0] == counts[1], f"{title}: {what}"
        code = [sorted(set(re.findall(r"`[^`\n]+`", text))) for text in (one, other)]
        assert code[0] == code[1], title


def _sections(text: str) -> list[str]:
    plain = BLOCK.sub("", text)
    starts = [found.start() for found in re.finditer(r"^#{1,3} ", plain, flags=re.M)]
    return [plain[a:b] for a, b in pairwise([*starts, len(plain)])]


@each_page
@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_somewhere(page: str, language: str) -> None:
    text, file = text_of(page, language), file_of(page, language)
    links = ["".join(pair) for pair in re.findall(r'\]\(([^)]+)\)|src="([^"]+)"', text)]
    assert len(links) >= 2
    for link in links:
        path, _, section = link.partition("#")
        if "://" in link:
            continue
        assert (file.parent / path).exists(), link
        if section:
            titles = re.findall(
                r"^#+ (.*)$", (file.parent / path).read_text(encoding="utf-8") if path else text, flags=re.M
            )
            assert section in [_anchor(title) for title in titles], link


def _anchor(title: str) -> str:
    """The name by which GitHub links a heading: lower case, without punctuation, spaces as hyphens."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@each_page
def test_commands_for_another_system_say_that_no_test_runs_them(page: str) -> None:
    for language, mark in zip(LANGUAGES, UNTESTED, strict=True):
        assert all(one.startswith(mark) for one in blocks(text_of(page, language), "powershell"))
