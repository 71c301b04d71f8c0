"""Composed schemas as XLSForms, for surveys with ODK and its kin: a workbook, and what it cannot express."""

from __future__ import annotations

from jsonattrs_core.xlsform.form import XLSForm, to_xlsform
from jsonattrs_core.xlsform.report import Omission

__all__ = ["Omission", "XLSForm", "to_xlsform"]
