"""A small OpenID Connect provider: discovery, keys, authorization codes with PKCE, and signed ID tokens (RS256).

    python -m tests.simulators.openid_provider --port 9043

Whoever opens `/authorize` says in `login_hint` who they are; nobody is asked for a password. What a provider may do
wrong is set on `Provider`.

Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3; RFC 7636 (PKCE); RFC 8414 (discovery).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "openclets"
CLIENT_SECRET = "only for tests"


@dataclass
class Provider:
    """`subjects` maps the names that sign in to their unchanging identifiers. `lies` overrides claims of the token."""

    subjects: dict[str, str]
    lies: dict[str, Any] = field(default_factory=dict)
    issuer: str = ""
    _key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def answer(self, path: str, asked: dict[str, str]) -> tuple[int, Any]:
        """Status and what is sent: an address to go on to (302) or an object for JSON."""
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
            return 200, {"keys": [{**key, "kid": "only", "alg": "RS256", "use": "sig"}]}
        if path == "/authorize":
            return self._authorize(asked)
        if path == "/token":
            return self._token(asked)
        return 404, {"error": "not_found"}

    def _authorize(self, asked: dict[str, str]) -> tuple[int, Any]:
        if asked.get("client_id") != CLIENT_ID or asked.get("code_challenge_method") != "S256":
            return 400, {"error": "invalid_request"}
        back = {"state": asked["state"]}
        if asked.get("login_hint") in self.subjects:
            code = back["code"] = secrets.token_urlsafe(16)
            self._codes[code] = asked
        else:
            back["error"] = "access_denied"
        return 302, f"{asked['redirect_uri']}?{urlencode(back)}"

    def _token(self, asked: dict[str, str]) -> tuple[int, Any]:
        given = self._codes.pop(asked.get("code", ""), None)
        if given is None or asked.get("redirect_uri") != given["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", "").encode()).digest())
        if challenge.decode().rstrip("=") != given["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        name = given["login_hint"]
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": self.subjects[name],
            "preferred_username": name,
            "iat": now,
            "exp": now + 300,
            **self.lies,
        }
        token = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": "only"})
        return 200, {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": token}


class RunningProvider:
    """Serves a provider on this machine until closed. `port` 0 takes a free one."""

    def __init__(self, provider: Provider, *, port: int = 0) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                self._send(*provider.answer(parts.path, _first(parts.query)))

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._send(*provider.answer(urlsplit(self.path).path, _first(sent)))

            def _send(self, status: int, answer: Any) -> None:
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", answer)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                if status != 302:
                    self.wfile.write(json.dumps(answer).encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        provider.issuer = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="provider", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends it and waits for its thread."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self) -> None:
        """Serves until the process is ended."""
        self._thread.join()


def _first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=9043)
    parser.add_argument("--names", nargs="+", default=["chen"])
    options = parser.parse_args()
    RunningProvider(Provider({name: f"subject-{name}" for name in options.names}), port=options.port).wait()
