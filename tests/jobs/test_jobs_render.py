"""`perfdoc render` of many documents: the files and the words that each would give by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_support import PROJECT, folder, run, tree, without_progress
from clusters import cluster
from stores import Objects, known_here

pytestmark = pytest.mark.slow

NO_PAGES = ("--pages", "none")


def several(where: Path, number: int = 6) -> Path:
    """Documents in folders of folders: the third can't be loaded, the fourth has what Word can't hold."""
    for n in range(number):
        files: dict[str, str | bytes] = {"01-法院办案业务费.yaml": PROJECT.replace("55.00", f"{n}.00")}
        if n == 2:
            files = {"document.yaml": "form: tianjin\n"}
        if n == 3:
            files = {"01-法院办案业务费.yaml": PROJECT.replace("数字档案扫描\n", '"a\\x0bb"\n', 1)}
        folder(where / f"{n % 2}" / f"d{n}", files)
    return where


def test_a_folder_is_an_output(tmp_path: Path) -> None:
    root = several(tmp_path / "specs")
    one, two = root / "0" / "d0", root / "1" / "d1"
    ran = run("render", one, two, "-o", tmp_path / "out", *NO_PAGES)
    assert ran.code == 0, ran.err
    assert sorted(tree(tmp_path / "out")) == ["d0.docx", "d1.docx"]
    assert run("render", one, "-o", tmp_path / "out", *NO_PAGES).err.endswith("d0.docx: unchanged\n")
    assert run("render", one, "-o", f"{tmp_path}/new/", *NO_PAGES).err.endswith("new/d0.docx: written\n")
    for args, said in (
        ((one, two, "-o", "-"), "several documents go to a folder"),
        ((one, "-o", tmp_path / "x.docx", "--out-dir", tmp_path), "give one"),
        ((root, "-r", "-o", "-"), "several documents go to a folder"),
        ((root, "-r", "-o", tmp_path / "a", "--out-dir", tmp_path / "b"), "give one"),
        ((one, "-j", "2", "--executor", "elsewhere"), "an executor is local, or dask:"),
    ):
        ran = run("render", *args)
        assert (ran.code, said in " ".join(ran.err.split())) == (2, True), ran.err


def test_a_tree_of_specs_becomes_a_tree_of_files(tmp_path: Path) -> None:
    root = several(tmp_path / "specs")
    ran = run("render", root, "-r", "-o", tmp_path / "out", "-j", "2", *NO_PAGES)
    assert ran.code == 4, "the worst of all"
    assert sorted(tree(tmp_path / "out")) == ["0/d0.docx", "0/d4.docx", "1/d1.docx", "1/d5.docx"]
    lines = [line for line in ran.err.splitlines() if line.endswith((": written", "would be lost"))]
    assert [Path(line.partition(":")[0]).stem for line in lines] == ["d0", "d4", "d1", "d3", "d5"], "in their order"
    assert "d2/document.yaml" in ran.err
    again = run("render", root, "-r", "-o", tmp_path / "out", "-j", "2", *NO_PAGES)
    assert without_progress(again.err) == without_progress(ran.err).replace(": written", ": unchanged")
    alone = run("render", root / "1" / "d5", "-o", tmp_path / "alone.docx", *NO_PAGES)
    assert alone.code == 0
    assert (tmp_path / "alone.docx").read_bytes() == (tmp_path / "out" / "1" / "d5.docx").read_bytes()
    two = run("render", root / "0", root / "1", "-r", "-o", tmp_path / "two", *NO_PAGES)
    assert sorted(tree(tmp_path / "two")) == sorted(tree(tmp_path / "out")), two.err
    assert run("render", root / "0" / "d0", "-r", "-o", tmp_path / "deep", *NO_PAGES).err.endswith("d0.docx: written\n")
    assert run("render", tmp_path / "out", "-r", "-o", tmp_path / "deep", *NO_PAGES).code == 3, "no document there"


def test_what_is_said_side_by_side_is_what_is_said_one_after_the_other(tmp_path: Path) -> None:
    root = several(tmp_path / "specs")
    given = [f for n in range(6) for f in root.glob(f"*/d{n}")]
    for more in ((), ("--format", "json")):
        one = run("render", *given, "-o", tmp_path / "a", *NO_PAGES, *more)
        two = run("render", *given, "-o", tmp_path / "b", "-j", "2", *NO_PAGES, *more)
        assert two.code == one.code
        said = without_progress(two.err).replace("/b/", "/a/")
        assert sorted(said.splitlines()) == sorted(without_progress(one.err).splitlines())
        assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_files_that_differ_are_left_alone(tmp_path: Path) -> None:
    root = several(tmp_path / "specs", 2)
    (tmp_path / "out" / "1").mkdir(parents=True)
    (tmp_path / "out" / "1" / "d1.docx").write_bytes(b"mine")
    ran = run("render", root, "-r", "-o", tmp_path / "out", *NO_PAGES)
    assert ran.code == 1
    assert "d1.docx: exists and differs; left as it was (--force overwrites)" in ran.err
    assert (tmp_path / "out" / "1" / "d1.docx").read_bytes() == b"mine"
    before = tree(tmp_path / "out")
    ran = run("render", root, "-r", "-o", tmp_path / "out", *NO_PAGES, "--force", "-n")
    assert ran.err.count(": would overwrite") == 1
    assert tree(tmp_path / "out") == before
    assert run("render", root, "-r", "-o", tmp_path / "out", *NO_PAGES, "--force").code == 0


@pytest.mark.office
def test_page_numbers_are_those_of_each_by_itself(tmp_path: Path) -> None:
    root = several(tmp_path / "specs", 2)
    assert run("render", root, "-r", "-o", tmp_path / "out", "-j", "1").code == 0
    for n in range(2):
        run("render", root / str(n) / f"d{n}", "-o", tmp_path / f"{n}.docx", "--pages", "office")
        assert (tmp_path / f"{n}.docx").read_bytes() == (tmp_path / "out" / str(n) / f"d{n}.docx").read_bytes()


def test_by_url_and_on_a_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = known_here(tmp_path, monkeypatch)
    objects = Objects()
    root = several(tmp_path / "specs")
    for name, content in tree(root).items():
        objects.pipe_file(f"bucket/specs/{name}", content)
    here = run("render", root, "-r", "-o", tmp_path / "out", *NO_PAGES)
    with cluster(tmp_path / "dask", 1, env) as workers:
        dask = ("--executor", f"dask:{workers.address}")
        for more, out in (((), "s3://bucket/a"), (dask, "hdfs://bucket/c")):
            args = ("render", "s3://bucket/specs", "-r", "-o", out, *NO_PAGES, *more)
            ran = run(*args)
            assert ran.code == here.code == 4, ran.err
            want = (
                without_progress(here.err).replace(str(tmp_path / "out"), out).replace(str(root), "s3://bucket/specs")
            )
            assert without_progress(ran.err) == want
            made = {key: objects.cat_file(key) for key in objects._sizes() if key.startswith(out.partition("//")[2])}
            inside = {key.split("/", 2)[2]: value for key, value in made.items()}
            assert inside == tree(tmp_path / "out")
            assert ": written" not in run(*args).err
        one = run(
            "render", "s3://bucket/specs/0/d0/01-法院办案业务费.yaml", "-o", tmp_path / "x.docx", *NO_PAGES, env=env
        )
        assert one.code == 0, one.err
        missing = run("render", "s3://bucket/none", "-o", tmp_path / "y.docx", *NO_PAGES)
        assert (missing.code, "Traceback" in missing.err) == (3, False)
