"""Connections through which databases are queried."""

from auditor.model import Json
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def test_a_database_leaves_by_the_connection_that_names_it() -> None:
    """A connection that only knows an address takes nothing out of a database of ours."""
    database = "ocid1.autonomousdatabase.oc1.iad.users"
    related: Json = {"entity_type": "AUTONOMOUSDATABASE", "identifier": database}
    near = thing(
        "databasetoolsconnection", "near", "fra", type="ORACLE_DATABASE", related_resource=related
    )
    other = thing(
        "databasetoolsconnection",
        "other",
        "fra",
        type="ORACLE_DATABASE",
        connection_string="tcps://db.example:1522/x",
    )
    found = collected(
        {
            "eu-frankfurt-1": {
                "database_tools": {"DatabaseToolsConnectionOracleDatabaseSummary": [near, other]}
            }
        },
        kinds="oci.databasetools",
    )

    (way,) = found.of(Flow)
    assert (way.store_id, way.region, way.target_country) == (database, "us-ashburn-1", "DE")
    assert len(found.of(Processor)) == 2
