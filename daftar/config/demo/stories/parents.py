"""Stories of fathers and mothers in Iran: age or disability, support shown, no own pension (domain-facts 2.7)."""

from daftar.config.demo.facts import Someone
from daftar.config.demo.stories.stage import Stage
from daftar.terms.outcomes import Reason


def tell(stage: Stage) -> None:
    """All of them."""
    days, facts = stage.days, stage.facts
    until = days.ago(-40)
    father = parent(stage, "father", 66)
    facts.evidence(father, "dependency", days.ago(90), until, "connector")
    stage.covered(father, "Father over 60, supported by his son", Reason.DEPENDANT_IN_FORCE, until)

    mother = parent(stage, "mother", 57)
    facts.evidence(mother, "dependency", days.ago(90), None, "connector")
    stage.covered(mother, "Mother over 55, supported by her son", Reason.DEPENDANT_IN_FORCE, stage.main_until)

    disabled = parent(stage, "mother", 49)
    facts.evidence(disabled, "dependency", days.ago(90), None, "connector")
    facts.evidence(disabled, "disability", days.ago(90), until, "connector")
    stage.covered(disabled, "Disabled mother of 49, supported by her son", Reason.DEPENDANT_IN_FORCE, until)

    paper = parent(stage, "father", 70)
    facts.evidence(paper, "dependency", days.ago(90), until)
    about = "Father of 70 whose proof of support an office has seen on paper"
    stage.covered(paper, about, Reason.PROVISIONAL_EVIDENCE, until)

    young = parent(stage, "mother", 52)
    facts.evidence(young, "dependency", days.ago(90), until, "connector")
    stage.refused(young, "Mother below 55 without a disability", Reason.AGE_CONDITION_NOT_MET)
    stage.refused(parent(stage, "father", 63), "Father of 63, support not shown", Reason.DEPENDENCY_EVIDENCE_MISSING)

    pensioner = parent(stage, "father", 72)
    facts.evidence(pensioner, "dependency", days.ago(90), until, "connector")
    facts.affiliation(pensioner, "pensioner", days.years(-10), pensioner_number="700005")
    about = "Father with a pension of his own: covered by it, not as a dependant"
    stage.covered(pensioner, about, Reason.SPELL_IN_FORCE, None)


def parent(stage: Stage, relation: str, age: int) -> Someone:
    """A father or mother who lives on the insurance of a son."""
    person = stage.someone("male" if relation == "father" else "female", age)
    stage.facts.dependant(person, stage.main("male", 30), relation, stage.days.years(-5))
    return person
