"""The eleven areas a need may lie in: nine life areas of IBIC and two categories (R144, sweden.md 5)."""

from __future__ import annotations

from enum import StrEnum


class LifeArea(StrEnum):
    """Where in a person's life a need lies, in the order of IBIC."""

    LEARNING = "learning"
    GENERAL_TASKS = "general_tasks"
    COMMUNICATION = "communication"
    MOBILITY = "mobility"
    SELF_CARE = "self_care"
    DOMESTIC_LIFE = "domestic_life"
    RELATIONSHIPS = "relationships"
    WORK_ECONOMY = "work_economy"
    COMMUNITY = "community"
    SAFETY = "safety"
    SUPPORT_TO_CARER = "support_to_carer"


LIFE_AREA_LABELS = {
    LifeArea.LEARNING: "Lärande och att tillämpa kunskap",
    LifeArea.GENERAL_TASKS: "Allmänna uppgifter och krav",
    LifeArea.COMMUNICATION: "Kommunikation",
    LifeArea.MOBILITY: "Förflyttning",
    LifeArea.SELF_CARE: "Personlig vård",
    LifeArea.DOMESTIC_LIFE: "Hemliv",
    LifeArea.RELATIONSHIPS: "Mellanmänskliga interaktioner och relationer",
    LifeArea.WORK_ECONOMY: "Utbildning, arbete, sysselsättning och ekonomiskt liv",
    LifeArea.COMMUNITY: "Samhällsgemenskap, socialt och medborgerligt liv",
    LifeArea.SAFETY: "Känsla av trygghet",
    LifeArea.SUPPORT_TO_CARER: "Personligt stöd från person som vårdar eller stödjer en närstående",
}
