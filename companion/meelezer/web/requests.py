"""Bodies and queries -> models, with our own errors. APIFlask's validation would answer in a shape of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, TypeVar

from apiflask import APIBlueprint
from flask import request
from pydantic import BaseModel, ValidationError

from meelezer.web.errors import ApiError, from_validation

Model = TypeVar("Model", bound=BaseModel)


def read_body(model: type[Model]) -> Model:
    """Return the JSON body as `model`. Raises ApiError."""
    if request.mimetype != "application/json":
        raise ApiError("not-json-type")
    return validated(model, decoded(request.get_data()))


def decoded(raw: bytes) -> object:
    """Return what the JSON text `raw` says. Raises ApiError."""
    try:
        return json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ApiError("not-json") from None


def read_query(model: type[Model]) -> Model:
    """Return the query string as `model`. Raises ApiError."""
    return validated(model, request.args.to_dict())


def validated(model: type[Model], value: object) -> Model:
    """Return `value` as `model`. Raises ApiError."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise from_validation(error) from None


def accepts(
    api: APIBlueprint, model: type[Model], location: Literal["json", "query"] = "json"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a view the checked body or query, and put its shape into the contract."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def checked(**of_the_address: Any) -> Any:
            return view(read_body(model) if location == "json" else read_query(model), **of_the_address)

        # `input` notes the model on the function it is given; its own wrapper, which would validate, is left out.
        api.input(model, location=location)(checked)
        return checked

    return decorate
