"""What the facts know of the shapes of answers is what the installed SDK knows."""

from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.registry import load_collectors
from auditor.facts.shapes import shape_of
from tests.contract.shapes_oci import PAGE, reference

# Their answer is one word, or is kept in a few members only.
WORDS = {"get_namespace", "create_kubeconfig"}


def test_the_file_is_current() -> None:
    """Run ``python -m tests.contract.shapes_oci`` when this fails: a new SDK, or a new call."""
    assert PAGE.read_bytes() == reference()


def test_every_call_has_a_shape() -> None:
    """Whatever a collector asks, members of the answer that nobody knows are noticed."""
    unknown = {
        call.operation
        for collector in load_collectors()
        for call in collector.calls
        if collector.provider == "oci"
        and call.service != KUBERNETES
        and shape_of("oci", call.service or collector.service, call.operation) is None
    }

    assert unknown == WORDS
