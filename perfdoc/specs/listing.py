"""What `document.yaml` says: the form, the title, and the project files in their order."""

from pydantic import BaseModel, ConfigDict, Field

from perfdoc.model import Document, Text

LISTING = "document.yaml"
"""The file of a document that lists its project files."""


class Entry(BaseModel):
    """One project of the document: its file, and what its document says of it beside the defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    spec: str = Field(title="项目文件", description="本文件夹中的项目文件名", examples=["01-法院办案业务费.yaml"])
    heading: Text = Field(
        None,
        title="标题",
        description="只在与“序号.项目名称绩效目标表”不同时才写",
        examples=["1.法院办案业务费绩效目标表"],
    )
    bookmarks: tuple[str, ...] | None = Field(
        None,
        title="书签",
        description="标题上的两个书签：章节书签、目录书签；只在与自动生成的不同时才写",
        examples=[["_Toc_4_4_0000000004", "_Toc23416"]],
    )


class Listing(BaseModel):
    """`document.yaml` as it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    form: Text = Field(None, title="表式", description="templates/ 下的表式文件夹名", examples=["tianjin"])
    title: Text = Field(None, title="文件标题", examples=["2023年项目支出绩效目标表"])
    projects: tuple[Entry, ...] = Field((), title="项目", description="一个项目一个文件，按文件中的顺序")


def listing(document: Document, names: tuple[str, ...]) -> Listing:
    """The `document.yaml` of a document whose projects are kept in files of these names."""
    entries = tuple(
        Entry(spec=name, heading=project.heading, bookmarks=project.bookmarks)
        for name, project in zip(names, document.projects, strict=True)
    )
    return Listing(form=document.form, title=document.title, projects=entries)
