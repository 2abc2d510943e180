"""The READMEs: what they show a command to print is what it prints, and the two languages say the same.

`[…]` in a line of output stands for what differs between machines. `--update-golden` writes what is printed now.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from checkout import ROOT

from perfdoc import office
from perfdoc.cli.codes import BROKEN_PIPE, INTERRUPTED, Code
from perfdoc.cli.files import inputs
from perfdoc.errors import PerfdocError
from perfdoc.form_definition import form
from perfdoc.jobs import limits
from perfdoc.reading import html, package, word2003
from perfdoc.reading import text as read_text
from perfdoc.reading.docx import context
from perfdoc.reading.excel import book, grid, sheet
from perfdoc.rendering import faults, render, template
from perfdoc.specs import load
from perfdoc.yamltree import bytes as yaml_bytes
from perfdoc.yamltree import tree

READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
TEXTS = {language: file.read_text(encoding="utf-8") for language, file in READMES.items()}
BLOCK = re.compile(r"(?:^<!-- (office|typed) -->\n)?^ *```(\w+)\n(.*?)^ *```$", re.S | re.M)
MARK = "-- the next command --"
in_both = pytest.mark.parametrize("language", READMES)


class Shown(NamedTuple):
    """A command as the README shows it: what it prints, and whether that needs LibreOffice.

    Before one that is `typed` a person does what the chapter on a bureau's own form asks for.
    """

    command: str
    output: str
    office: bool
    typed: bool


def blocks(language: str, kind: str) -> list[str]:
    return [body for _, of, body in BLOCK.findall(TEXTS[language]) if of == kind]


def shown(readme: str) -> list[Shown]:
    """Every command of the console blocks, in order."""
    found = []
    for mark, kind, body in BLOCK.findall(readme):
        if kind == "console":
            pieces = re.split(r"^\$ (.*)\n", body, flags=re.M)
            assert pieces[0] == "", f"a console block begins with its output: {body}"
            pairs = enumerate(zip(pieces[1::2], pieces[2::2], strict=True))
            found += [Shown(of, out, mark == "office", mark == "typed" and not at) for at, (of, out) in pairs]
    return found


def matches(wanted: str, got: str) -> bool:
    pattern = re.escape(wanted).replace(re.escape("[…]"), r"[^\n]*?")
    return re.fullmatch(pattern, got) is not None


class Tour(NamedTuple):
    """The README's commands carried out: the folder they ran in, and what each printed."""

    folder: Path
    outputs: list[str]


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Tour:
    """All commands, one after the other, by one shell in a copy of what a clone holds."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("specs", "templates", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    typist = f'"{sys.executable}" "{ROOT}/tests/support/readme_form.py" "{READMES["en"]}" templates/qinghe\n'
    programs = folder.with_name(f"{folder.name}-bin")
    programs.mkdir()
    program = programs / "perfdoc"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m perfdoc "$@"\n')
    program.chmod(0o755)
    script = "code=0\n" + "".join(
        f"{typist if one.typed else ''}echo '{MARK}'\n(exit $code)\n{one.command}\ncode=$?\n"
        for one in shown(TEXTS["en"])
    )
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "PERFDOC_DEBUG", "COLUMNS")}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**kept, "PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    return Tour(folder, done.stdout.decode().split(f"{MARK}\n")[1:])


def test_commands_print_what_the_readme_shows(tour: Tour, update_golden: bool) -> None:
    wanted = shown(TEXTS["en"])
    assert len(wanted) == len(tour.outputs) > 20
    there = office.find() is not None
    wrong = [
        (one, got)
        for one, got in zip(wanted, tour.outputs, strict=True)
        if not matches(one.output, got) and (there or not one.office)
    ]
    if update_golden:
        for language, file in READMES.items():
            text = TEXTS[language]
            for one, got in wrong:
                text = text.replace(f"$ {one.command}\n{one.output}", f"$ {one.command}\n{got}")
            file.write_text(text, encoding="utf-8")
    said = "\n".join(f"$ {one.command}\n--- the README\n{one.output}--- now\n{got}" for one, got in wrong)
    assert not wrong, f"{'written; read the difference' if update_golden else 'the README is out of date'}:\n{said}"


def test_the_library_example_prints_what_it_says(tour: Tour) -> None:
    for language in READMES:
        (code,) = blocks(language, "python")
        said = re.findall(r"print\(.*?# .*?(≥190万页|True)$", code, flags=re.M)
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tour.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert (done.stdout.split(), done.stderr) == (said, "")
        assert len(said) == 2


def test_the_yaml_beside_the_picture_begins_the_file() -> None:
    (file,) = (ROOT / "specs/hexi-court-2023").glob("02-*.yaml")
    for language in READMES:
        assert file.read_text(encoding="utf-8").startswith(blocks(language, "yaml")[0])
    assert (ROOT / "docs/page.png").read_bytes().startswith(b"\x89PNG")


def test_both_languages_show_the_same_examples() -> None:
    assert shown(TEXTS["en"]) == shown(TEXTS["zh"])
    for kind in ("json", "yaml", "sh", "python"):
        ours, theirs = ([re.sub(r" *# .*", "", one) for one in blocks(language, kind)] for language in READMES)
        assert ours == theirs


def sections(language: str) -> list[str]:
    plain = BLOCK.sub("", TEXTS[language])
    starts = [found.start() for found in re.finditer(r"^#{1,3} ", plain, flags=re.M)]
    return [plain[a:b] for a, b in pairwise([*starts, len(plain)])]


def test_both_languages_have_the_same_sections_lists_and_tables() -> None:
    ours, theirs = sections("en"), sections("zh")
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        title = f"{one.splitlines()[0]} / {other.splitlines()[0]}"
        for what in (r"^#+", r"^ *\|", r"^ *- ", r"^\d+\. ", r"^[^\s#|\-<\d]"):
            counts = [len(re.findall(what, text, flags=re.M)) for text in (one, other)]
            assert counts[0] == counts[1], f"{title}: {what}"
        code = [sorted(set(re.findall(r"`[^`\n]+`", text))) for text in (one, other)]
        assert code[0] == code[1], title


@in_both
def test_links_lead_somewhere(language: str) -> None:
    links = re.findall(r'\]\(([^)#]+)\)|src="([^"]+)"', TEXTS[language])
    assert len(links) >= 4
    for pair in links:
        link = "".join(pair)
        assert "://" in link or (ROOT / link).exists(), link


@in_both
def test_exit_codes_are_all_there(language: str) -> None:
    rows = re.findall(r"^\| ([\d, ]+) \|", TEXTS[language], flags=re.M)
    assert [int(number) for row in rows for number in row.split(", ")] == [*Code, INTERRUPTED, BROKEN_PIPE]


def megabytes(number: int) -> str:
    return f"{number >> 20} MB"


LIMITS = {
    megabytes(inputs.MAX_BYTES),
    f"{package.MAX_ENTRIES:,}; {megabytes(package.MAX_TOTAL)}; {megabytes(package.MAX_PART)}",
    megabytes(package.RATIO_FREE),
    f"{package.MAX_RATIO}",
    f"{context.MAX_CELLS:,}; {context.MAX_PARAGRAPHS:,}",
    f"{book.MAX_SHEETS:,}; {grid.MAX_CELLS:,}; {sheet.MAX_MERGES:,}",
    f"{megabytes(read_text.MAX_TEXT)}; {megabytes(html.MAX_PAGE)}; {megabytes(word2003.MAX_TEXT)}",
    f"{limits.SECONDS:g}",
    megabytes(limits.MEMORY),
    f"{limits.SECONDS * limits.TOOL_SHARE:g}",
    f"{megabytes(yaml_bytes.MOST_BYTES)}; {tree.MOST_VALUES:,}; {tree.MOST_DEPTH}",
    megabytes(template._MOST_BYTES),
}


@in_both
def test_limits_are_those_of_the_program(language: str) -> None:
    rows = [row for row in TEXTS[language].splitlines() if row.startswith("| ")]
    for limit in LIMITS:
        assert any(re.search(rf"\| {re.escape(limit)}\b|{re.escape(limit)} [^|;]*\|", row) for row in rows), limit


BROKEN: list[tuple[str, Callable[[bytes], bytes]]] = [
    (
        "a tag asks for project.purpos, and there is no such value",
        lambda xml: xml.replace(b"{{ project.purpose }}", b"{{ project.purpos }}"),
    ),
    (
        "Unexpected end of template. Jinja was looking for the following tags: 'endfor' or 'else'.",
        lambda xml: xml.replace(b"{%tr endfor %}", b""),
    ),
    (
        "form tianjin has no place for 资金用途 (project.purpose); its text is left out",
        lambda xml: xml.replace(b"{{ project.purpose }}", b"{{ project.purpose }"),
    ),
    (
        "a template may only name values; a tag does more than that",
        lambda xml: xml.replace(b"{{ project.purpose }}", b"{{ project.purpose.upper() }}"),
    ),
    (
        "the bookmark 'foo' stands in a loop and would be there many times",
        lambda xml: xml.replace(b"project_anchor", b"foo"),
    ),
    ("not a sound .docx file", lambda xml: b""),
]


@pytest.mark.parametrize(("message", "change"), BROKEN, ids=[message[:24] for message, _ in BROKEN])
def test_what_is_said_of_a_broken_template(message: str, change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    tianjin = form("tianjin")
    with zipfile.ZipFile(tianjin.document) as given, zipfile.ZipFile(tmp_path / "form.docx", "w") as made:
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, change(content) if name == "word/document.xml" else content)
    if not change(b"x"):
        (tmp_path / "form.docx").write_bytes(b"x")
    broken = tianjin.model_copy(update={"folder": tmp_path})
    reading = load(ROOT / "specs/hexi-court-2023")
    try:
        render(reading.document, broken)
        said = " ".join(one.message for one in faults(reading, broken))
    except PerfdocError as error:
        said = str(error)
    assert message in said
    assert all(f"`{message}`" in text for text in TEXTS.values())


def test_styles_are_those_of_the_form() -> None:
    with zipfile.ZipFile(form("tianjin").document) as archive:
        names = re.findall(r'<w:name w:val="([^"]+)"', archive.read("word/styles.xml").decode())
    base = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "预算单位代码", "预算单位名称"}
    for text in TEXTS.values():
        assert [name for name in names if name not in base and name not in text] == []
