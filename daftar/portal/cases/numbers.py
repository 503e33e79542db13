"""The case number in the portal: how it stands in an address; its spelling is `daftar.terms.case_numbers`."""

from daftar.terms.case_numbers import DIGITS, grouped, new_case_number, read_case_number

__all__ = ["CaseNumberInAddress", "grouped", "new_case_number", "read_case_number"]


class CaseNumberInAddress:
    """How a number stands in an address of the portal: anything else is no address, and never reaches a database."""

    regex = f"[0-9]{{{DIGITS}}}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value
