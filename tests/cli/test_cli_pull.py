"""`perfdoc pull` in real repositories: the base is found, both sides' changes are there, conflicts are marked."""

from __future__ import annotations

import io
import re
import zipfile
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from cli_support import Ran, folder, run, tree
from git_support import Repository, repository  # noqa: F401
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPEC = "specs/a/01-法院办案业务费.yaml"


@pytest.fixture
def there(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:  # noqa: F811
    """A repository with one document, sent as `sent.docx`; the current folder is its top."""
    monkeypatch.chdir(repository.folder)
    folder(repository.folder / "specs/a")
    repository.commit("sent")
    ran = run("render", "specs/a", "-o", "sent.docx", "--pages", "none")
    assert ran.code == 0, ran.err
    return repository


def returned(name: str, *changes: tuple[str, str], of: str = "sent.docx", comment: str = "") -> str:
    """The file with cells typed over, and maybe a comment at the first of them."""
    document = docx.Document(of)
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for old, new in changes:
        cell = next(one for one in cells if one.text == old)
        cell.paragraphs[0].runs[0].text = new
        if comment:
            document.add_comment(cell.paragraphs[0].runs, comment, "财政局")
    document.save(name)
    return name


def tracked(name: str, old: str, new: str, of: str = "sent.docx") -> str:
    """The file with one text changed, tracked."""
    about = 'w:author="财政局" w:date="2024-03-02T15:04:00Z"'
    with zipfile.ZipFile(of) as sent:
        parts = {part: sent.read(part) for part in sent.namelist()}
    text = parts["word/document.xml"].decode()
    at = text.index(f">{old}</w:t>")
    start, end = text.rindex("<w:r>", 0, at), text.index("</w:r>", at) + len("</w:r>")
    run_ = text[start:end]
    struck = run_.replace("<w:t", "<w:delText").replace("</w:t>", "</w:delText>")
    both = f'<w:del w:id="901" {about}>{struck}</w:del><w:ins w:id="902" {about}>{run_.replace(old, new)}</w:ins>'
    parts["word/document.xml"] = (text[:start] + both + text[end:]).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for part, content in parts.items():
            file.writestr(part, content)
    Path(name).write_bytes(made.getvalue())
    return name


def edit(there: Repository, old: str, new: str, name: str = SPEC) -> None:
    text = there.read(name)
    assert old in text
    there.write(name, text.replace(old, new, 1))


def pulled(*args: str, code: int = 0) -> Ran:
    ran = run("pull", *args)
    assert ran.code == code, ran.out + ran.err
    return ran


def test_both_sides_changes_are_there_and_comments_stay(there: Repository) -> None:
    edit(there, "≥90%", "≥95%  # 与上年一致")
    there.commit("meanwhile")
    ran = pulled(returned("back.docx", ("≥183万页", "≥190万页")))
    assert "数字档案扫描数量: ≥183万页 → ≥190万页" in ran.out
    assert there.git("diff", "-U0", "--", "specs").count("\n+ ") == 1
    assert "target: ≥190万页\n" in there.read(SPEC)
    assert "target: ≥95%  # 与上年一致\n" in there.read(SPEC)


def test_the_base_is_found_on_any_branch(there: Repository) -> None:
    there.git("checkout", "-q", "-b", "draft")
    edit(there, "≥183万页", "≥184万页")
    there.commit("draft")
    run("render", "specs/a", "-o", "draft.docx", "--pages", "none")
    there.git("checkout", "-q", "main")
    edit(there, "≥90%", "≥91%")
    there.commit("main")
    ran = pulled(returned("back.docx", ("≥90%", "≥99%"), of="draft.docx"), "-d", "specs/a", code=1)
    assert there.git("rev-parse", "--short=9", "draft").strip() in ran.err
    text = there.read(SPEC)
    assert "<<<<<<< ours\n  target: ≥91%\n=======\n  target: ≥99%\n>>>>>>> back.docx\n" in text
    assert "≥183万页" in text


def test_the_base_is_found_under_the_folder_s_names_before(there: Repository) -> None:
    back = returned("back.docx", ("≥183万页", "≥190万页"))
    edit(there, "≥90%", "≥95%")
    there.commit("meanwhile")
    for old, new in (("specs/a", "specs/b"), ("specs", "文件")):
        there.git("mv", old, new)
        there.commit("renamed")
    pulled(back, "-d", "文件/b")
    text = there.read(SPEC.replace("specs/a", "文件/b"))
    assert "target: ≥190万页\n" in text
    assert "target: ≥95%\n" in text


def test_a_file_without_the_property_is_known_by_its_contents_without_tracked_changes(there: Repository) -> None:
    run("render", "specs/a", "-o", "plain.docx", "--pages", "none", "--anonymous")
    edit(there, "≥90%", "≥95%")
    there.commit("meanwhile")
    ran = pulled(tracked("back.docx", "≥183万页", "≥190万页", of="plain.docx"), "-d", "specs/a")
    assert "whose contents it has" in ran.err
    assert "[财政局 2024-03-02 15:04]" in ran.out
    assert "≥190万页" in there.read(SPEC)
    assert "≥95%" in there.read(SPEC)


def test_what_was_typed_over_is_never_taken_into_the_base(there: Repository) -> None:
    run("render", "specs/a", "-o", "plain.docx", "--pages", "none", "--anonymous")
    back = returned("back.docx", ("≥183万页", "≥190万页"), of="plain.docx")
    before = tree(there.folder / "specs")
    ran = pulled(back, "-d", "specs/a", code=2)
    assert "--base" in ran.err
    assert tree(there.folder / "specs") == before
    pulled(back, "-d", "specs/a", "--base", "HEAD")
    assert "≥190万页" in there.read(SPEC)
    pulled(back, "-d", "specs/a", "--base", "plain.docx")
    pulled(back, "-d", "specs/a", "--base", "nowhere", code=2)


@pytest.mark.parametrize("to", ["sent.docx", "sent.xlsx", "list.xlsx"])
def test_an_unchanged_file_changes_not_a_byte(there: Repository, to: str) -> None:
    more = ("--form", "flat-xlsx") if to == "list.xlsx" else ()
    run("render", "specs/a", "-o", to, "--pages", "none", "--force", *more)
    there.write(SPEC, "# 甲\n" + there.read(SPEC).replace("\n", "\r\n"))
    before = tree(there.folder / "specs")
    assert "nothing was changed in it" in pulled(to).err
    assert tree(there.folder / "specs") == before


def test_n_shows_it_and_changes_nothing(there: Repository) -> None:
    before = tree(there.folder / "specs")
    ran = pulled(returned("back.docx", ("≥183万页", "≥190万页")), "-n")
    assert "≥183万页 → ≥190万页" in ran.out
    assert "would" in ran.err
    assert tree(there.folder / "specs") == before


def test_several_files_and_a_value_that_three_have_otherwise(there: Repository) -> None:
    edit(there, "≥183万页", "≥184万页")
    files = [
        returned("甲.docx", ("≥183万页", "≥190万页"), ("≥90%", "≥91%")),
        returned("乙.docx", ("≥183万页", "≥200万页"), ("55.00", "56.00")),
    ]
    ran = pulled(*files, "-d", "specs/a", code=1)
    text = there.read(SPEC)
    sides = ("<<<<<<< ours", "  target: ≥184万页", "=======", "  target: ≥190万页", ">>>>>>> 甲.docx", "=======")
    assert "\n".join((*sides, "  target: ≥200万页", ">>>>>>> 乙.docx", "")) in text
    assert text.count("<<<<<<<") == 1
    assert "≥91%" in text
    assert "56.00" in text
    assert "数字档案扫描数量: ours: target: ≥184万页; 甲.docx: target: ≥190万页; 乙.docx:" in ran.err


def test_a_new_row_has_its_comment_though_something_is_in_conflict(there: Repository) -> None:
    document = docx.Document(returned("back.docx", ("≥183万页", "≥190万页")))
    row = next(row for table in document.tables for row in table.rows if row.cells[-1].text == "≥90%")
    new = deepcopy(row._tr)
    row._tr.addnext(new)
    texts = [text for text in new.iter(f"{{{W}}}t") if text.text in ("档案扫描成果合格率", "年度抽检合格率", "≥90%")]
    for text, said in zip(texts, ("新增", "新增的", "9次"), strict=True):
        text.text = said
    cell = next(one for table in document.tables for row in table.rows for one in row.cells if one.text == "9次")
    document.add_comment(cell.paragraphs[0].runs, "依据？", "财政局")
    document.save("back.docx")
    edit(there, "≥183万页", "≥184万页")
    ran = pulled("back.docx", "-n", code=1)
    assert "数字档案扫描数量: ours: target: ≥184万页; back.docx: target: ≥190万页" in ran.err
    assert "<<<" not in there.read(SPEC)
    pulled("back.docx", code=1)
    text = there.read(SPEC)
    assert re.search("level3: 新增\n  description: 新增的\n  # 审核 .*财政局：依据？\n  target: 9次\n", text)
    assert text.count("依据？") == text.count("<<<<<<< ours\n  target") == 1


def test_what_was_moved_tracked_is_in_its_new_place(there: Repository) -> None:
    about = {
        f"{{{W}}}{name}": said for name, said in {"id": "9", "author": "甲", "date": "2024-03-02T15:04:00Z"}.items()
    }
    document = docx.Document("sent.docx")

    def tracked_as(element: etree._Element, kind: str) -> None:
        for one in list(element.iter(f"{{{W}}}r")):
            mark = etree.Element(f"{{{W}}}{kind}", about)
            parent = one.getparent()
            assert parent is not None
            parent.replace(one, mark)
            mark.append(one)

    row = next(row for table in document.tables for row in table.rows if row.cells[-1].text == "≥183万页")
    paragraph = next(
        one for one in document.element.iter(f"{{{W}}}p") if "将档案扫描服务外包" in "".join(one.itertext())
    )
    for moved, mark in ((row._tr, "trPr"), (paragraph, "pPr/rPr")):
        new = deepcopy(moved)
        last = moved.getnext()
        for one, kind, plain in ((moved, "moveFrom", "del"), (new, "moveTo", "ins")):
            tracked_as(one, kind)
            held = one
            for step in mark.split("/"):
                found = held.find(f"{{{W}}}{step}")
                held = etree.SubElement(held, f"{{{W}}}{step}") if found is None else found
            etree.SubElement(held, f"{{{W}}}{plain if mark == 'trPr' else kind}", about)
        last.addnext(new)
    document.save("back.docx")
    ran = pulled("back.docx")
    text = there.read(SPEC)
    assert text.index("≥90%") < text.index("≥183万页")
    assert "goals: |-\n  2.促进法院档案信息化建设，{{ 提高 }}效率。\n  1.将" in text
    assert "[甲 2024-03-02 15:04]" in ran.out


def test_a_file_that_the_document_does_not_list_is_not_written_over(there: Repository) -> None:
    back = returned("back.docx", ("33.00", "34.00"))
    there.write("specs/a/document.yaml", there.read("specs/a/document.yaml").partition("- spec: 02")[0])
    before = there.read("specs/a/02-司法救助资金.yaml")
    pulled(back, "-d", "specs/a", code=1)
    assert there.read("specs/a/02-司法救助资金.yaml") == before
    assert "34.00" in there.read("specs/a/03-司法救助资金.yaml")


def test_review_comments_are_kept_once(there: Repository) -> None:
    back = returned("back.docx", ("≥183万页", "≥190万页"), comment="依据？")
    pulled(back)
    text = there.read(SPEC)
    assert text.count("财政局：依据？\n  target: ≥190万页\n") == 1
    assert "says all of it already" in pulled(back).err
    assert there.read(SPEC) == text


def test_an_old_file_used_for_something_else_is_refused(there: Repository) -> None:
    document = docx.Document("sent.docx")
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells[1:]:
                if cell.text and "指标" not in cell.text and cell.paragraphs[0].runs:
                    cell.paragraphs[0].runs[0].text = f"另{len(cell.text)}{cell.text[:1]}"
    document.save("old.docx")
    before = tree(there.folder / "specs")
    assert "an old file" in pulled("old.docx", "-d", "specs/a", code=4).err
    assert tree(there.folder / "specs") == before


def test_a_project_that_was_taken_out_is_no_longer_listed(there: Repository) -> None:
    folder(there.folder / "two", {"document.yaml": there.read("specs/a/document.yaml").partition("- spec: 02")[0]})
    run("render", "two", "-o", "two.docx", "--pages", "none")
    ran = pulled("two.docx", "-d", "specs/a", "--base", "specs/a")
    assert "02-" not in there.read("specs/a/document.yaml")
    assert "no project of the document any more" in ran.err
    assert (there.folder / "specs/a/02-司法救助资金.yaml").exists()


def test_the_document_is_the_one_that_the_file_names(there: Repository) -> None:
    back = returned("back.docx", ("≥183万页", "≥190万页"))
    other = there.read(SPEC).replace("≥183万页", "≥1万页")
    folder(there.folder / "specs/b", {Path(SPEC).name: other})
    assert "specs/a/01" in pulled(back, "-n").err
    there.write(f"specs/b/{Path(SPEC).name}", there.read(SPEC))
    assert "give -d" in pulled(back, "-n", code=2).err
    assert "neither" not in pulled(back, "-n", "-d", "specs/b").err
    pulled(back, "-d", "nowhere", code=3)


def test_merge_takes_folders_and_word_files(there: Repository) -> None:
    back = returned("back.docx", ("≥183万页", "≥190万页"))
    base = folder(there.folder / "base")
    other = folder(there.folder / "other", {Path(SPEC).name: there.read(SPEC).replace("≥90%", "≥95%  # 乙")})
    edit(there, "name: 法院办案业务费", "name: 法院办案业务费  # 甲")
    assert run("merge", base, "specs/a", other).code == 0
    assert run("merge", "sent.docx", "specs/a", back).code == 0
    text = there.read(SPEC)
    assert [piece for piece in ("≥190万页", "≥95%  # 乙", "# 甲") if piece not in text] == []
    assert run("merge", base, back, other).code == 2
    assert run("merge", "-p", base, "specs/a", other).code == 2


def test_a_received_file_that_was_written_into_is_traced_and_lacks_nothing(there: Repository) -> None:
    table = docx.Document()
    table.add_paragraph("项目绩效目标申报表")
    rows = [
        ("项目名称", "培训"),
        ("预算数", "12.00"),
        ("一级指标", "三级指标", "指标值"),
        ("产出指标", "培训人次", "≥30人次"),
    ]
    for row in rows:
        cells = table.add_table(1, len(row)).rows[0].cells
        for cell, text in zip(cells, row, strict=True):
            cell.paragraphs[0].add_run(text)
    table.save("own.docx")
    imported = run("import", "own.docx", "-o", "specs/own")
    assert imported.code == 0, imported.err
    (spec,) = (there.folder / "specs/own").glob("0*.yaml")
    spec.write_text(spec.read_text(encoding="utf-8") + "results: 表上没有\n", encoding="utf-8")
    there.commit("own")
    ran = run("render", "specs/own", "--into", "own.docx", "-o", "traced.docx", "--trace")
    assert ran.code == 0, ran.err
    assert run("render", "specs/own", "--trace").code == 2
    before = tree(there.folder / "specs")
    pulled("traced.docx", "-d", "specs/own")
    assert tree(there.folder / "specs") == before
    pulled(returned("back.docx", ("≥30人次", "≥40人次"), of="traced.docx"), "-d", "specs/own")
    text = spec.read_text(encoding="utf-8")
    assert "≥40人次" in text
    assert "results: 表上没有" in text
