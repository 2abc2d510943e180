"""The examples of the README and of `docs/`: what a page shows a command to print is what it prints.

Each page of a language is a test of its own, run as a reader of that language runs it. `--update-golden` writes what
is printed now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkout import ROOT
from pages import LANGUAGES, PAGES, README, blocks, file_of, matches, run, run_python, shown, text_of, with_outputs
from ready import serving

pytestmark = pytest.mark.slow

WITH_COMMANDS = [page for page in PAGES if shown(text_of(page, "en"))]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A process that is ready to be perfdoc."""
    with serving(tmp_path_factory.mktemp("ready")) as address:
        yield address


def test_most_pages_have_commands() -> None:
    assert {README, "diagnostics", "forms", "scale", "verbs", "yaml"} <= set(WITH_COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_commands_print_what_the_page_shows(
    page: str, language: str, ready: Path, tmp_path: Path, update_golden: bool
) -> None:
    text = text_of(page, language)
    wanted = shown(text)
    (tmp_path / "clone").mkdir()
    outputs = run(wanted, tmp_path / "clone", language, ready)
    assert len(wanted) == len(outputs)
    wrong = [(one, got) for one, got in zip(wanted, outputs, strict=True) if not matches(one.output, got)]
    if update_golden and wrong:
        file_of(page, language).write_text(with_outputs(text, outputs), encoding="utf-8")
    said = "\n".join(f"$ {one.command}\n--- the page\n{one.output}--- now\n{got}" for one, got in wrong)
    assert not wrong, f"{'written; read the difference' if update_golden else 'the page is out of date'}:\n{said}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_library_example_prints_what_it_says(language: str, tmp_path: Path) -> None:
    (code,) = blocks(text_of("library", language), "python")
    said = re.findall(r"print\(.*?# .*?(≥183万页|True)$", code, flags=re.M)
    assert run_python(code, tmp_path).split() == said
    assert len(said) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_yaml_beside_the_picture_begins_the_file(language: str) -> None:
    (file,) = (ROOT / "specs/hexi-court-2023").glob("02-*.yaml")
    assert file.read_text(encoding="utf-8").startswith(blocks(text_of(README, language), "yaml")[0])
    assert (ROOT / "docs/page.png").read_bytes().startswith(b"\x89PNG")
