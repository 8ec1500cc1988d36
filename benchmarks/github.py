"""An organisation with 1,000 repositories and 100,000 merged changes: calls, memory, resuming.

A host on a loopback port answers the real door; the collection runs in a process of its own, is
broken off in the middle, and goes on. A ruleset of the organisation's, which nobody may bypass,
guards three repositories of four, and twenty may have runners of their own: each repository that is
not guarded, and each that may have runners, takes a call more.
"""

import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor.collect.door import Door, Silence
from auditor.collect.engine import collect
from auditor.collect.period import within_period
from auditor.collect.registry import load_collectors
from auditor.collect.workers import WORKERS
from auditor.errors import CollectionError
from auditor.evidence import EvidenceStore, read_evidence
from auditor.model import Answer, Json, Outcome, Request, Target
from benchmarks.measure import Measure
from benchmarks.synthetic import synthetic_audit

REPOSITORIES, CHANGES_EACH, PAGE = 1_000, 100, 100
BROKEN_OFF = 500  # answers after which the first collection ends
UNGUARDED = 4  # one repository of so many
WITH_RUNNERS = 20  # repositories
NOON = "2026-01-02T12:00:00Z"
_OID = "0" * 40
_NAME = re.compile(rb"query (\w+)")
_LISTS = {"installations": "installations", "runners": "runners", "permissions": "none"}


def run() -> list[Measure]:
    """Collect, break off, go on; compare with the figures of the agreement."""
    with _hosting() as host, tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.github", host.url, folder]
        environment = {**os.environ, "GITHUB_TOKEN": "none", "NO_PROXY": "127.0.0.1"}
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    told = json.loads(done.stdout)
    changes, calls = told["changes"], sum(host.calls.values())
    asked_again = calls - told["records"]
    return [
        Measure(name="github.changes_missed", value=REPOSITORIES * CHANGES_EACH - changes, limit=0),
        Measure(name="github.calls_for_fifty_changes", value=50 * calls / changes, limit=1),
        Measure(name="github.calls_made_again", value=asked_again, limit=WORKERS),
        Measure(name="github.refusals", value=told["refusals"], limit=0),
        Measure(name="github.memory", value=told["kilobytes"] / 1e3, limit=500, unit=" MB"),
    ]


class _Host(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.calls: Counter[str] = Counter()
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Host

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        last = self.path.partition("?")[0].rpartition("/")[2]
        self.server.calls[f"GET {last}"] += 1
        if last == "acme":
            self._send(b'{"login": "acme", "default_repository_permission": "read"}')
        elif last == "self-hosted-runners":
            self._send(b'{"enabled_repositories": "selected"}')
        elif last == "repositories":
            self._send(_chosen())
        elif last in _LISTS:
            self._send(json.dumps({_LISTS[last]: []}).encode())
        else:
            self._send(b"{}" if last == "workflow" else b"[]")

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["content-length"]))
        body = json.loads(content)
        found = _NAME.search(body["query"].encode())
        name = found[1].decode() if found else ""
        self.server.calls[name] += 1
        self._send(_answer(name, body["variables"]))

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def _hosting() -> Iterator[_Host]:
    host = _Host()
    thread = threading.Thread(target=host.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        thread.join()
        host.server_close()


def _answer(name: str, variables: Json) -> bytes:
    if name == "History":
        return _HISTORY.replace(b"#", variables["name"].encode())
    if name in ("Members", "Teams"):
        member = {"Members": "membersWithRole", "Teams": "teams"}[name]
        return _encoded({"organization": {member: {**_page([]), "edges": []}}})
    if name == "Identities":
        return _encoded({"organization": {"samlIdentityProvider": None}})
    first = int(variables.get("after") or 0)
    last = min(first + variables["first"], REPOSITORIES)
    page = _page([_repository(number) for number in range(first, last)])
    page["pageInfo"] = {"hasNextPage": last < REPOSITORIES, "endCursor": str(last)}
    return _encoded({"organization": {"repositories": page}})


def _repository(number: int) -> Json:
    empty = ("deployKeys", "environments", "branchProtectionRules", "pullRequests")
    return {
        "pushedAt": NOON,
        "rulesets": _page([_RULESET] if number % UNGUARDED else []),
        "nameWithOwner": f"acme/r{number}",
        "url": f"https://example.com/acme/r{number}",
        "visibility": "PRIVATE",
        "isEmpty": False,
        "defaultBranchRef": {"name": "main", "target": {"oid": _OID}},
        "releases": {"totalCount": 0},
        "collaborators": {**_page([]), "edges": []},
        "outside": _page([]),
        **{name: _page([]) for name in empty},
    }


def _page(items: list[Json]) -> dict[str, Json]:
    page = {"hasNextPage": False, "endCursor": None}
    return {"pageInfo": page, "nodes": items, "totalCount": len(items)}


def _chosen() -> bytes:
    names = [{"full_name": f"acme/r{number}"} for number in range(WITH_RUNNERS)]
    return json.dumps({"repositories": names}).encode()


def _encoded(data: Json) -> bytes:
    return json.dumps({"data": data}).encode()


def _commit(number: int) -> Json:
    """Return a squashed change with two reviews and five commits of its own; '#' is its place."""
    who = {"email": "ann@example.com", "user": {"login": "ann"}}
    oid = f"{number:040x}"
    head = f"{number + 2**32:040x}"
    person = {"__typename": "User", "login": "ben"}
    review = {"state": "APPROVED", "submittedAt": NOON, "commit": {"oid": head}, "author": person}
    own = {"oid": head, "committedDate": NOON, "author": who, "committer": who}
    request = {
        "number": number,
        "title": "Change what a sentence of some sixty letters would describe",
        **dict.fromkeys(("createdAt", "mergedAt"), NOON),
        "baseRepository": {"nameWithOwner": "acme/#"},
        "baseRefName": "main",
        "headRefOid": head,
        **dict.fromkeys(("additions", "deletions", "changedFiles"), 10),
        **dict.fromkeys(("author", "mergedBy"), person),
        "mergeCommit": {"oid": oid},
        "reviews": _page([{**review, "id": f"#{number}.{each}"} for each in range(2)]),
        "reviewThreads": {"totalCount": 2},
        "commits": _page([{"commit": own}] * 5),
        "timelineItems": _page([]),
    }
    return {
        "oid": oid,
        "messageHeadline": "Change # (#1)",
        "committedDate": NOON,
        **dict.fromkeys(("author", "committer"), who),
        "authors": _page([{"user": {"login": "ann"}}]),
        "parents": _page([{"oid": _OID}]),
        "signature": {"isValid": True, "state": "VALID", "wasSignedByGitHub": True},
        "associatedPullRequests": _page([request]),
    }


_RULESET: Json = {
    "databaseId": 1,
    "name": "main",
    "target": "BRANCH",
    "enforcement": "ACTIVE",
    **dict.fromkeys(("createdAt", "updatedAt"), "2019-01-01T00:00:00Z"),
    "source": {"__typename": "Organization", "login": "acme"},
    "conditions": {"refName": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
    "bypassActors": _page([]),
    "rules": _page([{"type": "NON_FAST_FORWARD", "parameters": None}]),
}
_HISTORY = _encoded(
    {
        "repository": {
            "ref": {
                "target": {"history": _page([_commit(number) for number in range(CHANGES_EACH)])}
            }
        }
    }
)


class _Breaking:
    """A door that closes for good after so many answers."""

    def __init__(self, door: Door, answers: int) -> None:
        self._door = door
        self._left = answers

    def ask(self, request: Request) -> Answer:
        self._left -= 1
        if self._left < 0:
            raise CollectionError("broken off")
        return self._door.ask(request)

    def close(self) -> None:
        self._door.close()


def _collect(url: str, folder: Path) -> dict[str, int]:
    from auditor.collect.github.client import GithubDoor  # noqa: PLC0415

    options = {"organization": "acme", "host": url}
    axes = {"host": ("example.com",), "release_branches": ("HEAD",)}
    target = Target(name="code", provider="github", options=options, axes=axes)
    audit = replace(synthetic_audit(), targets=(target,))
    collectors = [
        each for each in within_period(load_collectors(), audit) if each.provider == "github"
    ]
    for answers in (BROKEN_OFF, sys.maxsize):
        store = EvidenceStore(folder)
        door = _Breaking(GithubDoor(target), answers)
        doors: dict[str, Door] = {"code": door}
        try:
            collect((target,), collectors, doors, store, now=lambda: NOON, progress=Silence())
        except CollectionError:
            continue
        finally:
            door.close()
            store.close()
    status = Path("/proc/self/status").read_text()
    return {"kilobytes": int(status.partition("VmHWM:")[2].split()[0]), **_counted(folder)}


def _counted(folder: Path) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for _, record in read_evidence(folder):
        counts["records"] += 1
        counts["refusals"] += record.answer.outcome not in (Outcome.OK, Outcome.ABSENT)
        if record.request.operation == "History":
            history = record.answer.body["data"]["repository"]["ref"]["target"]["history"]
            counts["changes"] += len(history["nodes"])
    return {"records": 0, "refusals": 0, "changes": 0, **counts}


if __name__ == "__main__":
    print(json.dumps(_collect(sys.argv[1], Path(sys.argv[2]))))
