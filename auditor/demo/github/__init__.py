"""A stand-in for GitHub on a loopback port, in the shapes that GitHub publishes.

    from auditor.demo.github.server import serving
    from auditor.demo.github.estate import found_organization

    with serving(found_organization(date(2026, 11, 22))) as server:
        client = githubkit.GitHub(TOKEN, base_url=server.url)

GraphQL documents are executed over the part of GitHub's own schema that lies beside this module
(``graph``); REST answers have the shapes of its OpenAPI description (``rest``), to which tests
hold them. It reads only: every other method, and every mutation, is refused.

What it does not imitate: search, sort orders other than the one documented as the default,
previews, conditional requests. A field or route without an answer says so by name.
Importing this package imports none of the modules above.
"""
