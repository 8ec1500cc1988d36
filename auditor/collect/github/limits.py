"""How fast GitHub lets one caller ask: its secondary limits.

The hourly allowance is waited out when GitHub says that it is used up.
Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from auditor.collect.limits import Limit
from auditor.model import Request

_REST = Limit(name="rest", rate=15, burst=30)  # 900 points a minute
# A minute of computing in each minute: a full page takes a second or two of it.
_GRAPHQL = Limit(name="graphql", rate=2, burst=10)


class _Github:
    def of(self, request: Request) -> Limit:
        """Return the limit of the API that a call asks."""
        return _GRAPHQL if request.service == "graphql" else _REST


LIMITS = _Github()
