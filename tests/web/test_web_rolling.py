"""Next year's drafts of documents that were chosen, and their marks ticked off on the page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from cli_support import folder, run, tree
from web_client import opened


def test_the_drafts_are_those_of_the_verb_and_their_marks_are_ticked_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "goals/a")
    assert run("rollover", "goals/a", "--year", "2031", "--from", "2024", "-o", "by-verb", "--marks", "en").code == 0
    expected = tree(tmp_path / "by-verb")
    with opened(tmp_path) as browser:
        asked = browser.post("/act", {"action": "rollover", "way": "goals/a"})
        assert 'name="way" value="goals/a"' in asked.text
        made = browser.post("/rollover", {"year": "2031", "since": "2024", "way": "goals/a"})
        assert tree(tmp_path / "2031/goals/a") == expected
        ticks = re.findall(
            r'action="/tick/([^"]*)".*?value="(\d+)".*?value="([^"]*)".*?value="([^"]*)"', unescape(made.text)
        )
        assert ticks
        for number, (way, project, at, text) in enumerate(ticks):
            left = browser.get("/marks/2031").text
            assert left.count("/tick/") == len(ticks) - number
            sent = {"project": project, "at": at, "text": text}
            assert browser.post(f"/tick/{way}", sent).status_code == 303
        assert "Everything was looked at." in browser.get("/marks/2031").text
        assert "is there already" in browser.post("/rollover", {"year": "2031", "way": "goals/a"}).text
        assert browser.post("/rollover", {"year": "../x", "way": "goals/a"}).status_code == 422
    assert all("# perfdoc: " not in text.decode() for text in tree(tmp_path / "2031/goals/a").values())
