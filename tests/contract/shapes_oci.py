"""Writes what answers of Oracle Cloud can hold: python -m tests.contract.shapes_oci.

Everything comes from the installed SDK's own models; nothing is asked of the cloud.
"""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.registry import load_collectors
from auditor.demo.oci.routes import routes_of
from auditor.demo.oci.sdk import clients_of
from auditor.demo.oci.shapes import Container, Field, Type, models, parse_type, shape
from auditor.facts import shapes
from tests.contract.answered_oci import innermost

PAGE = Path(shapes.__file__).with_name(shapes.FILES["oci"])
ABOUT = (
    "Members and enumerated values of the answers that collectors of Oracle Cloud ask for, by "
    "their names in JSON, as the models of Oracle's Python SDK (oci on PyPI) list them. A model "
    "has the members of all that extend it. Written by python -m tests.contract.shapes_oci."
)
_DECIDES = re.compile(r"= object_dictionary\[['\"](\w+)['\"]\]")
_NAMES = re.compile(r"if \w+ == ['\"]([^'\"]+)['\"]:")
Model = tuple[str, str]  # module and name


def reference() -> bytes:
    """Return the file as it should be: a line for each call and model, sorted."""
    answers = dict(sorted(_answers()))
    described = {_name(model): _describe(model) for model in _reached(answers.values())}
    parts: Mapping[str, Mapping[str, Any]] = {
        "answers": {call: _name(model) for call, model in answers.items()},
        "models": dict(sorted(described.items())),
    }
    lines = [f'{{"about":{_text(ABOUT)}']
    for part, entries in parts.items():
        inner = ",\n".join(f"{_text(name)}:{_text(entry)}" for name, entry in entries.items())
        lines.append(f",\n{_text(part)}:{{\n{inner}\n}}")
    return ("".join(lines) + "}\n").encode()


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _name(model: Model) -> str:
    return ".".join(model)


def _answers() -> Iterator[tuple[str, Model]]:
    """Yield each call that collectors make and that answers with a model."""
    for collector in load_collectors():
        if collector.provider != "oci":
            continue
        for call in collector.calls:
            service = call.service or collector.service
            module = service.partition(".")[0]
            name = f"{service}.{call.operation}"
            if service == KUBERNETES:
                continue  # of its answers a few named members are kept
            response = innermost(parse_type(_responses(module)[name]))
            if _is_model(module, response):
                yield name, (module, response)


@cache
def _responses(module: str) -> Mapping[str, str]:
    return {
        route.name: route.response for client in clients_of(module) for route in routes_of(client)
    }


def _reached(roots: Iterable[Model]) -> set[Model]:
    left, found = list(roots), set()
    while left:
        model = left.pop()
        if model not in found:
            found.add(model)
            left += {
                (model[0], name)
                for each in _family(model)
                for field in each
                if _is_model(model[0], name := innermost(field.type))
            }
    return found


@cache
def _family(model: Model) -> tuple[tuple[Field, ...], ...]:
    """Return the fields of a model and of each that extends it."""
    module, name = model
    base = models(module)[name]
    members = (each for each, kind in models(module).items() if issubclass(kind, base))
    found = (shape(module, each) for each in sorted(members))
    return tuple(tuple(each.fields.values()) for each in found if each)


def _describe(model: Model) -> Mapping[str, Any]:
    """Return the members of a model, and of some what is in them or which values they take."""
    fields: dict[str, list[Field]] = {}
    for each in _family(model):
        for field in each:
            fields.setdefault(field.wire, []).append(field)
    inner, values = {}, {}
    for wire, several in sorted(fields.items()):
        names = {innermost(field.type) for field in several}
        if all(_is_model(model[0], name) for name in names):
            maps = any(_has_map(field.type) for field in several)
            inner[wire] = [*(["*"] if maps else []), *sorted(f"{model[0]}.{n}" for n in names)]
        allowed = [field.allowed for field in several if field.allowed is not None]
        named = _subtypes(model).get(wire, set())
        if named or len(allowed) == len(several):
            values[wire] = sorted(named.union(*allowed))
    plain = [wire for wire in sorted(fields) if wire not in inner and wire not in values]
    described = {"plain": plain, "inner": inner, "values": values}
    return {part: known for part, known in described.items() if known}


@cache
def _subtypes(model: Model) -> Mapping[str, set[str]]:
    """Return the members that decide which model an object is, and the values that name one."""
    module, name = model
    base = models(module)[name]
    found: dict[str, set[str]] = {}
    for kind in models(module).values():
        if issubclass(kind, base) and "get_subtype" in vars(kind):
            source = inspect.getsource(kind.get_subtype)
            for member in _DECIDES.findall(source):
                found.setdefault(member, set()).update(_NAMES.findall(source))
    return found


def _is_model(module: str, name: str) -> bool:
    kind = models(module).get(name)
    return kind is not None and shape(module, name) is not None


def _has_map(type_: Type) -> bool:
    return type_.container is Container.MAP or (type_.inner is not None and _has_map(type_.inner))


if __name__ == "__main__":
    PAGE.write_bytes(reference())
