"""Every command: group -> (name, summary). The module of a command has its name."""

COMMANDS: dict[str, tuple[tuple[str, str], ...]] = {
    "Run": (
        ("audit", "Collect, evaluate, report, sign and verify, in one go."),
        ("collect", "Ask the clouds and keep every answer as evidence."),
        ("evaluate", "Turn evidence into facts and hold them against the policies."),
        ("report", "Write the HTML and PDF report from the results."),
        ("sign", "Seal a bundle, so that any later change shows."),
        ("verify", "Check a bundle in numbered steps, offline."),
    ),
    "Look": (
        ("query", "Ask the facts of a bundle in SQL."),
        ("explain", "Say why a control, or access, is what it is."),
    ),
    "Policies": (("policy", "List, show, lint and test policy packs."),),
    "Set up": (
        ("init", "Write a commented audit.yaml to start from."),
        ("doctor", "Check that an audit could run: files, key, credentials."),
        ("plan", "Say what an audit would call, and what that takes."),
        ("permissions", "Print the least that an audit must be allowed."),
        ("collectors", "List what is collected, with which calls."),
        ("attest", "Write a signed statement, for what no API can show."),
        ("demo", "Audit two embedded clouds with planted breaches."),
    ),
}

EXIT_CODES: dict[int, str] = {
    0: "clean: every control passed, was waived or does not apply; the command worked",
    1: "a control failed",
    2: "wrong usage or configuration",
    3: "a signature, digest or key does not hold",
    4: "nothing failed, but something could not be told",
    5: "collection could not run",
    70: "the tool itself broke: a defect to report",
}

START = """\
auditor shows, with evidence that a sceptic can check offline, whether commitments about
data are kept: where it is, where it can go, who holds the keys.
"""

FIRST_STEPS = """\
Begin:
  auditor demo                                  see a whole audit without any account
  auditor init                                  write audit.yaml, then edit it
  auditor permissions aws                       what to grant to the auditing role
  auditor audit --config audit.yaml             audit, report, sign
  auditor verify audits/audit-ID --replay       check a bundle that you were given
  auditor query audits/audit-ID 'select country, count(*) from stores group by 1'
"""


def all_commands() -> tuple[str, ...]:
    """Return the names of every command, in the order of the help."""
    return tuple(name for group in COMMANDS.values() for name, _ in group)


def overview() -> str:
    """Return the text of ``auditor --help``."""
    lines = [START, "Usage: auditor COMMAND [ARGUMENTS], auditor COMMAND --help", ""]
    for group, commands in COMMANDS.items():
        lines.append(f"{group}:")
        lines += [f"  {name:<12} {summary}" for name, summary in commands]
        lines.append("")
    lines.append(FIRST_STEPS)
    lines.append("Exit codes:")
    lines += [f"  {code:<2}  {meaning}" for code, meaning in EXIT_CODES.items()]
    return "\n".join(lines) + "\n"
