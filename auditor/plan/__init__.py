"""What an audit would call, before it does: where, how often, for how long, and what stays dark.

Only the calls that find places are made (accounts, regions, compartments). The rest is counted,
and rehearsed in imagined time with the walk, the lanes and the engine of a real collection.
"""

from auditor.plan.counts import KindCount
from auditor.plan.discovery import Discovery, discover
from auditor.plan.earlier import Earlier, read_earlier
from auditor.plan.prediction import Plan, Shards, predict
from auditor.plan.scope import Scope, Unseen, scope_of

__all__ = [
    "Discovery",
    "Earlier",
    "KindCount",
    "Plan",
    "Scope",
    "Shards",
    "Unseen",
    "discover",
    "predict",
    "read_earlier",
    "scope_of",
]
