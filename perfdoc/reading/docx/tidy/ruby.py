"""w:ruby: the base text; what stands above it is how it is spoken (ECMA-376 part 1, 17.3.3.25)."""

from lxml import etree

from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.namespaces import w

TAGS = (w("ruby"),)


def ruby(block: etree._Element, story: Story) -> None:
    """Keep the base text only."""
    for element in block.iter(*TAGS):
        for child in list(element):
            if child.tag != w("rubyBase"):
                element.remove(child)
