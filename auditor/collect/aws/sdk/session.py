"""Sessions of botocore whose answers hold JSON only, and what all of them share."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.exceptions import DataNotFoundError
from botocore.loaders import create_loader
from botocore.session import Session
from botocore.utils import parse_timestamp

from auditor.collect.aws.paging import Pager
from auditor.model import Json

AGENT = "auditor"
CONFIG = Config(
    user_agent_extra=AGENT,
    retries={"mode": "standard", "total_max_attempts": 6},
    max_pool_connections=24,  # as many as a collection has workers
    connect_timeout=10,
    read_timeout=60,
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def new_session(profile: str | None) -> Session:
    """Return a session whose answers hold JSON only."""
    session = Session(profile=profile)
    session.register_component("data_loader", _loader(session.get_config_variable("data_path")))
    session.get_component("response_parser_factory").set_parser_defaults(
        timestamp_parser=_moment, blob_parser=str
    )
    return session


@cache
def pager_of(service: str, operation: str) -> Pager | None:
    """Return how an operation is paged, None if it is not."""
    loader = _loader(None)
    try:
        data = loader.load_service_model(service, "paginators-1")["pagination"]
    except DataNotFoundError:
        data = {}
    if operation in data:
        return Pager.from_data(data[operation])
    return Pager.from_model(loader.load_service_model(service, "service-2"), operation)


@cache
def discovers_endpoints(service: str) -> bool:
    """Whether a service must be asked for its address, which may differ between accounts."""
    operations = _loader(None).load_service_model(service, "service-2")["operations"].values()
    return any(each.get("endpointdiscovery", {}).get("required") for each in operations)


@cache
def _loader(data_path: str | None) -> Any:
    """Return the reader of service models, which keeps what it has read for all sessions."""
    loader = create_loader(data_path)
    loader.file_loader = _Files()
    return loader


class _Files:
    """Reads models without their documentation: it is half of them, and nobody here reads it."""

    def __init__(self) -> None:
        self._openers: dict[str, Callable[..., Any]] = {".json": Path.open, ".json.gz": gzip.open}

    def exists(self, file_path: str) -> bool:
        """Whether there is a file, its ending left out."""
        return any(Path(file_path + ending).is_file() for ending in self._openers)

    def load_file(self, file_path: str) -> Json:
        """Read a file, its ending left out; None if there is none."""
        for ending, opener in self._openers.items():
            path = Path(file_path + ending)
            if path.is_file():
                with opener(path, "rb") as file:
                    return json.load(file, object_pairs_hook=_without_documentation)
        return None


def _without_documentation(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    # A member of a shape may be called so, too; that is no text.
    return {
        name: "" if name == "documentation" and isinstance(value, str) else value
        for name, value in pairs
    }


def _moment(value: Json) -> str:
    """Return a moment as ISO 8601 in UTC; one that is none is kept as it came."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return value
    try:
        moment = parse_timestamp(value)
    except ValueError:
        return str(value)
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return str(zoned.astimezone(UTC).isoformat()).replace("+00:00", "Z")
