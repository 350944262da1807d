"""Questions as people write them, right answers in place, and as the system keeps them: content here, key there.

Forms, content files and importers all write an `Authored`; `compose` takes it apart, `decompose` puts it together again.
"""

from quizzes.domain.authoring.authored import Authored, Choice, Gap, Line, Pair, Step, Typed, true_false_choices
from quizzes.domain.authoring.composing import compose
from quizzes.domain.authoring.decomposing import decompose

__all__ = [
    "Authored",
    "Choice",
    "Gap",
    "Line",
    "Pair",
    "Step",
    "Typed",
    "compose",
    "decompose",
    "true_false_choices",
]
