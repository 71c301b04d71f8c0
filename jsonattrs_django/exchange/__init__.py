"""Records out of the database and into it, as tables: CSV, workbooks (XLSX) and JSON Lines.

One column for each attribute of the scopes concerned, and native columns beside them. What is exported is imported
again without a byte of any document being changed.
"""

from __future__ import annotations

from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.exchange.exporting import Export
from jsonattrs_django.exchange.importing import Batch, Import
from jsonattrs_django.exchange.problems import RowProblem
from jsonattrs_django.exchange.readers import Table, open_table
from jsonattrs_django.exchange.writers import write_records

__all__ = ["Batch", "ExchangeError", "Export", "Import", "RowProblem", "Table", "open_table", "write_records"]
