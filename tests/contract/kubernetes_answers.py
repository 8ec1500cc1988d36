"""What the API of a cluster answers, as much of it as is kept, in the form of botocore's models."""

from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from botocore.model import OperationModel, ServiceModel

from auditor.collect.kubernetes.calls import AUTHORITY, CLUSTER, READS, SERVICE
from auditor.collect.kubernetes.kept import KINDS


def _model() -> ServiceModel:
    shapes: dict[str, Any] = {
        "str": {"type": "string"},
        "bool": {"type": "boolean"},
        "Asked": {
            "type": "structure",
            "members": {name: {"shape": "str"} for name in (CLUSTER, AUTHORITY)},
            "required": [CLUSTER, AUTHORITY],
        },
    }
    operations = {}
    for operation, read in READS.items():
        items = _name(KINDS[read.kind], shapes)
        members = {"kind": {"shape": "str"}, "items": {"shape": items}}
        shapes[read.kind] = {"type": "structure", "members": members}
        operations[operation] = {
            "name": operation,
            "http": {"method": "GET", "requestUri": read.path},
            "input": {"shape": "Asked"},
            "output": {"shape": read.kind},
        }
    about = {"signingName": SERVICE, "serviceId": SERVICE, "protocol": "rest-json"}
    return ServiceModel({"metadata": about, "operations": operations, "shapes": shapes}, SERVICE)


def _name(kind: Any, shapes: dict[str, Any]) -> str:
    """Return the name of the shape of a type, which is made where it is missing."""
    if get_origin(kind) in (UnionType, Union):
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
    if get_origin(kind) is list:
        inner = _name(get_args(kind)[0], shapes)
        shapes[f"list of {inner}"] = {"type": "list", "member": {"shape": inner}}
        return f"list of {inner}"
    name: str = kind.__name__
    if name not in shapes:
        hints = get_type_hints(kind)
        members = {
            field.encode_name: {"shape": _name(hints[field.name], shapes)}
            for field in msgspec.structs.fields(kind)
        }
        shapes[name] = {"type": "structure", "members": members}
    return name


_MODEL = _model()


def cluster_operation(operation: str) -> OperationModel:
    """Return the model of a list of the API of clusters."""
    return _MODEL.operation_model(operation)
