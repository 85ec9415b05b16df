"""Forms with an address: what the location picker found is kept in two hidden fields beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tesoro.addresses import POINT
from tesoro.geocoding.places import Point


class PlaceInput(forms.TextInput):
    """A street, with the way to the location picker beside it."""

    kind = "place"


class WithPoint:
    """Mixed into a model form whose fields are an address with latitude and longitude, kept to the seventh digit.

    Both are hidden, come together or not at all, and what is wrong with them is said at the street: nobody typed them.
    """

    fields: Any
    errors: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if all(name in self.fields for name in POINT):
            for name in POINT:
                self.fields[name].widget = forms.HiddenInput()
            # Set by the script when a place was chosen: it may be the very point that was there.
            self.fields["placed"] = forms.BooleanField(required=False, widget=forms.HiddenInput)
            self.fields["street"].widget = PlaceInput(self.fields["street"].widget.attrs)

    @property
    def degrees(self: Any) -> str:
        """The point in degrees as the form holds it, "" where there is none."""
        try:
            point = Point.read(*(self[name].value() for name in POINT))
        except (KeyError, ValueError):
            return ""
        return point.said

    def _post_clean(self: Any) -> None:
        """Judge on the model, then say at the street what is wrong with the point."""
        if point := Point.if_any(*(self.cleaned_data.get(name) for name in POINT)):
            self.cleaned_data |= {"latitude": point.latitude, "longitude": point.longitude}
        self.instance.placed = bool(self.cleaned_data.get("placed"))
        super()._post_clean()  # type: ignore[misc]
        if [self.errors.pop(name) for name in POINT if name in self.errors]:
            self.add_error("street", _("The place on the map could not be read. Choose it again."))
