"""An endpoint that takes what the schema of one clinic allows: uvicorn app:app."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, FastAPI, Header, HTTPException

from jsonattrs_core import Schema, ValidationError, compose

HERE = Path(__file__).parent
patients = compose(Schema.read(HERE / "people.yaml"), Schema.read(HERE / "clinic.yaml")).compile()
app = FastAPI()


@app.post("/patients", status_code=201)
def add_patient(body: Annotated[Any, Body()], accept_language: Annotated[str, Header()] = "en") -> Any:
    """Return the record as it is to be stored, or 422 and everything that is wrong with it."""
    try:
        return patients.dump(patients.validate(body))
    except ValidationError as error:
        raise HTTPException(422, error.as_dict(accept_language.partition(",")[0].partition(";")[0])) from None
