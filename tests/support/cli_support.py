"""What the command line's tests share: running it, and specs to run it on."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

from checkout import ROOT
from click.testing import CliRunner
from waiting import PATIENCE

from perfdoc.cli.program import program

PROJECT = """\
name: 法院办案业务费
agency:
  code: "209101"
  name: 天津市河西区人民法院
money_unit: 万元
budget:
  total: 55.00
  fiscal: 55.00
  other:
purpose: 数字档案扫描
goals: |-
  1.将档案扫描服务外包，保证 <A&B>。
  2.促进法院档案信息化建设，{{ 提高 }}效率。
indicators:
- level1: 产出指标
  level2: 数量指标
  level3: 数字档案扫描数量
  target: ≥183万页
- level1: 产出指标
  level2: 质量指标
  level3: 档案扫描成果合格率
  description: 年度抽检合格率
  target: ≥90%
"""
SECOND = PROJECT.replace("法院办案业务费", "司法救助资金").replace("55.00", "33.00")
LISTING = """\
form: tianjin
projects:
- spec: 01-法院办案业务费.yaml
- spec: 02-司法救助资金.yaml
"""


class Ran(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str
    raw: bytes

    def found(self) -> list[dict[str, Any]]:
        """Standard error as the array that `--format json` promises."""
        array = json.loads(self.err)
        assert isinstance(array, list)
        return array


_PROGRESS = re.compile(r"^\[[# ]*\] +\d+/\d+ .*\n", re.M)


def without_progress(said: str) -> str:
    """What a run over many files said, without the lines on how far it is: a busy machine brings some forth."""
    return _PROGRESS.sub("", said)


def run(*args: str | Path, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Ran:
    """The command in this process; an exception that gets out of it is an error of the test. See `without_progress`."""
    result = CliRunner().invoke(program, [str(arg) for arg in args], input=stdin, env=env)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.stderr
    return Ran(result.exit_code, result.stdout, without_progress(result.stderr), result.stdout_bytes)


def start(*args: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own; see `without_progress`."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **options.pop("env", {})}
    command = [sys.executable, "-m", "perfdoc", *map(str, args)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
        env=env,
        **options,
    )
    done.stderr = without_progress(done.stderr)
    return done


def folder(where: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """A document's folder: two projects, with `files` written over them."""
    texts: dict[str, str | bytes] = {
        "document.yaml": LISTING,
        "01-法院办案业务费.yaml": PROJECT,
        "02-司法救助资金.yaml": SECOND,
        **(files or {}),
    }
    where.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (where / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return where


def word(where: Path, stem: str = "received") -> Path:
    """A Word file of the two projects."""
    file = where / f"{stem}.docx"
    ran = run("render", folder(where / f"{stem}-specs"), "-o", file, "--pages", "none")
    assert ran.code == 0, ran.err
    return file



def tree(where: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, with its bytes."""
    return {str(f.relative_to(where)): f.read_bytes() for f in sorted(where.rglob("*")) if f.is_file()}


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
