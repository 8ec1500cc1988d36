"""Takes one page at a time, as botocore's own ``paginators-1`` data says how.

botocore's paginators keep the token to themselves and ask for all pages in one go; the evidence
wants each page as its own record.

Source: the ``paginators-1.json`` of each service in botocore.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import jmespath

from auditor.model import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """How one operation is paged.

    Attributes:
        inputs: parameters that take the token.
        outputs: expressions that find in an answer what goes into each of them.
        more: expression that says whether there are further pages; None if only a token does.
    """

    inputs: tuple[str, ...]
    outputs: tuple[Any, ...]
    more: Any = None

    @classmethod
    def from_data(cls, data: Mapping[str, Json]) -> Self:
        """Read one operation's entry of ``paginators-1``."""
        more = data.get("more_results")
        return cls(
            inputs=_several(data["input_token"]),
            outputs=tuple(jmespath.compile(path) for path in _several(data["output_token"])),
            more=jmespath.compile(more) if more else None,
        )

    def next_token(self, body: Json) -> dict[str, Json] | None:
        """Return the parameters that ask for the next page, None if this was the last."""
        if self.more is not None and not self.more.search(body):
            return None
        found = {
            name: path.search(body) for name, path in zip(self.inputs, self.outputs, strict=True)
        }
        return {name: value for name, value in found.items() if value not in (None, "")} or None


def _several(value: Json) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
