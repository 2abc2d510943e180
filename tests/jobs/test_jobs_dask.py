"""Work on a Dask cluster: a real scheduler and two workers; one is killed, or we are, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from checkout import ROOT
from cli_support import run, without_progress, word
from clusters import Cluster, cluster
from imported import Runs, assert_true, numbered, source, specs, wanted
from waiting import PATIENCE, until

from perfdoc.errors import UsageError
from perfdoc.importing.file import Importer
from perfdoc.importing.order import Order

pytestmark = pytest.mark.slow

if os.name == "nt":
    pytest.skip("sends signals to groups of processes", allow_module_level=True)

NUMBER = 300


@pytest.fixture(scope="module")
def docx(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return word(tmp_path_factory.mktemp("word")).read_bytes()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("dask") / "two") as one:
        yield one


def test_a_cluster_gives_what_processes_give(tmp_path: Path, docx: bytes, two: Cluster) -> None:
    files = {f"{n % 3}/{n:02}.docx": numbered(docx, n) if n % 4 else docx[: n * 50] for n in range(40)}
    root = source(tmp_path / "in", files)
    here = Runs(root, tmp_path / "here")
    there = Runs(root, tmp_path / "there", "--executor", f"dask:{two.address}")
    one, other = here.whole(), there.whole()
    assert (one.returncode, other.returncode) == (3, 3), other.stderr
    assert specs(tmp_path / "here") == specs(tmp_path / "there") == wanted(n[:-5] for n in files if int(n[2:4]) % 4)
    said, same = (without_progress(ran.stderr).partition(" files in ")[0] for ran in (one, other))
    assert said.replace("/here/", "/there/") == same
    for runs, more in ((here, there), (there, here)):  # each goes on from what the other has done, too
        again = runs.whole("--resume", *more.more)
        assert "already done    40" in again.stderr


def test_a_worker_that_is_killed_takes_nothing_with_it_and_a_cluster_that_is_lost_is_said(
    tmp_path: Path, docx: bytes
) -> None:
    root = source(tmp_path / "in", {f"{n % 7}/{n:03}.docx": numbered(docx, n) for n in range(NUMBER)})
    out = tmp_path / "out"
    with cluster(tmp_path / "dask") as workers:
        runs = Runs(root, out, "--executor", f"dask:{workers.address}", "--summary", str(tmp_path / "s.json"))
        with runs.begun() as running:
            runs.until(40)
            workers.kill(0)
            said = running.communicate(timeout=PATIENCE)[1]
        assert running.returncode == 0, said
        assert said.count(" → ") == NUMBER, "each is told of once"
        assert f"read cleanly    {NUMBER}" in said
        assert specs(out) == wanted(f"{n % 7}/{n:03}" for n in range(NUMBER))
        assert assert_true(root, out) == NUMBER
        again = runs.whole("--resume")
        assert f"already done    {NUMBER}" in again.stderr, "by the worker that is left"
        assert again.stderr.count(" → ") == 0
        _lose(workers, root, tmp_path / "lost")


def test_a_run_on_a_cluster_that_is_killed_goes_on(tmp_path: Path, docx: bytes, two: Cluster) -> None:
    root = source(tmp_path / "in", {f"{n % 7}/{n:03}.docx": numbered(docx, n) for n in range(NUMBER)})
    out = tmp_path / "out"
    runs = Runs(root, out, "--executor", f"dask:{two.address}")
    with runs.begun() as running:
        runs.until(40)
        os.killpg(running.pid, signal.SIGKILL)
    known = assert_true(root, out, settled=False)
    again = runs.whole("--resume")
    assert again.returncode == 0, again.stderr
    assert f"already done  {known:>5}" in again.stderr
    assert specs(out) == wanted(f"{n % 7}/{n:03}" for n in range(NUMBER))
    assert assert_true(root, out) == NUMBER
    assert not (out / ".perfdoc-import.tmp").exists()


def test_the_limits_of_a_file_hold_on_workers(tmp_path: Path, docx: bytes, two: Cluster) -> None:
    """A file whose helper hangs is given up by the worker; the worker lives on."""
    root = source(tmp_path / "in", {"a.docx": docx, "b.docx": docx})
    code = f"""
from perfdoc.jobs.limits import Limits
from perfdoc.jobs.pool import Work, results
for limits, items in ((Limits(0.3), ["a", "hang", "spin", "b"]), (Limits(9.0, 600 << 20), ["memory", "exit 7", "c"])):
    work = Work("batch_support:prepare", "w", limits, "dask:{two.address}")
    for one in results(work, items, len(items)):
        print(one if isinstance(one, str) else one.why)
"""
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests/support'}"}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert ran.stdout.splitlines() == [
        "w:a",
        "timed out: not read within 3 seconds",
        "timed out: not read within 0.3 seconds",
        "w:b",
        "out of memory: it needs more than 600 MB",
        "crashed: its process ended with code 7",
        "w:c",
    ], ran.stderr
    assert root.is_dir()


def test_processes_on_workers_end_with_the_run(tmp_path: Path, docx: bytes, two: Cluster) -> None:
    root = source(tmp_path / "in", {f"{n}.docx": docx for n in range(8)})
    before = _readers(two)  # of a run that was killed, which rest until they end by themselves
    ran = run("import", root, "-r", "-o", tmp_path / "out", "--executor", f"dask:{two.address}")
    assert ran.code == 0, ran.err
    assert specs(tmp_path / "out") == wanted(map(str, range(8)))
    until(lambda: _readers(two) <= before, lambda: str(_readers(two)))


def _readers(cluster: Cluster) -> set[str]:
    """The processes that workers of a cluster have started and that run now."""
    found: set[str] = set()
    for worker in cluster.workers:
        for thread in Path(f"/proc/{worker.pid}/task").glob("*/children"):
            with suppress(OSError):  # it has ended meanwhile
                found |= {*thread.read_text().split()}
    return found


def _lose(workers: Cluster, root: Path, out: Path) -> None:
    """End a whole cluster in the middle of a run: it is said, and a run on this machine goes on from there."""
    env = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
    runs = Runs(root, out, "--executor", f"dask:{workers.address}", env=env)
    with runs.begun() as running:
        runs.until(40)
        workers.end()
        said = running.communicate(timeout=PATIENCE)[1]
    assert running.returncode == 3
    assert said.endswith("perfdoc: the Dask scheduler is gone; --resume goes on from here\n"), said
    known = assert_true(root, out, settled=False)
    assert f"already done  {known:>5}" in Runs(root, out).whole("--resume").stderr


def test_a_chunk_that_no_worker_lives_to_answer_is_lost_alone() -> None:
    from distributed import KilledWorker
    from distributed.scheduler import WorkerState

    from perfdoc.jobs.cluster import _lost

    assert _lost(["a"], KeyError("a")) is None, "what the work raises ends the run"
    state = object.__new__(WorkerState)
    found = _lost(["a"], KilledWorker("task", state, 3))
    assert found is not None
    (one,) = found
    assert (one.item, one.why.partition(":")[0], one.bug) == ("a", "lost", False)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("cluster", "an executor is local, or dask: and a scheduler's address"),
        ("dask:", "an executor is local, or dask: and a scheduler's address"),
        ("dask:tcp://127.0.0.1:9", "no Dask scheduler answers there"),
    ],
)
def test_executors_that_are_not_there(tmp_path: Path, docx: bytes, where: str, said: str) -> None:
    root = source(tmp_path / "in", {"a.docx": docx})
    ran = Runs(
        root, tmp_path / "out", "--executor", where, env={"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    ).whole()
    assert (ran.returncode, said in " ".join(ran.stderr.split())) == (2, True), ran.stderr


def test_a_folder_that_workers_do_not_see_is_said() -> None:
    """What is on this machine alone can't be read on another one; the run ends at once."""
    with pytest.raises(UsageError, match=r"nowhere: is not there on .*, a worker"):
        Importer(Order("out", seen=("nowhere",)))
