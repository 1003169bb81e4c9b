"""Logging in through the organisation: OpenID Connect by Authlib, with state, nonce and PKCE; what it proved becomes an Identity."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import request, session
from werkzeug.wrappers import Response as AnyResponse

from meelezer.reviews.organisation import Identity
from meelezer.reviews.people import PeopleError, as_email
from meelezer.settings import Settings

if TYPE_CHECKING:  # only where it is set are these packages needed
    from authlib.integrations.flask_client import FlaskOAuth2App

logger = logging.getLogger(__name__)

NAME = "organisation"
ANSWERS_WITHIN = 8.0
CLOCKS_MAY_DIFFER = 60
MOST_ATTEMPTS = 5_000
ATTEMPT_LASTS = 3600
_DISCOVERY = "/.well-known/openid-configuration"
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_SIGNED_BY = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
"""With a key of the provider's own. "none" is no signature, and what is signed with our secret we could have signed."""
_OF_TIME = frozenset({"exp", "iat", "nbf"})
_LONGEST = 500


class OrganisationError(Exception):
    """The organisation's login did not work. `kind` is the key of its text; `detail`, for the admin, holds no secret and nothing of a user."""

    def __init__(self, kind: str, detail: str = "") -> None:
        """Take the kind: away, odd, state, refused, unknown_client, untrusted, clock, no_email, not_verified, domain or secret_file."""
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind, self.detail = kind, detail


class Organisation:
    """The login of one organisation."""

    def __init__(self, settings: Settings) -> None:
        """Take what is set; nothing is asked yet. Raises OrganisationError("secret_file")."""
        from cachelib import SimpleCache

        self._settings = settings
        self._secret = _secret(settings)
        # Here and not in the cookie, so that each attempt arrives once.
        self._attempts = SimpleCache(MOST_ATTEMPTS, ATTEMPT_LASTS)
        self._ready: FlaskOAuth2App | None = None

    def provider(self) -> Mapping[str, Any]:
        """Ask the provider where everything is. Raises OrganisationError."""
        import requests

        issuer = self._settings.oidc_issuer
        with _in_kinds():
            answer = requests.get(issuer.rstrip("/") + _DISCOVERY, timeout=ANSWERS_WITHIN)
            answer.raise_for_status()
            told = answer.json()
        if not isinstance(told, dict) or str(told.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
            raise OrganisationError("odd", f"issuer is not {issuer}")
        for name in (*_ENDPOINTS, *(("userinfo_endpoint",) if "userinfo_endpoint" in told else ())):
            if not _is_safe(told.get(name), issuer):
                raise OrganisationError("odd", f"{name} is missing or not https")
        if not _algorithms(told):
            raise OrganisationError("odd", "id_token_signing_alg_values_supported")
        return told

    def begin(self, come_back_to: str) -> AnyResponse:
        """Send the browser to the organisation. Raises OrganisationError."""
        client = self._client()
        with _in_kinds():
            return client.authorize_redirect(come_back_to)  # type: ignore[no-any-return]

    def arrived(self) -> Identity:
        """Return whom the organisation sent back with this request. Raises OrganisationError."""
        if told := request.args.get("error"):
            raise OrganisationError("refused", _plain(told))
        if not request.args.get("code") or f"_state_{NAME}_{request.args.get('state')}" not in session:
            raise OrganisationError("state")
        client = self._client()
        try:
            with _in_kinds():
                token = client.authorize_access_token(
                    leeway=CLOCKS_MAY_DIFFER,
                    claims_options={
                        "iss": {"essential": True, "value": client.server_metadata["issuer"]},
                        # Authlib alone takes any audience as long as `azp` is ours.
                        "aud": {"essential": True, "value": self._settings.oidc_client_id},
                    },
                )
                claims = token.get("userinfo")
                if not claims or not claims.get("sub") or len(claims["sub"]) > _LONGEST:
                    raise OrganisationError("untrusted", "no id_token")
                if not claims.get("email") and "userinfo_endpoint" in client.server_metadata:
                    claims = {**claims, **_told_beside(client, token, claims["sub"])}
        except OrganisationError as error:
            if error.kind in ("away", "odd", "untrusted"):
                self._ready = None  # its addresses or its keys may be others by now
            raise
        return self._identity(str(client.server_metadata["issuer"]), claims)

    def _identity(self, issuer: str, claims: Mapping[str, Any]) -> Identity:
        try:
            email = as_email(str(claims.get("email") or ""))
        except PeopleError:
            raise OrganisationError("no_email") from None
        if not (_is_true(claims.get("email_verified")) or _is_true(claims.get("xms_edov"))):
            raise OrganisationError("not_verified")
        domains = self._settings.oidc_domains
        if domains and email.rpartition("@")[2] not in domains:
            raise OrganisationError("domain")
        name = claims.get("name")
        return Identity(issuer, str(claims["sub"]), email, name[:_LONGEST] if isinstance(name, str) else "")

    def _client(self) -> FlaskOAuth2App:
        if self._ready is None:  # two at once make two, and one of them stays
            self._ready = self._made(self.provider())
        return self._ready

    def _made(self, told: Mapping[str, Any]) -> FlaskOAuth2App:
        from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App

        methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        is_posted = "client_secret_basic" not in methods and "client_secret_post" in methods
        more = {"userinfo_endpoint": told["userinfo_endpoint"]} if "userinfo_endpoint" in told else {}
        return FlaskOAuth2App(
            FlaskIntegration(NAME, self._attempts),
            NAME,
            client_id=self._settings.oidc_client_id,
            client_secret=self._secret,
            authorize_url=told["authorization_endpoint"],
            access_token_url=told["token_endpoint"],
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "default_timeout": ANSWERS_WITHIN,
                "token_endpoint_auth_method": "client_secret_post" if is_posted else "client_secret_basic",
            },
            # What counts as the provider's metadata; of what else it tells nothing is taken.
            issuer=told["issuer"],
            jwks_uri=told["jwks_uri"],
            id_token_signing_alg_values_supported=_algorithms(told),
            **more,
        )


def _secret(settings: Settings) -> str:
    path = settings.oidc_client_secret_file
    if path is None:
        return settings.oidc_client_secret
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise OrganisationError("secret_file", f"{path}: {type(error).__name__}") from None
    if not secret:
        raise OrganisationError("secret_file", f"{path}: empty")
    return secret


def _told_beside(client: FlaskOAuth2App, token: Any, subject: str) -> dict[str, Any]:
    """Return what some providers tell at another address only. It must be about the same person."""
    beside = client.userinfo(token=token)
    if beside.get("sub") != subject:
        raise OrganisationError("untrusted", "sub")
    return {key: beside.get(key) for key in ("email", "email_verified", "xms_edov", "name")}


def _algorithms(told: Mapping[str, Any]) -> list[str]:
    named = told.get("id_token_signing_alg_values_supported") or ["RS256"]
    return [each for each in named if each in _SIGNED_BY]


def _is_safe(address: object, issuer: str) -> bool:
    """Say whether secrets may go to this address: over TLS, or without where the issuer is on this very device."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return bool(parts.hostname) and parts.scheme in {"https", urlsplit(issuer).scheme}


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str | int) and str(value).casefold() in ("true", "1"))


def _plain(code: object) -> str:
    """Return an error's code as it may stand in a log."""
    return "".join(each for each in str(code)[:60] if each.isascii() and (each.isalnum() or each in "_-."))


@contextmanager
def _in_kinds() -> Iterator[None]:
    """Say what an error of the libraries means for whoever logs in. What a provider answered is not repeated."""
    import requests
    from authlib.integrations.base_client import MismatchingStateError, OAuthError
    from joserfc.errors import ClaimError, JoseError

    try:
        yield
    except OrganisationError:
        raise
    except MismatchingStateError:
        raise OrganisationError("state") from None
    except OAuthError as error:
        is_ours = error.error in ("invalid_client", "unauthorized_client")
        raise OrganisationError("unknown_client" if is_ours else "untrusted", _plain(error.error)) from None
    except ClaimError as error:
        raise OrganisationError("clock" if error.claim in _OF_TIME else "untrusted", _plain(error.claim)) from None
    except JoseError as error:
        raise OrganisationError("untrusted", type(error).__name__) from None
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else 0
        raise OrganisationError("away" if status >= 500 else "odd", f"HTTP {status}") from None
    except (requests.ConnectionError, requests.Timeout) as error:
        raise OrganisationError("away", type(error).__name__) from None
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OrganisationError("odd", type(error).__name__) from None
