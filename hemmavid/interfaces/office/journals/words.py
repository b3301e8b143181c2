"""What the journal's screens say back."""

from hemmavid.journals.models import LONGEST_TEXT

SIGNED = "Anteckningen är signerad och låst. Om något blev fel skriver du en rättelse."
CORRECTED = "Rättelsen är signerad. Den första anteckningen står kvar."
REFUSALS = {
    "empty": ("text", "Skriv en anteckning."),
    "too_long": ("text", f"En anteckning får ha högst {LONGEST_TEXT} tecken. Dela den i två."),
    "in_the_future": ("happened_at", "Tiden har inte varit än. Skriv när det hände."),
}
