"""Why a code was answered as it was: the journal row, the span that decided, the facts behind it (S2.17, S2.18).

For the insurer's staff only; whoever shows an explanation journals it in the same transaction (`looks`). May import
answers, store and terms.
"""

from daftar.disclosure.explanation.explaining import Explanation, explain
from daftar.disclosure.explanation.facts import Fact, Facts, Standing
from daftar.disclosure.explanation.looks import Looker, looks, looks_beside

__all__ = ["Explanation", "Fact", "Facts", "Looker", "Standing", "explain", "looks", "looks_beside"]
