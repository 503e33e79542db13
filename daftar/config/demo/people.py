"""Makes one made-up person after another: a number of nobody, a name, a mobile, an office."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from daftar.config.demo import identifiers
from daftar.config.demo.facts import Someone

NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))


@dataclass
class People:
    """Hands out persons with numbers and mobiles that nobody of this demo has yet."""

    random: Random
    serial: int = 0
    mobiles: int = 0
    taken: set[str] = field(default_factory=set)

    def make(
        self,
        id_type: str,
        sex: str,
        birth: date,
        *,
        office: str = "",
        family_name: str = "",
        father_name: str = "",
        has_mobile: bool = True,
        mobile: str = "",
        death: date | None = None,
    ) -> Someone:
        """Someone new; names that are not given are drawn. `mobile` is for who shares one."""
        names = NAMES["cn" if id_type == "cn-resident-id" else "ir"]
        return Someone(
            id_type,
            self.number(id_type, sex, birth),
            given_name=self.random.choice(names[sex]),
            family_name=family_name or self.random.choice(names["family"]),
            sex=sex,
            birth=birth,
            mobile=mobile or (self.mobile(id_type) if has_mobile else ""),
            office=office,
            father_name=father_name or ("" if id_type == "cn-resident-id" else self.random.choice(names["male"])),
            death=death,
        )

    def number(self, id_type: str, sex: str, birth: date) -> str:
        """A number that is still free."""
        while True:
            self.serial += 1
            number = self._number(id_type, sex, birth)
            if number not in self.taken:
                self.taken.add(number)
                return number

    def _number(self, id_type: str, sex: str, birth: date) -> str:
        if id_type == "cn-resident-id":
            return identifiers.cn_resident_id(self.serial, birth, sex)
        if id_type == "ir-foreigner-number":
            return identifiers.ir_foreigner_number(self.serial)
        return identifiers.ir_national_code(self.serial)

    def mobile(self, id_type: str) -> str:
        """A mobile that is still free."""
        self.mobiles += 1
        if id_type == "cn-resident-id":
            return identifiers.cn_mobile(self.mobiles)
        return identifiers.ir_mobile(self.mobiles)
