"""Answers made up from the SDK's models, which refuse to be asked for members that no model has."""

import importlib
import inspect
import re
from typing import Any
from zlib import crc32

from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.oci.clusters import KUBECONFIG
from auditor.demo.oci.shapes import Container, Shape, Type, models, parse_type, shape
from auditor.model import Answer, Json, Outcome, Place
from auditor.spec import Call, Collector, Found, listed
from tests.contract.aws_answers import Maker
from tests.contract.kubernetes_answers import cluster_operation

PLACE: Place = {
    "target": "here",
    "account": "ocid1.tenancy.oc1..t",
    "region": "us-ashburn-1",
    "compartment": "ocid1.compartment.oc1..c",
    "namespace": "acme",
    "availability_domain": "Uocm:PHX-AD-1",
    "repository": "ocid1.devopsrepository.oc1.iad.r main",
}
READ: set[tuple[str, str, str]] = set()  # module, model, member: what collectors have read
_DEEPEST, _WHOLE = 4, 2
_NAMING = ("Resources", "id", "items", "name", "regionName", "topicId")


class Body(dict[str, Json]):
    """An object as the API could answer with; only what its models know can be asked for."""

    def __init__(self, module: str, shapes: list[Shape], seed: int, depth: int) -> None:
        self.module = module
        self.shapes = shapes
        self.known = {name for each in shapes for name in each.by_wire}
        members = {n: field.type for each in shapes for n, field in each.by_wire.items()}
        super().__init__(
            {
                name: self._member(name, type_, seed, depth)
                for name, type_ in members.items()
                if depth < _DEEPEST and not _left_out(name, seed)
            }
        )

    def _member(self, name: str, type_: Type, seed: int, depth: int) -> Json:
        if name == "ocid":  # of a person and of a group: those are two, though called alike
            return f"ocid1.{self.shapes[0].name.lower()}.oc1.iad.{seed}"
        for each in self.shapes:
            field = each.by_wire.get(name)
            if field and field.allowed:
                choices = sorted(field.allowed)
                value = choices[seed % len(choices)]
                return [value] if type_.container is Container.LIST else value
        return value_of(self.module, name, type_, seed, depth)

    def get(self, name: str, default: Json = None) -> Json:
        """Return a member, and note that it was read."""
        assert name in self
        return super().get(name, default)

    def __getitem__(self, name: str) -> Json:
        assert name in self
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        assert name in self.known, f"{[each.name for each in self.shapes]} have no {name!r}"
        READ.update((self.module, each.name, str(name)) for each in self.shapes)
        return True


def _left_out(name: str, seed: int) -> bool:
    """Oracle Cloud leaves members out: from the fourth seed on, half of them, each time others."""
    return seed > _WHOLE and name not in _NAMING and bool(crc32(f"{name}{seed}".encode()) % 2)


def value_of(module: str, name: str, type_: Type, seed: int, depth: int) -> Json:
    """Return a value of a type; another one for another seed."""
    if type_.inner is not None:
        inner = value_of(module, name, type_.inner, seed, depth)
        return [inner] if type_.container is Container.LIST else {f"key{seed}": inner}
    plain = {
        "bool": seed % 2 == 0,
        "int": seed + 1,
        "float": seed + 1.5,
        "datetime": f"20{20 + 20 * (seed % 2)}-01-01T00:00:00Z",
        "str": f"ocid1.{name.lower()}.oc1.{('phx', 'iad')[seed % 2]}.{seed}",
    }
    if "region" in name.lower() and type_.name == "str":
        return ("us-phoenix-1", "eu-frankfurt-1")[seed % 2]
    return plain[type_.name] if type_.name in plain else body_of(module, type_.name, seed, depth)


def body_of(module: str, model: str, seed: int = 0, depth: int = -1) -> Json:
    """Return an answer of a model, with the members of all its subtypes."""
    found = shape(module, model)
    if found is None:
        return f"text{seed}"
    others = (shape(module, name) for name in models(module)) if found.polymorphic else ()
    subtypes = [each for each in others if each and model in each.lineage and each is not found]
    return Body(module, [found, *subtypes], seed, depth + 1)


def client_of(collector: Collector, call: Call) -> tuple[str, Any]:
    """Return the SDK module of a call and the method that makes it."""
    module, _, name = (call.service or collector.service).partition(".")
    return module, getattr(getattr(importlib.import_module(f"oci.{module}"), name), call.operation)


def answer_of(collector: Collector, call: Call, seed: int) -> Answer:
    """Return an answer to a call."""
    if call.service == KUBERNETES:
        maker = Maker(flag=seed % 2 == 0, text=f"text{seed}", account="")
        return _ok(maker.value(cluster_operation(call.operation).output_shape, 0))
    if call.operation == KUBECONFIG:
        return _ok({"server": f"text{seed}", "certificate-authority-data": f"text{seed}"})
    module, method = client_of(collector, call)
    found = re.search(r'response_type="([^"]+)"', inspect.getsource(method))
    assert found
    response = parse_type(found[1])
    if response.container is Container.LIST:
        assert response.inner
        return _ok([body_of(module, response.inner.name, seed)])
    return _ok(body_of(module, response.name, seed))


def _ok(body: Json) -> Answer:
    return Answer(outcome=Outcome.OK, body=body, at="2026-11-21T00:00:00Z")


def found_of(collector: Collector, seed: int, denied: str = "") -> Found:
    """Return a resource of a collector; one detail may be denied."""
    (item,) = listed(collector.listing, answer_of(collector, collector.listing, seed))
    above = collector.parent
    (parent,) = listed(above, answer_of(collector, above, seed)) if above else (None,)
    refusal = Answer(outcome=Outcome.DENIED, code="NotAuthorizedOrNotFound")
    names = [detail.name for detail in collector.details]
    return Found(
        place={axis: PLACE[axis] for axis in ("target", *collector.per)},
        item=item,
        parent=parent,
        answers={
            detail.name: (refusal if detail.name == denied else answer_of(collector, detail, seed),)
            for detail in collector.details
        },
        records={"item": (0,), **{name: (n,) for n, name in enumerate(names, 1)}},
        details={detail.name: detail for detail in collector.details},
    )
