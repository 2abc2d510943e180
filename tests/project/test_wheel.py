"""What is installed: a wheel, built here, works from any folder, with its forms and schemas inside."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from checkout import ROOT
from cli_support import tree
from waiting import PATIENCE

pytestmark = pytest.mark.slow

CASE = ROOT / "golden/tianjin/hexi-court-2023"


def run(*command: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A command that has to end well."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return done


def built(kind: str, source: Path, into: Path) -> Path:
    """`wheel`, `sdist` or `editable` of a source tree, by the build backend itself: it needs no network."""
    into.mkdir(exist_ok=True)
    script = f"import sys, hatchling.build; print(hatchling.build.build_{kind}(sys.argv[1]))"
    return into / run(sys.executable, "-c", script, into, cwd=source).stdout.split()[-1]


def contents(archive: Path) -> dict[str, int]:
    """Every file of a zip with its checksum."""
    with zipfile.ZipFile(archive) as opened:
        return {entry.filename: entry.CRC for entry in opened.infolist()}


class Installed(NamedTuple):
    """A wheel, and the folder it was installed into: on its own, the libraries come from this environment."""

    wheel: Path
    packages: Path

    def perfdoc(self, *args: str | Path, cwd: Path) -> str:
        """What the installed command prints on standard output."""
        command = self.packages / "bin/perfdoc"
        return run(sys.executable, command, *args, cwd=cwd, PYTHONPATH=str(self.packages)).stdout


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel of this checkout, installed."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = built("wheel", ROOT, folder / "dist")
    install = (
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--disable-pip-version-check",
    )
    run(*install, "--target", folder / "packages", wheel, cwd=folder)
    return Installed(wheel, folder / "packages")


def test_the_wheel_holds_the_package_and_its_forms(installed: Installed) -> None:
    expected = {
        f"perfdoc/{file.relative_to(top).as_posix()}"
        for top in (ROOT / "perfdoc", ROOT)
        for file in (top.rglob("*") if top != ROOT else (ROOT / "templates").rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }
    there = {name for name in contents(installed.wheel) if not name.startswith("perfdoc-")}
    assert there == expected
    assert {"perfdoc/templates/tianjin/form.docx", "perfdoc/py.typed"} <= there


def test_the_installed_program_works_from_any_folder(installed: Installed, tmp_path: Path) -> None:
    script = "import perfdoc; print(perfdoc.__file__); print(perfdoc.form(None).folder)"
    where = run(sys.executable, "-c", script, cwd=tmp_path, PYTHONPATH=str(installed.packages)).stdout.split("\n")
    assert all(Path(line).is_relative_to(installed.packages) for line in where if line)
    assert installed.perfdoc("render", CASE / "specs", "-o", "a.docx", "--pages", "none", cwd=tmp_path) == ""
    assert (tmp_path / "a.docx").read_bytes() == (CASE / "document.docx").read_bytes()
    installed.perfdoc("import", "a.docx", "-o", "specs", cwd=tmp_path)
    assert tree(tmp_path / "specs") == tree(CASE / "specs")
    assert "not a byte of YAML changed" in installed.perfdoc("verify", "specs", "a.docx", cwd=tmp_path)
    for kind in ("project", "document"):
        committed = ROOT / f"perfdoc/specs/{kind}.schema.json"
        assert installed.perfdoc("schema", kind, cwd=tmp_path) == committed.read_text(encoding="utf-8")


def test_a_source_archive_builds_the_same_wheel(installed: Installed, tmp_path: Path) -> None:
    archive = built("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    source = tmp_path / archive.name.removesuffix(".tar.gz")
    assert {"tests", "golden", "specs", "docs", "README.zh.md"} <= {entry.name for entry in source.iterdir()}
    assert contents(built("wheel", source, tmp_path / "wheel")) == contents(installed.wheel)


def test_an_editable_install_points_here_and_copies_nothing(tmp_path: Path) -> None:
    wheel = built("editable", ROOT, tmp_path)
    assert [name for name in contents(wheel) if not name.startswith("perfdoc-")] == ["_perfdoc.pth"]
    with zipfile.ZipFile(wheel) as opened:
        assert opened.read("_perfdoc.pth").decode() == str(ROOT)
