"""What may stand in a CoverageEligibilityRequest: the element tables of FHIR R4 (4.0.1), as the specification has them.

`name:type`; `*` a list, `!` required. `modifierExtension` and `implicitRules` are left out on purpose: who does not
understand them must not process the resource.
"""

from typing import Annotated, Any

from msgspec import Meta

STRING = Annotated[str, Meta(min_length=1)]
CODE = Annotated[str, Meta(pattern=r"(?s)\A\S(.*\S)?\Z")]  # R4's own pattern takes seconds for a long one
URI = Annotated[str, Meta(pattern=r"\A\S+\Z")]
DATE_TEXT = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}"
TIME_TEXT = r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"

PRIMITIVES: dict[str, Any] = {
    "string": STRING,
    "code": CODE,
    "uri": URI,
    "id": Annotated[str, Meta(pattern=r"\A[A-Za-z0-9\-.]{1,64}\Z")],
    "date": Annotated[str, Meta(pattern=rf"\A{DATE_TEXT})?)?\Z")],
    "dateTime": Annotated[str, Meta(pattern=rf"\A{DATE_TEXT}({TIME_TEXT})?)?)?\Z")],
    "instant": Annotated[str, Meta(pattern=rf"\A[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{TIME_TEXT}\Z")],
    "boolean": bool,
    "decimal": float,
    "positiveInt": Annotated[int, Meta(ge=1, lt=2**31)],
}

ANYTHING = {"resource": dict[str, Any]}
"""What is contained is looked at only where the request refers to it."""

_ELEMENT = "id:string extension:Extension*"
_BACKBONE = _ELEMENT

DATATYPES = {
    "Coding": f"{_ELEMENT} system:uri version:string code:code display:string userSelected:boolean",
    "CodeableConcept": f"{_ELEMENT} coding:Coding* text:string",
    "Period": f"{_ELEMENT} start:dateTime end:dateTime",
    "Assigner": f"{_ELEMENT} reference:string type:uri identifier:resource display:string",
    "Identifier": f"{_ELEMENT} use:code type:CodeableConcept system:uri value:string period:Period assigner:Assigner",
    "Reference": f"{_ELEMENT} reference:string type:uri identifier:Identifier display:string",
    "Quantity": f"{_ELEMENT} value:decimal comparator:code unit:string system:uri code:code",
    "Money": f"{_ELEMENT} value:decimal currency:code",
    "Narrative": f"{_ELEMENT} status:code! div:string!",
    "Meta": f"{_ELEMENT} versionId:id lastUpdated:instant source:uri profile:uri* security:Coding* tag:Coding*",
}
"""In the order in which they need each other. An Assigner is a Reference whose identifier is not looked into."""

BACKBONES = {
    "SupportingInfo": f"{_BACKBONE} sequence:positiveInt! information:Reference! appliesToAll:boolean",
    "Insurance": f"{_BACKBONE} focal:boolean coverage:Reference! businessArrangement:string",
    "Diagnosis": f"{_BACKBONE} diagnosisCodeableConcept:CodeableConcept diagnosisReference:Reference",
    "Item": f"{_BACKBONE} supportingInfoSequence:positiveInt* category:CodeableConcept"
    " productOrService:CodeableConcept modifier:CodeableConcept* provider:Reference quantity:Quantity"
    " unitPrice:Money facility:Reference diagnosis:Diagnosis* detail:Reference*",
}

REQUEST = (
    "id:id meta:Meta language:code text:Narrative contained:resource* extension:Extension*"
    " identifier:Identifier* status:code! priority:CodeableConcept purpose:code*! patient:Reference!"
    " servicedDate:date servicedPeriod:Period created:dateTime! enterer:Reference provider:Reference"
    " insurer:Reference! facility:Reference supportingInfo:SupportingInfo* insurance:Insurance* item:Item*"
)
"""CoverageEligibilityRequest, https://hl7.org/fhir/R4/coverageeligibilityrequest.html."""
