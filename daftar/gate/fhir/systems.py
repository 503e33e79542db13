"""Systems of identifiers: our type of a FHIR Identifier, and the system of one of our types.

The last part of a system names the type: `https://…/fhir/identifiers/ir-national-code`, `urn:x:ir-national-code`, or
the bare word. Systems that others have given the same numbers are listed.
"""

from daftar.terms.identifiers import TYPES

TRACKING_CODE = "tracking-code"
ORGANISATION = "organisation"
INSURER = "insurer"

OF_OTHERS = {
    "urn:oid:2.16.156.10011.1.3": "cn-resident-id",  # 居民身份证号码 in China's shared health documents (WS/T 500)
}
BY_TYPE_CODE = {"NNIRN": "ir-national-code", "NNCHN": "cn-resident-id"}
"""National person identifiers by HL7 table 0203, for an identifier without a system."""


def system(base_url: str, name: str) -> str:
    """The system under which we write an identifier, in the installation's own name space."""
    return f"{base_url}/fhir/identifiers/{name}"


def type_of_system(sent: str) -> str | None:
    """Our identifier type of a system; None when it is none of ours."""
    if sent in OF_OTHERS:
        return OF_OTHERS[sent]
    last = sent[max(sent.rfind(each) for each in "/:#|") + 1 :]
    return last if last in TYPES else None
