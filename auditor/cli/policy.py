"""List, show, lint and test policy packs: sentences beside the expressions that test them."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from auditor.cli.flags import add_json
from auditor.cli.policy_words import describe_control, describe_pack, pack_words
from auditor.cli.terminal import print_json, print_line, print_lines, print_table
from auditor.documents import suggest
from auditor.errors import AuditorError, ConfigError, Fault
from auditor.model import Json
from auditor.policy import (
    CaseResult,
    Control,
    Pack,
    explain,
    find_packs,
    lint,
    load_pack,
    manifest_schema,
    mutate,
    pack_schema,
    run_cases,
)
from auditor.resources import data_folder

EXAMPLES = """\
examples:
  auditor policy list
  auditor policy show A-02
  auditor policy lint policies/mine
  auditor policy test policies/mine --mutate
"""
_CASE_FAILED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the actions and their arguments."""
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    def action(
        name: str, summary: str, work: Callable[[argparse.Namespace], int]
    ) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        added.set_defaults(run=work)
        return added

    listing = action("list", "List the controls of the packs.", _list)
    show = action("show", "Show all that a control or a pack says.", _show)
    linting = action("lint", "Check every word of the packs without any facts.", _lint)
    test = action("test", "Run the cases that each control brings along.", _test)
    action("schema", "Print the JSON Schemas of a pack's files.", _schema)
    for each in (listing, show):
        each.add_argument(
            "--folder",
            dest="folders",
            type=Path,
            action="append",
            metavar="FOLDER",
            help="folder of a pack; repeatable (default: the built-in packs)",
        )
    show.add_argument("name", metavar="NAME", help="id of a control, or name of a pack")
    for each in (linting, test):
        each.add_argument(
            "folders",
            type=Path,
            nargs="*",
            metavar="FOLDER",
            help="folder of a pack (default: the built-in packs)",
        )
    test.add_argument(
        "--mutate", action="store_true", help="also change each rule, and see if a case notices"
    )
    for each in (listing, show, linting, test):
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen action; each sets its own function in place of this one."""
    work: Callable[[argparse.Namespace], int] = arguments.run
    return work(arguments)


def load_packs(folders: Sequence[Path] | None) -> tuple[Pack, ...]:
    """Load packs by folder, or the built-in ones.

    Raises:
        ConfigError: every fault of every pack.
    """
    packs: list[Pack] = []
    faults: list[Fault] = []
    for folder in _folders(folders):
        try:
            packs.append(load_pack(folder))
        except ConfigError as error:
            faults += error.faults
    if faults:
        raise ConfigError(faults)
    return tuple(packs)


def _folders(named: Sequence[Path] | None) -> tuple[Path, ...]:
    return tuple(named or find_packs(data_folder("policies")))


def _list(arguments: argparse.Namespace) -> int:
    found = [
        {
            "id": control.id,
            "pack": pack.name,
            "title": control.title,
            "severity": control.severity,
            "commitment": control.commitment,
        }
        for pack in load_packs(arguments.folders)
        for control in pack.controls
    ]
    if arguments.json:
        print_json(found)
    else:
        heads = ("id", "pack", "severity", "commitment", "title")
        print_table(heads, ([control[head] for head in heads] for control in found))
    return 0


def _show(arguments: argparse.Namespace) -> int:
    pack, control = _find(load_packs(arguments.folders), arguments.name)
    if arguments.json:
        print_json(describe_control(pack, control) if control else describe_pack(pack))
    else:
        print_lines(explain(pack, control) if control else pack_words(pack))
    return 0


def _find(packs: Sequence[Pack], name: str) -> tuple[Pack, Control | None]:
    wanted = name.casefold()
    for pack in packs:
        if pack.name.casefold() == wanted:
            return pack, None
        for control in pack.controls:
            if control.id.casefold() == wanted:
                return pack, control
    known = [pack.name for pack in packs]
    known += [control.id for pack in packs for control in pack.controls]
    problem = AuditorError(f"there is no control or pack '{name}'")
    problem.advice = suggest(name, known) or "'auditor policy list' shows them"
    raise problem


def _lint(arguments: argparse.Namespace) -> int:
    folders = _folders(arguments.folders)
    faults = [fault for folder in folders for fault in lint(folder)]
    if arguments.json:
        print_json(msgspec.to_builtins(faults))
        return ConfigError.exit_code if faults else 0
    if faults:
        raise ConfigError(faults)
    for folder in folders:
        print_line(f"{folder}: no faults")
    return 0


def _test(arguments: argparse.Namespace) -> int:
    packs = load_packs(arguments.folders)
    cases = [result for pack in packs for result in run_cases(pack)]
    mutants = [m for pack in packs for m in mutate(pack)] if arguments.mutate else []
    wrong = [result for result in cases if not result.holds]
    missed = [mutant for mutant in mutants if mutant.survived]
    if arguments.json:
        print_json(
            {
                "cases": [_case(result) for result in cases],
                "mutants": msgspec.to_builtins(mutants),
            }
        )
        return _CASE_FAILED if wrong or missed else 0
    for result in wrong:
        print_line(f"{result.case.place}: {result.control}, case '{result.case.name}'")
        print_line(f"    expected {result.case.expect}, got {result.verdict}: {result.reason}")
    for mutant in missed:
        print_line(f"{mutant.control}: no case notices this change: {mutant.change}")
    print_line(f"{len(cases) - len(wrong)} of {len(cases)} cases hold.")
    if arguments.mutate:
        print_line(f"{len(mutants) - len(missed)} of {len(mutants)} changed rules are noticed.")
    return _CASE_FAILED if wrong or missed else 0


def _case(result: CaseResult) -> dict[str, Json]:
    return {
        "control": result.control,
        "name": result.case.name,
        "place": result.case.place,
        "expected": result.case.expect,
        "verdict": result.verdict,
        "holds": result.holds,
        "reason": result.reason,
    }


def _schema(arguments: argparse.Namespace) -> int:
    del arguments
    print_json({"pack.yaml": manifest_schema(), "controls/*.yaml": pack_schema()})
    return 0
