"""The one thing that figures cannot say: the need."""

from django import forms

from hemmavid.reports.review_requests import LONGEST_DESCRIPTION


class NeedForm(forms.Form):
    """A description of the need, to go with the figures (R137)."""

    description = forms.CharField(
        label="Beskriv behovet",
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 20}),
        help_text="Vad klarar personen, vad har ändrats och i vilken insats märks det?",
        error_messages={
            "required": "Beskriv behovet. Siffrorna säger hur tiden skiljer sig, men inte varför."
        },
    )
