"""What callers hear, in the office's language. The screens' translations are another matter: these are spoken."""

from typing import Any

from twilio.twiml.voice_response import VoiceResponse

ENGLISH = "en-GB"
VOICES = {"en": ENGLISH, "es": "es-ES", "de": "de-DE", "nl": "nl-NL", "fr": "fr-FR"}
NOBODY = {
    ENGLISH: "Thank you for calling. Nobody can take your call at the moment. Please try again later.",
    "es-ES": "Gracias por su llamada. En este momento no podemos atenderle. Por favor, inténtelo más tarde.",
    "de-DE": "Vielen Dank für Ihren Anruf. Im Moment ist niemand erreichbar. Bitte rufen Sie später wieder an.",
    "nl-NL": "Bedankt voor uw telefoontje. Op dit moment kan niemand opnemen. Probeert u het later nog eens.",
    "fr-FR": "Merci de votre appel. Personne ne peut vous répondre pour le moment. Veuillez rappeler plus tard.",
}
OFF = {
    ENGLISH: "This call cannot be put through.",
    "es-ES": "Esta llamada no se puede conectar.",
    "de-DE": "Dieser Anruf kann nicht verbunden werden.",
    "nl-NL": "Dit gesprek kan niet worden doorverbonden.",
    "fr-FR": "Cet appel ne peut pas être transmis.",
}


def say(answer: VoiceResponse, text: dict[str, str], account: Any) -> None:
    """Have ``text`` spoken in the language of the account, then hang up."""
    voice = VOICES.get(account.language, ENGLISH)
    answer.say(text[voice], language=voice)
    answer.hangup()
