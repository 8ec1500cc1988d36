"""The evidence store: what is written comes back, also after a kill."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.envelope import seal_evidence
from auditor.errors import EvidenceError
from auditor.evidence import EvidenceStore, read_evidence
from auditor.model import Answer, Json, Outcome, Record, Request


def record(body: Json, step: str = "l0") -> Record:
    """A record with some body."""
    request = Request(
        collector="c", place={"target": "t"}, step=step, service="s", operation="o", parameters={}
    )
    return Record(request=request, answer=Answer(outcome=Outcome.OK, body=body))


JSON = st.recursive(
    # A larger float is written without its exponent, and comes back as an integer near it.
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(-(2**53), 2**53),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(bodies=st.lists(JSON, min_size=1, max_size=6))
def test_what_is_kept_comes_back(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[Json]
) -> None:
    """Strings as they came, numbers equal, order kept, indexes running."""
    folder = tmp_path_factory.mktemp("store")
    store = EvidenceStore(folder, segment_bytes=200)
    indexes = [store.add(record(body)) for body in bodies]
    store.close()

    kept = list(read_evidence(folder))
    assert indexes == [index for index, _ in kept] == list(range(len(bodies)))
    assert [one.answer.body for _, one in kept] == bodies
    assert seal_evidence(folder).records == len(bodies)


def test_segments_rotate_and_number_through(tmp_path: Path) -> None:
    """A full journal becomes a segment; reopening goes on after the last."""
    for start in (0, 5):
        store = EvidenceStore(tmp_path, segment_bytes=400)
        for number in range(start, start + 5):
            assert store.add(record({"n": number})) == number
        store.close()

    names = sorted(path.name for path in (tmp_path / "evidence").glob("*.zst"))
    assert names == [f"{number:06}.jsonl.zst" for number in range(1, len(names) + 1)]
    assert len(names) > 2
    assert [r.answer.body["n"] for _, r in read_evidence(tmp_path)] == list(range(10))


def test_a_kill_between_compressing_and_tidying_up_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    """The journal of a finished segment is only a leftover."""
    store = EvidenceStore(tmp_path)
    store.add(record("one"))
    journal = next((tmp_path / "evidence").glob("*.jsonl"))
    content = journal.read_bytes()
    store.close()
    journal.write_bytes(content)

    EvidenceStore(tmp_path).close()

    assert [r.answer.body for _, r in read_evidence(tmp_path)] == ["one"]
    assert not journal.exists()


def test_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    """Foreign lines are an error with their index, not a traceback."""
    store = EvidenceStore(tmp_path)
    store.add(record("one"))
    journal = next((tmp_path / "evidence").glob("*.jsonl"))
    with journal.open("ab") as file:
        file.write(b'{"other": 1}\n')
    store.close()

    with pytest.raises(EvidenceError, match="record 1 is not a record"):
        list(read_evidence(tmp_path))


def test_memory_does_not_grow_with_records(tmp_path: Path) -> None:
    """Ten times the records, about the same peak, while adding."""
    peaks = []
    for count in (500, 5000):
        store = EvidenceStore(tmp_path / str(count), segment_bytes=2**16)
        tracemalloc.start()
        for number in range(count):
            store.add(record({"filler": "x" * 200, "n": number}))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        store.close()

    assert peaks[1] < 2 * peaks[0]
