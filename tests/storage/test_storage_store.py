"""Files by URL: read, listed and written whole, whatever they are called; and `perfdoc` run on them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from cli_support import PROJECT, folder, run, start, word
from imported import WANT, numbered, wanted
from stores import Objects, environment, known_here
from waiting import PATIENCE

from perfdoc.errors import UsageError
from perfdoc.jobs import ledger as ledgers
from perfdoc.jobs import ledger_at as stored
from perfdoc.jobs.ledger import NAME, Entry
from perfdoc.storage import store
from perfdoc.storage.paths import base, is_url, joined, plain
from perfdoc.storage.walk import files_in

pytestmark = pytest.mark.slow

SCHEMES = pytest.mark.parametrize("scheme", ["s3", "hdfs"])


@pytest.fixture(scope="module")
def docx(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return word(tmp_path_factory.mktemp("word")).read_bytes()


@pytest.fixture
def memory() -> Iterator[str]:
    """A folder of fsspec's store in memory."""
    yield "memory://bucket/in"
    store.remove("memory://bucket/in")


@pytest.fixture
def objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Objects:
    """The store that is s3 and hdfs here."""
    known_here(tmp_path, monkeypatch)
    return Objects()


def test_names() -> None:
    for name in ("s3://b/a.docx", "hdfs://host:9000/a", "abfs+x://a", "S3://b"):
        assert is_url(name)
    for name in ("a.docx", "C:\\a", "c://a", "HEAD:a.docx", "-", "a/b://c", "://a", "1s://a"):
        assert not is_url(name)
    assert joined("s3://b/in/", "a.docx") == "s3://b/in/a.docx"
    assert joined("in", "a.docx") == str(Path("in", "a.docx"))
    assert plain("file:///a/b") == "/a/b"
    assert plain("file://host/a") == "file://host/a"
    assert base("s3://b/in/a.docx") == "a.docx"
    assert base("s3://b/in/") == "in"


def test_what_is_put_is_there_whole(memory: str) -> None:
    url = joined(memory, "x/a.docx")
    store.put(url, b"12345", joined(memory, "tmp"))
    assert (store.read(url, 99), store.head(url, 2), len(store.read(url, 3))) == (b"12345", b"12", 4)
    assert store.listed(memory) == store.Listed(["x"], [], []), "nothing is left beside it"
    assert store.listed(joined(memory, "x")).files == ["a.docx"]
    assert (store.is_folder(memory), store.is_folder(url), store.exists(url), store.exists(memory)) == (1, 0, 1, 0)
    store.put(url, b"", joined(memory, "tmp"))
    assert store.read(url, 9) == b""
    for missing in (joined(memory, "none"), joined(url, "below")):
        with pytest.raises(FileNotFoundError):
            store.read(missing, 9)


def test_names_that_lead_elsewhere_are_not_followed(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store lists what whoever wrote to it liked."""
    from fsspec.implementations.memory import MemoryFileSystem

    store.put(joined(memory, "a.docx"), b"", memory)
    names = ["a.docx", "", "..", ".", "../../etc/passwd", "/etc/passwd", "b/../../c", "d\0.docx", ".hidden", "~$a.docx"]
    entries = [{"name": f"/bucket/in/{name}", "type": "file", "size": 1} for name in names]
    entries += [{"name": "https://elsewhere/x.docx", "type": "file", "size": 1}]
    monkeypatch.setattr(MemoryFileSystem, "ls", lambda *_, **__: entries)
    every = list(files_in([memory]))
    assert [one.path for one in every if not one.fault] == ["memory://bucket/in/a.docx"]
    assert len(every) == 8, "what can't be a name is said, not left out in silence"
    assert all("no name of a file in a folder" in one.fault for one in every[1:])


def test_a_name_is_no_chain_of_stores(memory: str) -> None:
    """fsspec takes `a::file:///etc/passwd` for a file of this machine, if it is asked to open it."""
    with pytest.raises(FileNotFoundError):
        store.read(joined(memory, "a::file:///etc/passwd"), 99)


def test_folders_without_end_are_given_up(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    monkeypatch.setattr(MemoryFileSystem, "isdir", lambda *_: True)
    monkeypatch.setattr(
        MemoryFileSystem, "ls", lambda _, path, **__: [{"name": f"{path}/d", "type": "directory", "size": 0}]
    )
    (one,) = files_in([memory])
    assert "more than 100 folders deep" in one.fault


def test_what_a_driver_raises_is_an_error_of_the_system(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("NoCredentials")

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", refuse)
    with pytest.raises(OSError, match="RuntimeError: NoCredentials"):
        store.put(joined(memory, "a"), b"", memory)
    for url, said in (("nonesuch://b/a", "nonesuch"), ("gdrive://b/a", "gdrive")):
        with pytest.raises(UsageError, match=said):
            store.read(url, 9)


def test_without_fsspec_a_url_is_said_to_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    ran = run("inspect", "s3://bucket/a.docx")
    assert ran.code == 2
    assert "pip install 'perfdoc[remote]'" in ran.err


def test_local_paths_load_no_fsspec(tmp_path: Path, docx: bytes) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.docx").write_bytes(docx)
    code = f"""
import sys
from perfdoc.cli import main
try:
    sys.argv[1:] = ["import", {str(tmp_path / "in")!r}, "-r", "-o", "file://{tmp_path}/out"]
    main()
except SystemExit as end:
    assert not end.code
assert not {{"fsspec", "dask", "distributed"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE, capture_output=True)
    assert (tmp_path / "out" / "a" / "document.yaml").is_file()


def test_the_ledger_of_a_store_is_copied_now_and_then(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run leaves in the store is true, and the next one takes it from there."""
    monkeypatch.setattr(stored, "_COPY_EVERY", 0.0)
    monkeypatch.setattr(ledgers, "_EVERY", -1.0)
    staging = joined(memory, "tmp")
    with stored.ledger_at(memory, staging) as ledger:
        assert ledger.blank
        ledger.put([Entry("a", "folder-a", outcome="read cleanly")])
        with stored.ledger_at(memory, staging, scratch=True) as other:
            assert other.folder("a") == "folder-a"
            other.put([Entry("b", outcome="unreadable")])
    with stored.ledger_at(memory, staging) as ledger:
        assert not ledger.blank
        assert (ledger.folder("a"), ledger.get("b")) == ("folder-a", None), "a dry run leaves no row"
    store.put(joined(memory, NAME), b"no ledger", staging)
    with pytest.raises(UsageError, match="not a ledger that can be read"), stored.ledger_at(memory, staging):
        pass


@SCHEMES
def test_from_a_store_to_a_store(tmp_path: Path, docx: bytes, objects: Objects, scheme: str) -> None:
    names = {"a.docx": docx, "法院/b?#%.docx": docx, "法院/2.xlsx": docx[:800], "x.pdf": b"%PDF-1.7\n", "0.txt": b""}
    names |= {"c::file.docx": docx, "e/": b"", "~$a.docx": b"owner", "f//g.docx": docx, "h/..": docx}
    for name, content in names.items():
        objects.pipe_file(f"bucket/in/{name}", content)
    root, out = f"{scheme}://bucket/in", f"{scheme}://bucket/specs"
    runs = partial(run, "import", root, "-r", "-o", out, "-j", "2")
    first = runs("--summary", tmp_path / "s.json")
    assert first.code == 3, first.err
    stored = {key: objects.cat_file(key) for key in objects._sizes() if key.startswith("bucket/specs/")}
    assert NAME in {key.rpartition("/")[2] for key in stored}
    want = wanted(["bucket/specs/a", "bucket/specs/法院/b-#%", "bucket/specs/c--file"])
    assert {key: value for key, value in stored.items() if not key.endswith(NAME)} == want
    assert f"{root}/a.docx → {out}/a: 2 projects, 4 indicators, 0 doubts; files: 3 written" in first.err
    assert f"{root}/法院/2.xlsx: the file is damaged" in first.err
    assert "skipped: other files" in first.err
    (tmp_path / "ledger").write_bytes(stored[f"bucket/specs/{NAME}"])
    with sqlite3.connect(tmp_path / "ledger") as ledger:
        assert ledger.execute("SELECT count(*) FROM file WHERE outcome = 'read cleanly'").fetchone() == (3,)
    ledger.close()

    objects.pipe_file("bucket/in/a.docx", numbered(docx, 1))
    again = runs("--resume")
    assert [line.partition(" → ")[0] for line in again.err.splitlines() if " → " in line] == [f"{root}/a.docx"]
    assert "files: 3 unchanged" in again.err
    changed = PROJECT.replace("≥90%", "≥9%").encode()
    objects.pipe_file("bucket/specs/a/01-法院办案业务费.yaml", changed)
    conflict = runs()
    assert "exists and differs; left as it was (--force overwrites)" in conflict.err
    assert objects.cat_file("bucket/specs/a/01-法院办案业务费.yaml") == changed
    assert "2 unchanged, 1 replaced" in runs("--force").err
    assert objects.cat_file("bucket/specs/a/01-法院办案业务费.yaml") == WANT["01-法院办案业务费.yaml"]


def test_a_store_within_the_output_of_itself(tmp_path: Path, docx: bytes, objects: Objects) -> None:
    objects.pipe_file("bucket/in/a.docx", docx)
    for _ in range(2):
        said = run("import", "s3://bucket/in", "-r", "-o", "s3://bucket/in/specs").err
        assert "1 file in" in said
    assert run("import", "s3://bucket/in", "-r", "-o", "s3://bucket/in/").code == 2


def test_between_a_store_and_this_machine(tmp_path: Path, docx: bytes, objects: Objects) -> None:
    objects.pipe_file("bucket/in/a.docx", docx)
    ran = start("import", "s3://bucket/in/a.docx", "-o", tmp_path / "one", env=environment(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert {file.name: file.read_bytes() for file in (tmp_path / "one").glob("*.yaml")} == WANT
    assert run("inspect", "s3://bucket/in/a.docx").code == 0
    missing = run("inspect", "s3://bucket/in/none.docx")
    assert (missing.code, "there is no such file" in missing.err) == (3, True)
    assert run("inspect", "s3://bucket/in").code in (2, 3)
    run("import", tmp_path / "one", "-r", "-o", "s3://bucket/none", "-n")
    assert not [key for key in objects._sizes() if key.startswith("bucket/none")], "a dry run writes nothing"
    assert folder(tmp_path / "b").is_dir()
