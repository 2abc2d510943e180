"""`golden/<form>/<case>/`: specs, the files that they render to, what Apache Tika reads from the form's own kind.

Cases are discovered. A missing file fails; `--update-golden` writes what differs, lists it, and fails the run so
that someone reads the difference before it is committed.
"""

from __future__ import annotations

import difflib
import io
import zipfile
from pathlib import Path

import pytest
from checkout import ROOT
from lxml import etree
from tika import tika_text

from perfdoc.extraction import extract
from perfdoc.form_definition import forms
from perfdoc.reading import read
from perfdoc.rendering import kinds, render
from perfdoc.specs import files, load

GOLDEN = ROOT / "golden"
CASES = sorted(file.parent.parent for file in GOLDEN.glob("*/*/specs/document.yaml"))


def case_id(case: Path) -> str:
    return str(case.relative_to(GOLDEN))


def pretty(part: bytes) -> list[str]:
    """A part's lines: indented where it is XML."""
    try:
        tree = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return part.decode("utf-8", "replace").splitlines()
    return etree.tostring(tree, pretty_print=True, encoding="unicode").splitlines()


def differences(want: bytes, got: bytes) -> list[str]:
    """What differs between two zip packages, part by part, an XML diff each."""
    a, b = (zipfile.ZipFile(io.BytesIO(one)) for one in (want, got))
    if a.namelist() != b.namelist():
        return [f"parts: {a.namelist()} != {b.namelist()}"]
    found: list[str] = []
    for name in a.namelist():
        if a.read(name) != b.read(name):
            found += difflib.unified_diff(
                pretty(a.read(name)), pretty(b.read(name)), f"golden/{name}", f"now/{name}", lineterm="", n=2
            )
    return found or (["the zip records differ, no part does"] if want != got else [])


class Golden:
    """One golden file: equal, or a failure that shows the difference."""

    def __init__(self, update: bool) -> None:
        self.update = update
        self.written: list[Path] = []

    def check(self, file: Path, got: bytes) -> None:
        want = file.read_bytes() if file.exists() else None
        if want == got:
            return
        if self.update:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(got)
            self.written.append(file)
            return
        assert want is not None, f"{file} is missing (make golden writes it)"
        zipped = got[:2] == b"PK" == want[:2]
        lines = (
            differences(want, got)
            if zipped
            else list(difflib.unified_diff(want.decode().splitlines(), got.decode().splitlines(), lineterm=""))
        )
        pytest.fail(f"{file} differs:\n" + "\n".join(lines[:80]), pytrace=False)

    def close(self) -> None:
        if self.written:
            pytest.fail("wrote " + ", ".join(str(f.relative_to(ROOT)) for f in self.written), pytrace=False)


def test_every_form_has_a_golden_case() -> None:
    assert {case.parent.name for case in CASES} >= set(forms())


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_golden(case: Path, update_golden: bool) -> None:
    golden = Golden(update_golden)
    document = load(case / "specs").document
    form = forms()[case.parent.name]
    made = {kind: render(document, form, to=kind) for kind in kinds(form)}
    golden.check(case / "tika.txt", tika_text(made[kinds(form)[0]]).encode())
    for kind, data in made.items():
        golden.check(case / f"document.{kind}", data)
        reading = extract(read(data, f"document.{kind}"))
        for name, text in files(reading.document).items():
            golden.check(case / "specs" / name, text.encode())
    golden.close()


PAGES = [case for case in CASES if not forms()[case.parent.name].is_list]


@pytest.mark.parametrize("case", PAGES, ids=case_id)
def test_the_text_alone_gives_the_specs(case: Path) -> None:
    """What Tika reads of the document is the source's own text; its import gives the same files, nobody typed them."""
    reading = extract(read((case / "tika.txt").read_bytes(), "tika.txt"))
    made = files(reading.document)
    assert made == {name: (case / "specs" / name).read_text(encoding="utf-8") for name in made}
    assert len(made) == len(list((case / "specs").iterdir()))


@pytest.mark.parametrize("case", PAGES, ids=case_id)
def test_word_files_declare_relationships(case: Path) -> None:
    """As those of Word itself do; docx2python fails on a document whose root does not, images or none."""
    with zipfile.ZipFile(case / "document.docx") as package:
        root = etree.fromstring(package.read("word/document.xml"))
    assert root.nsmap["r"] == "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_the_specs_are_the_golden_ones() -> None:
    """The five real projects are kept twice, as a user's specs and as a golden case; they are the same files."""
    ours = {f.name: f.read_bytes() for f in (ROOT / "specs/hexi-court-2023").iterdir()}
    golden = {f.name: f.read_bytes() for f in (GOLDEN / "tianjin/hexi-court-2023/specs").iterdir()}
    assert ours == golden


def test_a_difference_is_shown_as_xml() -> None:
    def package(text: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as z:
            z.writestr("a.xml", f"<a><b>{text}</b></a>")
        return out.getvalue()

    assert differences(package("x"), package("x")) == []
    shown = differences(package("x"), package("y"))
    assert "-  <b>x</b>" in shown
    assert "+  <b>y</b>" in shown
