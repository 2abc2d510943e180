"""Which project, which indicator of one document is which of another: the same name, or the same content.

Each is matched at most once. What is equal is matched first, then what has the same name, then what has the
same name but for its years, then what is most alike; the time grows with the size, not with its square.
"""

from perfdoc.pairing.order import in_order, out_of_order
from perfdoc.pairing.records import pair_indicators, pair_projects

__all__ = ["in_order", "out_of_order", "pair_indicators", "pair_projects"]
