"""`perfdoc import`: what is written, what is left alone, what is said."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from cli_support import LISTING, PROJECT, SECOND, folder, run, tree, word, zipped

ONE, TWO = "01-法院办案业务费.yaml", "02-司法救助资金.yaml"
WANT = {"document.yaml": LISTING.encode(), ONE: PROJECT.encode(), TWO: SECOND.encode()}


def test_the_way_back_gives_the_same_bytes(tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("import", word(tmp_path), "-o", out)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"{out}: 2 projects, 4 indicators, 0 doubts; files: 3 written\n"
    assert tree(out) == WANT


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    file, out = word(tmp_path), tmp_path / "out"
    run("import", file, "-o", out)
    before = {f: f.stat().st_mtime_ns for f in out.iterdir()}
    ran = run("import", file, "-o", out)
    assert ran.code == 0
    assert ran.err.endswith("files: 3 unchanged\n")
    assert {f: f.stat().st_mtime_ns for f in out.iterdir()} == before


def test_comments_spelling_and_file_names_of_the_user_stay(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {"mine.yaml": "# checked\n" + PROJECT.replace("name: ", "name:   ", 1)})
    (specs / ONE).unlink()
    (specs / "document.yaml").write_text("# ours\n" + LISTING.replace(ONE, "mine.yaml"), encoding="utf-8")
    before = tree(specs)
    ran = run("import", word(tmp_path), "-o", specs)
    assert (ran.code, ran.err) == (0, f"{specs}: 2 projects, 4 indicators, 0 doubts; files: 3 unchanged\n")
    assert tree(specs) == before


def without_copies(specs: Path) -> dict[str, bytes]:
    """The files of a folder but for the copies of what was replaced."""
    return {name: content for name, content in tree(specs).items() if not name.endswith("~")}


def test_what_differs_is_not_overwritten_without_force(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {ONE: PROJECT.replace("≥183万页", "≥9页")})
    (specs / TWO).unlink()
    before = tree(specs)
    ran = run("import", word(tmp_path), "-o", specs)
    assert ran.code == 1
    assert f"{ONE}: exists and differs" in ran.err
    assert tree(specs) == before, "all files of a document, or none"
    ran = run("import", word(tmp_path), "-o", specs, "--force", "-n")
    assert ran.code == 0
    assert f"{specs / ONE}: would overwrite\n{specs / TWO}: would write\n" in ran.err
    assert tree(specs) == before
    ran = run("import", word(tmp_path), "-o", specs, "--force")
    assert ran.code == 0
    assert f"{specs / ONE}: replaced\n" in ran.err
    assert without_copies(specs) == WANT


def test_a_broken_spec_in_the_way_is_a_conflict_like_any_other(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {ONE: "name: ["})
    file = word(tmp_path)
    assert run("import", file, "-o", specs).code == 1
    assert (specs / ONE).read_text(encoding="utf-8") == "name: ["
    assert run("import", file, "-o", specs, "--force").code == 0
    assert without_copies(specs) == WANT


def test_project_files_that_went_are_named_and_stay(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {"03-旧.yaml": SECOND, "notes.txt": "x"})
    ran = run("import", word(tmp_path), "-o", specs)
    assert ran.code == 0
    assert f"{specs / '03-旧.yaml'}: warning PD016: not part of the document now" in ran.err
    assert (specs / "03-旧.yaml").exists()


def test_several_files_get_a_folder_each(tmp_path: Path) -> None:
    one, two = word(tmp_path, "received"), word(tmp_path, "other")
    (tmp_path / "sub").mkdir()
    same = tmp_path / "sub" / "Received.docx"
    same.write_bytes(one.read_bytes())
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"")
    ran = run("import", one, bad, two, same, one, "-o", tmp_path / "out")
    assert ran.code == 3
    assert f"perfdoc: {bad}: the file is empty" in ran.err
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == ["Received-2", "other", "received"]
    assert tree(tmp_path / "out" / "other") == WANT


def test_standard_input_and_output(tmp_path: Path) -> None:
    data = word(tmp_path).read_bytes()
    ran = run("import", "-", "-o", tmp_path / "out", stdin=data)
    assert ran.code == 0
    assert tree(tmp_path / "out") == WANT
    ran = run("import", "-", "-o", "-", stdin=data)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"--- # document.yaml\n{LISTING}--- # {ONE}\n{PROJECT}--- # {TWO}\n{SECOND}"


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    odd = word(tmp_path).rename(tmp_path / "x.txt")
    assert run("import", odd, "-o", tmp_path / "out").code == 0
    assert tree(tmp_path / "out") == WANT


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    ran = run("import", tmp_path, "-o", tmp_path / "out")
    assert (ran.code, ran.err) == (2, f"perfdoc: {tmp_path}: is a folder; -r imports the files below it\n")
    (tmp_path / "file").write_bytes(b"")
    ran = run("import", word(tmp_path), "-o", tmp_path / "file")
    assert ran.code == 2
    assert "file/document.yaml: can't be" in ran.err or "file/0" in ran.err


def with_change(file: Path, old: str, new: str) -> bytes:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = members["word/document.xml"].decode()
    assert old in text
    members["word/document.xml"] = text.replace(old, new, 1).encode()
    return zipped(members)


def test_tracked_changes(tmp_path: Path) -> None:
    file = word(tmp_path)
    run_of = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    mark = '<w:{0} w:id="900" w:author="a" w:date="2024-01-01T00:00:00Z">{1}</w:{0}>'
    inserted = mark.format("ins", run_of.format("（新）"))
    with zipfile.ZipFile(file) as archive:
        text = archive.read("word/document.xml").decode()
    at = text.index("数字档案扫描</w:t>")
    end = text.index("</w:r>", at) + len("</w:r>")
    changed = tmp_path / "changed.docx"
    changed.write_bytes(with_change(file, text[at:end], text[at:end] + inserted))
    accepted = run("import", changed, "-o", tmp_path / "accepted")
    assert accepted.code == 0
    assert "info PD020" in accepted.err
    assert "数字档案扫描（新）" in (tmp_path / "accepted" / ONE).read_text(encoding="utf-8")
    assert run("import", changed, "-o", tmp_path / "rejected", "--track-changes", "reject").code == 0
    assert tree(tmp_path / "rejected") == WANT
    failed = run("import", changed, "-o", tmp_path / "failed", "--track-changes", "fail")
    assert failed.code == 4
    assert not (tmp_path / "failed").exists()


def test_doubts_are_said_and_as_json(tmp_path: Path) -> None:
    file = word(tmp_path)
    changed = tmp_path / "changed.docx"
    changed.write_bytes(with_change(file, ">预算数<", "><"))
    ran = run("import", changed, "-o", tmp_path / "out", "--format", "json")
    assert ran.out == ""
    found = ran.found()
    assert found, "an amount without its label is not passed over in silence"
    assert all(Path(one["file"]).name == "changed.docx" for one in found)
    assert all(one["severity"] in ("error", "warning", "info") for one in found)
    assert any(one["table"] for one in found)


@pytest.mark.parametrize("options", [("--track-changes", "maybe"), ("--templates", "/none/such")])
def test_options_that_make_no_sense(tmp_path: Path, options: tuple[str, str]) -> None:
    assert run("import", word(tmp_path), "-o", tmp_path / "out", *options).code == 2
    assert not (tmp_path / "out").exists()


def test_a_dry_run_needs_no_output(tmp_path: Path) -> None:
    docx = word(tmp_path)
    before = tree(tmp_path)
    one = run("import", docx, "-n")
    assert (one.code, one.out) == (0, "")
    assert one.err.splitlines()[-1] == f"{docx}: 2 projects, 4 indicators, 0 doubts"
    many = run("import", tmp_path, "-r", "-n")
    assert many.code == 0
    assert f"{docx}: 2 projects, 4 indicators, 0 doubts\n" in many.err
    assert tree(tmp_path) == before
    without = run("import", docx)
    assert without.code == 2
    assert "Missing option '-o' / '--output'" in without.err
