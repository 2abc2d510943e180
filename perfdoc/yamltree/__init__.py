"""YAML as text with places: the only door to PyYAML (libyaml's events; no loader, no constructor)."""

from perfdoc.yamltree.bytes import MOST_BYTES, decode
from perfdoc.yamltree.packaged import both, packaged
from perfdoc.yamltree.spans import Span, spans
from perfdoc.yamltree.tree import MOST_DEPTH, Mark, Tree, Value, parse

__all__ = ["MOST_BYTES", "MOST_DEPTH", "Mark", "Span", "Tree", "Value", "both", "decode", "packaged", "parse", "spans"]
