from django.apps import AppConfig


class GeocodingConfig(AppConfig):
    name = "tesoro.geocoding"
    label = "geocoding"
    verbose_name = "Geocoding"
