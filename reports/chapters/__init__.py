"""The report's chapters, one module each: from `ReportMaterial` to words, tables and charts."""
