"""The eleven life areas of IBIC, the character of support, the grade of a problem (R260-R262)."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class LifeArea(StrEnum):
    """The nine ICF chapters of activity and participation, and IBIC's two categories, in IBIC's order."""

    LEARNING = "learning"
    GENERAL_TASKS = "general_tasks"
    COMMUNICATION = "communication"
    MOBILITY = "mobility"
    PERSONAL_CARE = "personal_care"
    DOMESTIC_LIFE = "domestic_life"
    RELATIONSHIPS = "relationships"
    OCCUPATION = "occupation"
    COMMUNITY_LIFE = "community_life"
    SENSE_OF_SAFETY = "sense_of_safety"
    SUPPORT_OF_CARER = "support_of_carer"

    @property
    def label(self) -> str:
        """The name in Swedish."""
        return LIFE_AREA_LABELS[self]

    @property
    def icf_chapter(self) -> str:
        """d1 to d9, or empty for IBIC's own two categories."""
        number = list(LifeArea).index(self) + 1
        return f"d{number}" if number <= ICF_CHAPTERS else ""


ICF_CHAPTERS = 9
LIFE_AREA_LABELS = {
    LifeArea.LEARNING: "Lärande och att tillämpa kunskap",
    LifeArea.GENERAL_TASKS: "Allmänna uppgifter och krav",
    LifeArea.COMMUNICATION: "Kommunikation",
    LifeArea.MOBILITY: "Förflyttning",
    LifeArea.PERSONAL_CARE: "Personlig vård",
    LifeArea.DOMESTIC_LIFE: "Hemliv",
    LifeArea.RELATIONSHIPS: "Mellanmänskliga interaktioner och relationer",
    LifeArea.OCCUPATION: "Utbildning, arbete, sysselsättning och ekonomiskt liv",
    LifeArea.COMMUNITY_LIFE: "Samhällsgemenskap, socialt och medborgerligt liv",
    LifeArea.SENSE_OF_SAFETY: "Känsla av trygghet",
    LifeArea.SUPPORT_OF_CARER: "Personligt stöd från person som vårdar eller stödjer en närstående",
}


class Support(StrEnum):
    """The character of the support: the case officer's only word on how (R262)."""

    SUPPORTING = "supporting"
    PARTLY_COMPENSATING = "partly_compensating"
    COMPENSATING = "compensating"

    @property
    def label(self) -> str:
        """The word in Swedish."""
        return SUPPORT_LABELS[self]


SUPPORT_LABELS = {
    Support.SUPPORTING: "Stödjande",
    Support.PARTLY_COMPENSATING: "Delvis kompenserande",
    Support.COMPENSATING: "Kompenserande",
}


class ProblemGrade(IntEnum):
    """How great a problem is, by the qualifier of ICF; a higher grade is a greater problem."""

    NONE = 0
    LIGHT = 1
    MODERATE = 2
    GREAT = 3
    TOTAL = 4

    @property
    def label(self) -> str:
        """The words in Swedish."""
        return PROBLEM_GRADE_LABELS[self]


PROBLEM_GRADE_LABELS = {
    ProblemGrade.NONE: "Ingen begränsning",
    ProblemGrade.LIGHT: "Lätt begränsning",
    ProblemGrade.MODERATE: "Måttlig begränsning",
    ProblemGrade.GREAT: "Stor begränsning",
    ProblemGrade.TOTAL: "Total begränsning",
}
