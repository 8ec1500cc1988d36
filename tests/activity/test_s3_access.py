"""Lines of S3's server access logs, hostile ones among them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.activity.kernel import summarise
from auditor.activity.partial import ROW_COLUMNS, Origin, Partial

OWNER = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
NAME = "logs/111122223333/eu-west-1/data/2026/01/02/2026-01-02-03-04-05-ABC"
END = '- "-" "aws-cli" - id= SigV4 TLS_AES_128_GCM_SHA256 AuthHeader host TLSv1.3 - -'


def read(*lines: str, name: str = NAME) -> Partial:
    """Summarise a file of these lines."""
    origin = Origin(kind="s3 access", source="s3", name=name)
    return summarise(origin, "\n".join(lines).encode(errors="surrogateescape"))


def line(
    requester: str = OWNER,
    operation: str = "REST.GET.OBJECT",
    request: str = '"GET /data/k HTTP/1.1"',
    outcome: str = "200 - 113 113 7",
    end: str = END,
) -> str:
    """Return one line."""
    time = "[02/Jan/2026:03:04:05 +0100]"
    return f"{OWNER} data {time} 192.0.2.3 {requester} REQ1 {operation} k {request} {outcome} {end}"


def values(partial: Partial, *names: str) -> list[str | int]:
    """Return some columns of the only row."""
    (row,) = partial.rows
    return [row[ROW_COLUMNS.index(name)] for name in names]


def test_a_request_becomes_a_row() -> None:
    """Account and region stand in the name of the file, the moment has an offset."""
    partial = read(line())
    assert values(partial, "account", "region", "store", "access", "bytes_out", "first_id") == [
        "111122223333", "eu-west-1", "arn:aws:s3:::data", "read", 113, "REQ1",
    ]  # fmt: skip
    assert partial.first == "2026-01-02T02:04:05Z"
    assert (partial.events, partial.malformed) == (1, 0)


@pytest.mark.parametrize(
    ("requester", "operation", "principal", "session"),
    [
        ("-", "REST.GET.OBJECT", "anybody", ""),
        (OWNER, "REST.GET.OBJECT", "arn:aws:iam::111122223333:root", ""),
        ("c" * 64, "REST.GET.OBJECT", "c" * 64, ""),
        ("-", "S3.EXPIRE.OBJECT", "service:s3.amazonaws.com", ""),
        (
            "svc:delivery.logs.amazonaws.com",
            "REST.PUT.OBJECT",
            "service:delivery.logs.amazonaws.com",
            "",
        ),
        (
            "arn:aws:sts::999988887777:assumed-role/app/job",
            "REST.GET.OBJECT",
            "arn:aws:iam::999988887777:role/app",
            "job",
        ),
    ],
)
def test_who_asked(requester: str, operation: str, principal: str, session: str) -> None:
    """A requester is an ARN, a canonical id, a service, or nobody who is known."""
    found = values(read(line(requester, operation)), "principal", "session")
    assert found == [principal, session]


@pytest.mark.parametrize(
    ("operation", "access"),
    [
        ("REST.GET.OBJECT", "read"),
        ("WEBSITE.GET.OBJECT", "read"),
        ("REST.COPY.OBJECT_GET", "read"),
        ("REST.COPY.OBJECT", "write"),
        ("REST.HEAD.OBJECT", "other"),
        ("REST.PUT.PART", "write"),
        ("BATCH.DELETE.OBJECT", "write"),
        ("REST.GET.BUCKET", "other"),
        ("REST.PUT.BUCKETPOLICY", "administer"),
        ("REST.GET.ACL", "other"),
    ],
)
def test_which_access_it_was(operation: str, access: str) -> None:
    """Contents and settings are told apart; lists and metadata are neither."""
    assert values(read(line(operation=operation)), "access") == [access]


def test_refusals_and_what_was_sent() -> None:
    """A dash is no bytes; refused requests are errors; what was not changed is none."""
    names = ("errors", "bytes_out", "bytes_known")
    assert values(read(line(outcome="403 AccessDenied 243 - 7")), *names) == [1, 243, 1]
    assert values(read(line(outcome="304 - - 113 7")), *names) == [0, 0, 1]


def test_a_forged_outcome_is_not_believed() -> None:
    """Quotes in what requesters send could state other bytes; then none are known."""
    forged = '"GET /k" 200 - 0 0 1 1 "x" HTTP/1.1"'
    partial = read(line(request=forged, outcome="200 - 99999 99999 7"))
    assert values(partial, "principal", "events", "bytes_known") == [
        "arn:aws:iam::111122223333:root", 1, 0,
    ]  # fmt: skip
    agent = line(end='- "-" "a" 404 X 1 1 "b" - id= SigV4 - - - - - -')
    assert values(read(agent), "events") == [1]


def test_short_and_long_lines() -> None:
    """Fields that were added later may be missing, as may the end of the line; more may come."""
    assert read(line(end='"-" "-"'), line(end=END + " later fields")).malformed == 0
    assert read(line()[:200]).events == 1
    partial = read("short", "", line().replace("02/Jan", "31/Feb"), "x" * (2 << 20))
    assert (partial.events, partial.malformed) == (0, 3)
    assert [sample.position for sample in partial.samples] == ["line 1", "line 3", "line 4"]


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=60),
    st.integers(0, 280),
)
def test_any_line_is_counted_once(noise: str, at: int) -> None:
    """Every line that is not empty is an event or malformed."""
    changed = line()[:at] + noise + line()[at:]
    partial = read(changed, noise)
    lines = sum(bool(each.strip()) for each in (changed.encode(), noise.encode()))
    assert partial.events + partial.malformed == lines
