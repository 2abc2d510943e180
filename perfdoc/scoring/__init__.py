"""Self-evaluation (绩效自评) scored by 财预〔2020〕10号, with the way to each number shown, and never a guess.

- Execution (预算执行率): executed ÷ budget × points (10 unless the form says otherwise), at most all of them. Where the
  indicators alone come to 100 points and the form gives execution none, it has none.
- A quantitative indicator that is met has full points. One that is short has points in proportion: where more is
  better (≥) actual ÷ target, where less is better (≤) target ÷ actual, which is how the notes printed on the
  self-evaluation forms of central departments and provinces turn the regulation's proportion round (正向 B/A,
  反向 A/B). A range is both bounds. A limit of zero that is passed has no points. A value without a sign counts
  as ≥, but for costs, where it is not said which way is better.
- One far over its target keeps full points and is told of: the regulation has the cause analysed, and lets a
  person reduce the points where the target was set too low.
- A qualitative indicator has no number: the regulation gives bands, 100–80 % (80 included), 80–60 % (60 included)
  and 60–0 % of its points, and a person chooses. A score that is there is held against its band.
- A deadline that was kept, or a thing done within its period, has full points. What is late has no proportion, so
  a person gives under 80 % (it is not 达成). A year's own amounts may be counted by the year: 12次 meets ≥12次/年.
- What can't be told (no actual value, no points, units that don't fit, several values in one, …) is refused, and
  the finding says why. Points are exact fractions, rounded once, half up, to two decimals.
"""

from perfdoc.scoring.project import fill, score
from perfdoc.scoring.sheet import Line, Sheet

__all__ = ["Line", "Sheet", "fill", "score"]
