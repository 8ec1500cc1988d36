"""A pack and a control as plain data, in the order in which a reader wants them."""

from auditor.model import Json
from auditor.policy.pack import Control, Pack


def describe_pack(pack: Pack) -> dict[str, Json]:
    """Return what a pack promises, defines and lets an audit override."""
    return {
        "pack": pack.name,
        "version": pack.version,
        "title": pack.title,
        "source": pack.source,
        "digest": pack.digest,
        "folder": str(pack.folder),
        "commitments": {each.id: each.title for each in pack.commitments},
        "terms": dict(pack.terms),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "default": parameter.default,
                "tightens": str(parameter.tightens),
                "meaning": parameter.meaning,
            }
            for parameter in pack.parameters
        ],
        "controls": [control.id for control in pack.controls],
    }


def pack_words(pack: Pack) -> str:
    """Return the same for people, as lines."""
    lines = [f"{pack.name} {pack.version}  {pack.title}", f"    {pack.source}", "", "Commitments:"]
    lines += [f"  {each.id}  {each.title}" for each in pack.commitments]
    lines += ["", "Terms:"]
    lines += [f"  {name} means {text}" for name, text in pack.terms.items()]
    lines += ["", "Parameters:"]
    for parameter in pack.parameters:
        lines.append(f"  {parameter.name} = {parameter.default}  ({parameter.type.lower()})")
        lines.append(f"      {parameter.meaning} Tightens when {parameter.tightens}.")
    lines += ["", "Controls:"]
    lines += [f"  {control.id}  {control.title}" for control in pack.controls]
    lines += ["", f"SHA-256 over its files: {pack.digest}"]
    return "\n".join(lines)


def describe_control(pack: Pack, control: Control) -> dict[str, Json]:
    """Return everything that a control says, its cases by name."""
    return {
        "id": control.id,
        "pack": pack.name,
        "title": control.title,
        "severity": control.severity,
        "commitment": control.commitment,
        "quantifier": str(control.quantifier),
        "table": control.table,
        "where": control.where.text if control.where else "",
        "must": [{"says": must.says, "check": must.check.text} for must in control.must],
        "attested": control.attested,
        "empty": str(control.empty),
        "reads": list(control.reads),
        "parameters": sorted({n for e in control.expressions for n in e.parameters}),
        "why": control.why,
        "remedy": control.remedy,
        "cites": list(control.cites),
        "cases": [{"name": case.name, "expect": str(case.expect)} for case in control.cases],
        "place": control.place,
    }
