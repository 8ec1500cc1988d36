"""Answers made from botocore's own models, which object to members that the API does not have."""

from collections.abc import Iterator
from typing import Any

import botocore.session
from botocore.model import OperationModel, Shape

from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.model import Answer, Json, Outcome
from auditor.spec import Call, Collector, Found, listed
from tests.contract.kubernetes_answers import cluster_operation

BOTOCORE = botocore.session.get_session()
PLACE = {
    "target": "here",
    "account": "111111111111",
    "region": "us-east-1",
    "cluster": "arn:aws:ecs:us-east-1:111111111111:cluster/one",
    "repository": "one main",
    "package_repository": "domain 111111111111 packages",
    "directory": "d-1234567890 arn:aws:sso:::instance/ssoins-1234567890",
}
_DEEPEST = 8


class Strict(dict[str, Json]):
    """One object of an answer; asking it for a member that its shape lacks is a mistake."""

    def __init__(self, shape: Shape, values: dict[str, Json]) -> None:
        super().__init__(values)
        self._shape = shape

    def get(self, key: str, default: Json = None) -> Json:
        assert key in self._shape.members, f"{self._shape.name} has no member {key}"
        return super().get(key, default)

    def __getitem__(self, key: str) -> Json:
        assert key in self._shape.members, f"{self._shape.name} has no member {key}"
        return super().__getitem__(key)

    def without(self, key: str) -> "Strict":
        """Return the same with one member left out, as the provider may do."""
        return Strict(self._shape, {name: value for name, value in self.items() if name != key})

    def with_other(self, key: str, value: Json) -> "Strict":
        """Return the same with another value of one member, as only a forger would write."""
        return Strict(self._shape, {**self, key: value})


_POLICY = '{"Statement": {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "*"}}'


class Maker:
    """Makes answers that have every member; two makers differ in every value that they give.

    Args:
        given: values of members by name, wherever they stand.
    """

    def __init__(
        self, *, flag: bool, text: str, account: str, is_full: bool = True, **given: Json
    ) -> None:
        self._flag = flag
        self._text = text
        self._is_full = is_full
        self._given = {
            "Policy": _POLICY % account,
            "GranteePrincipal": account,
            "AttributeName": "restore",
            **given,
        }

    def full(self) -> "Maker":
        """Return a maker of the same values whose lists are not empty."""
        return self._with(self._text)

    def _with(self, text: str) -> "Maker":
        copy = Maker(flag=self._flag, text=text, account="")
        copy._given = self._given
        return copy

    def answer(self, collector: Collector, call: Call) -> Answer:
        """Return one whole answer to a call."""
        shape = operation_of(collector, call).output_shape
        return Answer(outcome=Outcome.OK, body=self.value(shape, 0))

    def value(self, shape: Shape | None, depth: int) -> Json:
        """Return a value of a shape."""
        if shape is None or depth > _DEEPEST:
            return None
        kind = shape.type_name
        if kind == "structure":
            members = shape.members.items()
            return Strict(shape, {name: self._member(name, each, depth) for name, each in members})
        if kind == "list":
            makers = (self, self._with(f"{self._text}-other")) if self._is_full else ()
            return [maker.value(shape.member, depth + 1) for maker in makers]
        if kind == "map":
            return {self._text: self.value(shape.value, depth + 1)}
        return self._plain(kind, shape)

    def _member(self, name: str, shape: Shape, depth: int) -> Json:
        if name in self._given:
            return self._given[name]
        if name.lower().endswith("arn") and shape.type_name == "string":
            return f"arn:aws:any:us-east-1:111111111111:{self._text}"
        return self.value(shape, depth + 1)

    def _plain(self, kind: str, shape: Shape) -> Json:
        if kind == "string":
            options = getattr(shape, "enum", [])
            return options[0 if self._flag else -1] if options else self._text
        if kind == "timestamp":
            return "2020-09-20T00:00:00Z" if self._flag else "2020-09-21T00:00:00Z"
        numbers = {"integer": int(self._flag), "long": int(self._flag)}
        return numbers.get(kind, self._flag if kind == "boolean" else self._text)


_EXPOSED: dict[str, Json] = {
    "BlockPublicAcls": False,
    "IgnorePublicAcls": False,
    "BlockPublicPolicy": False,
    "RestrictPublicBuckets": False,
    "AttributeValues": ["all"],
    "ObjectOwnership": "BucketOwnerEnforced",
    "URI": "",
}
MAKERS = (
    Maker(flag=True, text="one", account="222222222222"),
    Maker(flag=False, text="two", account="333333333333", is_full=False),
    Maker(flag=True, text="three", account="444444444444", **_EXPOSED),
    Maker(flag=False, text="four", account="555555555555", **_EXPOSED),
)


def operation_of(collector: Collector, call: Call) -> OperationModel:
    """Return botocore's model of an operation, or one in its form of a cluster's API."""
    service = call.service or collector.service
    if service == KUBERNETES:
        return cluster_operation(call.operation)
    return BOTOCORE.get_service_model(service).operation_model(call.operation)


def item_of(collector: Collector, call: Call, maker: Maker) -> Json:
    """Return one listed thing; every listing must be able to list one."""
    items = listed(call, maker.full().answer(collector, call))
    assert items, f"{call.operation} has no list at {call.items}"
    return items[0]


def found_of(collector: Collector, maker: Maker, **answers: Answer) -> Found:
    """Return one resource with every detail answered by this maker, or as given."""
    details = {detail.name: detail for detail in collector.details}
    made = {name: (maker.answer(collector, detail),) for name, detail in details.items()}
    made |= {name: (answer,) for name, answer in answers.items()}
    parent: Any = collector.parent or (collector.listing if collector.below else None)
    return Found(
        place={axis: PLACE[axis] for axis in ("target", *collector.per)},
        item=item_of(collector, collector.listing, maker),
        parent=item_of(collector, parent, maker) if parent else None,
        answers=made,
        records={"item": (0,), **dict.fromkeys(details, (1,))},
        details=details,
    )


ODD: tuple[Json, ...] = (None, 7, -1.5, True, "x", "\ud800", [], {}, ["x", 7, None, {}], {"x": 1})


def forged(value: Json) -> Iterator[Json]:
    """Yield the value with something odd in place of each of its parts in turn."""
    yield from ODD
    if isinstance(value, Strict):
        for name, inner in value.items():
            for other in forged(inner):
                yield value.with_other(name, other)
    elif isinstance(value, list):
        for other in forged(value[0]) if value else ():
            yield [other]
