"""What is mended on a request before anything else reads it."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

CURRENT_URL = "HTTP_HX_CURRENT_URL"


class HeaderMiddleware:
    """Drop a header ``HX-Current-URL`` that is no address: whoever reads it later would stumble."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request without the damaged header."""
        try:
            urlsplit(request.META.get(CURRENT_URL, ""))
        except ValueError:
            del request.META[CURRENT_URL]
        return self.get_response(request)
