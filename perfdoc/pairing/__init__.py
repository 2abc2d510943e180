"""Which project, which indicator of one document is which of another: the same name, or the same content.

Each is matched at most once. What is equal is matched first, then what has the same name and agency, then what has
the same name, then what has it but for its years, then what is most alike; at last what stands between the same
neighbours and has something in common. Of several with one name the most alike
are matched first, the others in their order. The time grows with the size, not with its square.
"""

from perfdoc.pairing.conversation import pair_threads, united
from perfdoc.pairing.order import between, in_order, out_of_order
from perfdoc.pairing.records import pair_indicators, pair_projects

__all__ = ["between", "in_order", "out_of_order", "pair_indicators", "pair_projects", "pair_threads", "united"]
