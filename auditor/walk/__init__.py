"""The order in which calls are made, whoever answers them.

``collect`` walks with the clouds answering and keeps the answers; ``facts`` walks again with the
kept answers. So what was asked and what is read cannot differ, and a collection that was killed
resumes by walking over what it kept and asking only for the rest.

A :class:`Walk` asks nobody itself. It hands out requests, takes each answer as it comes, in any
order, and says what that answer revealed: resources, finished units, further requests.
"""

from auditor.walk.census import Spared
from auditor.walk.shards import Shard
from auditor.walk.tasks import Unit
from auditor.walk.walk import Revealed, Walk

__all__ = ["Revealed", "Shard", "Spared", "Unit", "Walk"]
