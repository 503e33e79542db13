"""What somebody looks for in a list of the directory, as it stands in the address."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from daftar.terms.finding import CODE, folded

Terms = list[tuple[bool, str]]
"""Terms of which one must begin so: from the very beginning of a name or code, or from a word on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The fields of a search, as typed; empty ones choose everything (S4.6: all six, and a pooling region, S4.5)."""

    region: str = ""
    name: str = ""
    code: str = ""
    level: str = ""
    institution_class: str = ""
    address: str = ""
    pooling: str = ""

    @property
    def typed(self) -> list[Terms]:
        """For code and name, where they are typed."""
        asked: list[Terms] = []
        if self.code:
            asked.append([(True, CODE + folded(self.code))])
        if self.name:
            name = folded(self.name)
            asked.append([(True, name), (True, CODE + name), (False, name)])
        return asked

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for beyond a region."""
        return replace(self, region="") != Wanted()

    def query(self, **changes: object) -> str:
        """The query of an address, with changes; empty fields are left out."""
        told = {name: getattr(self, name) for name in self.__slots__} | changes
        return "?" + urlencode({name: value for name, value in told.items() if value})
