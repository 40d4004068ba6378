"""Style sheets, scripts and fonts, from the installed package."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Middleware. Each file goes out as one body: as a stream, which is what the library makes of it, Django under ASGI
    would read it whole all the same and warn of it each time."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        body = b""
        if found.file is not None:
            with found.file:
                body = found.file.read()
        response = HttpResponse(body, status=int(found.status))
        # What kind of file it is, is for the library to say; of a file that has not changed it says nothing.
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response
