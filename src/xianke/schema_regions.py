"""What the file of provinces, cities and counties may say; see `xianke.schema`."""

from pydantic import Field, model_validator

from xianke.schema_types import Bilingual, Strict, Text, real_day, unique


class Province(Strict):
    """A province with its cities, each with the names of its counties parted by blanks."""

    full: Text
    name: Bilingual
    aliases: list[Text] = []
    cities: dict[Text, str] = Field(min_length=1)


class Regions(Strict):
    """The whole of `regions.yaml`; `ask_back` are short names that are never taken for a city."""

    as_of: str
    source: Text
    ask_back: list[Text] = []
    spellings: dict[Text, Text] = {}
    provinces: list[Province] = Field(min_length=1)

    @model_validator(mode="after")
    def _names(self) -> "Regions":
        real_day(self.as_of)
        unique("province", [one.full for one in self.provinces])
        names = [city for one in self.provinces for city in one.cities]
        unique("city", names)
        names += [county for one in self.provinces for listed in one.cities.values()
                  for county in listed.split()]  # fmt: skip
        if strange := sorted(set(self.spellings) - set(names)):
            raise ValueError(f"spelling of an unknown name: {strange[0]!r}")
        return self
