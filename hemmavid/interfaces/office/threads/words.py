"""What the message screens say back."""

from hemmavid.messages.models import LONGEST_TEXT
from hemmavid.messages.queries import Choice

CHOICES = {
    Choice.OPEN: "Öppna",
    Choice.UNREAD: "Olästa",
    Choice.MINE: "Mina",
    Choice.CLOSED: "Klara",
}
SENT = "Meddelandet är skickat."
CLOSED = "Ni är överens. Tråden är klar."
AGREED = "Du har sagt att det är klart för er del. Tråden är klar när alla har sagt det."
ALREADY_CLOSED = "Tråden är redan klar. Starta en ny om det finns mer att säga."
REFUSALS = {
    "empty": "Skriv ett meddelande.",
    "too_long": f"Meddelandet får ha högst {LONGEST_TEXT} tecken. Lägg resten i journalen.",
}
EMPTY = {
    Choice.OPEN: ("Inga öppna trådar", "Meddelanden om brukare du har med att göra visas här."),
    Choice.UNREAD: ("Inget nytt", "Allt som har kommit är läst."),
    Choice.MINE: ("Du har inte skrivit i någon öppen tråd", "När du svarar i en tråd finns den här."),
    Choice.CLOSED: ("Inga klara trådar", "När alla har sagt att det är klart hamnar tråden här."),
}
