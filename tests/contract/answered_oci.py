"""Which models of Oracle Cloud's SDK an answer to a read can hold."""

from collections import defaultdict

from auditor.demo.oci.routes import routes_of
from auditor.demo.oci.sdk import clients_of
from auditor.demo.oci.shapes import Type, models, parse_type, shape


def models_answered(module: str) -> set[str]:
    """Return every model that is in some answer, however deep, with all that extend it."""
    extended: dict[str, set[str]] = defaultdict(set)
    for name in models(module):
        known = shape(module, name)
        for ancestor in known.lineage if known else ():
            extended[ancestor].add(name)
    left = [
        _innermost(parse_type(route.response))
        for client in clients_of(module)
        for route in routes_of(client)
    ]
    found: set[str] = set()
    while left:
        name = left.pop()
        known = shape(module, name)
        if known and name not in found:
            found.add(name)
            left += extended[name]
            left += [_innermost(field.type) for field in known.fields.values()]
    return found


def _innermost(type_: Type) -> str:
    while type_.inner is not None:
        type_ = type_.inner
    return type_.name
