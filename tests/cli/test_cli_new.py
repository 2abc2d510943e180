"""`perfdoc new`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT
from cli_support import LISTING, PROJECT, folder, run, tree
from waiting import PATIENCE

import perfdoc
from perfdoc.new_project import project
from perfdoc.specs import load

SATISFIED = "满意度指标/服务对象满意度指标/参训人员/满意度=≥95%"
ROW = "产出指标/数量指标/培训人次=≥30人次"


def test_a_project_from_flags_is_added_to_its_document(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a", {"document.yaml": LISTING.replace("- spec: 02", "# 第二个\n- spec: 02")})
    before = tree(specs)
    ran = run(
        "new", specs, "--name", "培训费", "--total", "12.00", "--fiscal", "12.00", "--purpose", "培训",
        "--goal", "全员培训。", "--goal", "考核。", "--indicator", ROW, "--indicator", SATISFIED,
    )  # fmt: skip
    assert (ran.code, ran.out) == (0, "")
    made = tree(specs)
    assert (
        made.pop("03-培训费.yaml").decode()
        == """\
name: 培训费
agency:
  code: "209101"
  name: 天津市河西区人民法院
money_unit: 万元
budget:
  total: 12.00
  fiscal: 12.00
  other:
purpose: 培训
goals: |-
  1.全员培训。
  2.考核。
indicators:
- level1: 产出指标
  level2: 数量指标
  level3: 培训人次
  target: ≥30人次
- level1: 满意度指标
  level2: 服务对象满意度指标
  level3: 参训人员/满意度
  target: ≥95%
"""
    )
    assert made.pop("document.yaml") == before.pop("document.yaml") + "- spec: 03-培训费.yaml\n".encode()
    assert made == before
    assert len(load(specs).document.projects) == 3


def test_a_new_document_and_the_frame_of_its_scheme(tmp_path: Path) -> None:
    specs = tmp_path / "x/2024"
    assert run("new", specs, "--name", "培训费", "-n").code == 0
    assert not specs.exists()
    assert run("new", specs, "--name", "培训费").code == 0
    document = load(specs).document
    (project,) = document.projects
    assert (document.form, project.money_unit, project.goals) == ("tianjin", "万元", "")
    assert [(row.level1, row.level2) for row in project.indicators][:4] == [
        ("产出指标", kind) for kind in ("数量指标", "质量指标", "时效指标", "成本指标")
    ]
    assert {row.target for row in project.indicators} == {""}
    assert run("fmt", "--check", specs).code == 0
    assert run("render", specs, "-o", tmp_path / "x.docx", "--pages", "none").code == 0


def test_what_can_not_be_made(tmp_path: Path) -> None:
    specs = folder(tmp_path / "a")
    before = tree(specs)
    assert "--name" in run("new", specs).err
    assert run("new", specs).code == 2
    assert run("new", specs, "--name", " ").code == 2
    for wrong in ("培训", "甲/乙=≥5", "甲/乙/丙", "甲/乙/丙>=5", "甲/乙/=5"):
        assert run("new", specs, "--name", "x", "--indicator", wrong).code == 2, wrong
    assert run("new", specs, "--name", "x", "--form", "nonsense").code == 2
    assert run("new", tmp_path / "b", "--name", "x", "--form", "nonsense").code == 2
    assert run("new", specs / "01-法院办案业务费.yaml", "--name", "x").code == 2
    assert tree(specs) == before
    (specs / "03-x.yaml").write_text(PROJECT, encoding="utf-8")
    assert run("new", specs, "--name", "x").code == 1
    assert (specs / "03-x.yaml").read_text(encoding="utf-8") == PROJECT
    (specs / "document.yaml").write_text("projects: [", encoding="utf-8")
    assert run("new", specs, "--name", "y").code == 3


def test_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True, raising=False)
    specs = folder(tmp_path / "a")
    given = ("new", specs, "--name", "培训费", "--goal", "一。", "--indicator", ROW)
    assert run(*given, stdin="\n\n\n9.00\n9.00\n\n用途\n").code == 0
    project = load(specs).document.projects[2]
    assert (project.agency.name, project.budget.total, project.purpose) == ("天津市河西区人民法院", "9.00", "用途")
    assert run("new", specs, "--no-input").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")
def test_a_terminal_is_asked(tmp_path: Path) -> None:
    import pty

    specs = folder(tmp_path / "a")
    answers = ["培训费", "", "", "", "12.00", "12.00", "", "培训", "全员培训。", "", "培训人次", "≥30人次", *[""] * 9]
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "perfdoc", "new", str(specs)],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=env,
    )
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    _, said = process.communicate(timeout=PATIENCE)
    os.close(ours)
    assert process.returncode == 0, said.decode()
    assert "项目名称" in said.decode()
    project = load(specs).document.projects[2]
    assert (project.name, project.agency.code, project.budget.total, project.goals) == (
        "培训费",
        "209101",
        "12.00",
        "全员培训。",
    )
    (row,) = project.indicators
    assert (row.level2, row.level3, row.target) == ("数量指标", "培训人次", "≥30人次")


def test_nothing_that_the_form_has_no_place_for(tmp_path: Path) -> None:
    mine = tmp_path / "templates/mine"
    shutil.copytree(ROOT / "templates/tianjin", mine)
    text = (mine / "form.yaml").read_text(encoding="utf-8")
    fields, _, columns = text.partition("columns:")
    fields = re.sub(r"- path: money_unit\n(?:  .*\n)+", "", fields)
    columns = re.sub(r"- path: level[12]\n(?:  .*\n)+", "", columns)
    (mine / "form.yaml").write_text(f"{fields}columns:{columns}", encoding="utf-8")
    assert run("--templates", mine.parent, "new", tmp_path / "x", "--form", "mine", "--name", "培训费").code == 0
    (project,) = load(tmp_path / "x").document.projects
    assert (project.money_unit, project.indicators) == (None, ())


def test_a_key_that_the_form_has_no_place_for_is_not_written() -> None:
    form = perfdoc.form("central")
    bare = form.model_copy(update={"fields": tuple(one for one in form.fields if one.path != "goals")})
    assert (project(form, {"name": "培训"}, "", []).goals, project(bare, {"name": "培训"}, "", []).goals) == ("", None)
